import type { Report } from '../../../finding/report.ts';
import { writeText } from '../../../finding/text.ts';
import { visible } from '../../../finding/visible.ts';
import type { RunOptions } from '../../run-scan.ts';
import { ScanMistake, scanMistakeText } from '../../scan-mistake.ts';
import { changeText } from './change-text.ts';
import { watchFolders } from './folder-watch.ts';
import { judgedScan } from './judged-scan.ts';
import { type LiveEngine, ScanCancelled } from './live-engine.ts';
import { hasSameFiles, openLiveProject } from './live-project.ts';
import type { FoundFolders } from './project-folders.ts';
import { createTurns } from './turns.ts';

/** The environment of a watch. */
export interface WatchSurroundings {
  readonly engine: LiveEngine;
  readonly cwd: string;
  readonly version: string;
  /** Returns the current date, such as `2027-01-31`. Called before each scan. */
  readonly today: () => string;
  readonly color: boolean;
  readonly progress: (done: number, total: number) => void;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Ends the watch. */
  readonly stop: AbortSignal;
}

/** Editors write a file in several steps, and version control changes many files at once. */
const quietMs = 50;

/**
 * Scans a project, and again whenever its files change, until `stop`. The first report is complete. Later ones list new
 * and fixed findings. Errors after the start are printed and don't end the watch.
 * @returns the exit code
 * @throws {ScanMistake} if it can't start
 */
export async function watchProject(options: RunOptions, around: WatchSurroundings): Promise<0> {
  refuseOthers(options);
  const { engine, color, out, error, stop } = around;
  const live = await openLiveProject({ cwd: around.cwd, options });
  const changed = new Set<string>();
  const notFollowed = new Set<string>();
  let told = 0;
  let followed: FoundFolders | undefined;
  let report: Report | undefined;
  let scanned = live.project;
  let isDue = false;

  const turns = createTurns(quietMs, async (signal) => {
    const paths = [...changed];
    changed.clear();
    try {
      if (await live.apply(paths)) isDue = true;
      follow();
      if (!isDue && hasSameFiles(scanned, live.project)) return;
      isDue = true;
      await scanAgain(signal);
      isDue = false;
    } catch (problem) {
      if (!(problem instanceof ScanCancelled) && !stop.aborted) error(problemText(problem));
    }
  });
  const watch = watchFolders({
    onChange(path) {
      changed.add(path);
      // The first scan is not in a turn: its errors end the program.
      if (report) turns.request();
    },
    onProblem: (folder, problem) => notFollowed.add(`${folder} (${problem})`),
  });
  try {
    follow();
    // A running scan is not awaited after `stop`.
    await Promise.race([scanAgain(stop), ended(stop)]);
    if (changed.size > 0) turns.request();
    await ended(stop);
  } catch (problem) {
    if (!(problem instanceof ScanCancelled)) throw problem;
  } finally {
    watch.close();
    void turns.stop();
  }
  return 0;

  async function scanAgain(signal: AbortSignal): Promise<void> {
    scanned = live.project;
    const next = await scan(signal);
    if (stop.aborted) return;
    out(report ? `\n${changeText(report, next, { color })}` : writeText(next, { color }));
    report = next;
  }

  async function scan(signal: AbortSignal): Promise<Report> {
    const { root, project, config } = live;
    const { version, progress } = around;
    const unsaved = new Map<string, string>();
    const today = around.today();
    return {
      version,
      ...(await judgedScan({ engine, root, project, config, unsaved, today, signal, progress })),
    };
  }

  function follow(): void {
    if (followed === live.folders) return;
    followed = live.folders;
    watch.follow(followed);
    if (followed.isCut) notFollowed.add(`more than ${followed.below.length} folders`);
    if (notFollowed.size === told) return;
    told = notFollowed.size;
    const [first = ''] = notFollowed;
    error(
      `Not everything can be watched for changes: ${visible(first)}${told > 1 ? `, and ${told - 1} more` : ''}.\n`,
    );
  }
}

async function ended(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
}

function problemText(problem: unknown): string {
  if (problem instanceof ScanMistake) return scanMistakeText(problem);
  const text = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
  const lines = text.split('\n').map(visible).join('\n');
  return `The scanner failed. Please report this error:\n${lines}\n`;
}

function refuseOthers({ format, output, updateBaseline, diff, fix }: RunOptions): void {
  const given = [
    ...(format === 'text' ? [] : [`--format ${format}`]),
    ...(output === undefined ? [] : ['--output']),
    ...(updateBaseline ? ['--update-baseline'] : []),
    ...(diff === undefined ? [] : ['--diff']),
    ...(fix === undefined ? [] : [fix === 'show' ? '--fix-dry-run' : '--fix']),
  ];
  if (given.length === 0) return;
  throw new ScanMistake(
    'scan/option',
    `--watch cannot be combined with ${given.join(', ')}.`,
    'Watch mode reports changes as text until it is stopped. The other options are for a single report.',
    'Remove one of them.',
  );
}
