import { parentPort } from 'node:worker_threads';
import { readInside } from '../../project/read-inside.ts';
import type { ScanEngine } from '../../scan-engine.ts';
import { ScanMistake } from '../../scan-mistake.ts';
import { ScanCancelled } from './live-engine.ts';
import type { WorkerAnswer, WorkerScan } from './worker-engine.ts';

/** Runs in the thread of a `WorkerEngine`: answers scan requests until the thread ends. */
export function answerScans({ rules, scan }: ScanEngine): void {
  const port = parentPort;
  if (!port) throw new Error('This is no thread of a WorkerEngine.');
  const say = (answer: WorkerAnswer): void => port.postMessage(answer);
  port.on('message', async (asked: WorkerScan) => say(await answerTo(asked, scan, say)));
  say({ kind: 'ready', rules });
}

async function answerTo(
  asked: WorkerScan,
  scan: ScanEngine['scan'],
  say: (answer: WorkerAnswer) => void,
): Promise<WorkerAnswer> {
  const { id, files, settings, notices, root, unsaved, wanted, models, today, cancelled } = asked;
  const wantedRules = new Set(wanted);
  let shown = -1;
  try {
    const result = await scan({
      project: { files, settings, notices, read: (path) => unsaved.get(path) ?? readInside(root, path) },
      wants: (rule) => wantedRules.has(rule),
      models,
      today,
      progress(done, total) {
        if (Atomics.load(cancelled, 0) === 1) throw new ScanCancelled();
        const percent = Math.floor((done / Math.max(1, total)) * 100);
        if (percent === shown) return;
        shown = percent;
        say({ kind: 'progress', id, done, total });
      },
    });
    return { kind: 'result', id, result };
  } catch (problem) {
    if (problem instanceof ScanCancelled) return { kind: 'cancelled', id };
    if (problem instanceof ScanMistake) {
      const { code, message, why, fix } = problem;
      return { kind: 'mistake', id, mistake: { code, message, why, fix } };
    }
    const message = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
    return { kind: 'failure', id, message };
  }
}
