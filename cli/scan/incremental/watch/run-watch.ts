import type { RunOptions } from '../../run-scan.ts';
import { type WatchSurroundings, watchProject } from './watch-project.ts';
import { createWorkerEngine, type WorkerEngine } from './worker-engine.ts';

/**
 * Watches a project from the command line, until SIGINT or SIGTERM.
 * @returns the exit code
 * @throws {ScanMistake} if it can't start
 */
export async function runWatch(
  options: RunOptions,
  around: Pick<WatchSurroundings, 'cwd' | 'version' | 'color' | 'progress'>,
  createEngine: () => Promise<WorkerEngine> = createWorkerEngine,
): Promise<0> {
  const control = new AbortController();
  const end = (): void => control.abort();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  const engine = await createEngine();
  try {
    return await watchProject(options, {
      ...around,
      engine,
      today: () => new Date().toISOString().slice(0, 10),
      out: (text) => process.stdout.write(text),
      error: (text) => process.stderr.write(text),
      stop: control.signal,
    });
  } finally {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
    await engine.close();
  }
}
