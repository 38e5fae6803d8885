import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { UploadStore } from '../../lib/upload/upload-store.ts';
import { bytesOf, leftIn } from './store-files.ts';
import { contentOf, planOf, type StoreKind, storeOf } from './store-kind.ts';

export interface KillReport {
  kills: number;
  begun: number;
  acknowledged: number;
  /** How often the reader was given a file while uploads ran. */
  reads: number;
  /** Something else than a whole, ready file was served, meanwhile or after the start. */
  served: number;
  /** Acknowledged, and gone or changed. */
  lost: number;
  /** Not acknowledged, and there after the start. A kill between the rename and the word of it makes at most one. */
  doubtful: number;
  /** Parts of files that a start left. */
  left: number;
}

/**
 * Kills a process that uploads in a loop, again and again, and looks what is there after the next start.
 *
 * @param spreadMs the kills come up to so long after the first upload has begun
 */
export async function proveKills(
  program: string,
  kind: StoreKind,
  folder: string,
  kills: number,
  spreadMs = 250,
): Promise<KillReport> {
  const report: KillReport = {
    ...{ kills: 0, begun: 0, acknowledged: 0, reads: 0, served: 0, lost: 0, doubtful: 0, left: 0 },
  };
  for (let kill = 0; kill < kills; kill++) {
    const begun = new Map<string, number>();
    const done = new Set<string>();
    const child = spawn(process.execPath, [program, 'loop', kind, folder, String(kill * 10_000)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const exit = once(child, 'exit');
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const [word, id = '', number] = line.split(' ');
      if (word === 'begin') begun.set(id, Number(number));
      else done.add(id);
    });
    const read = once(lines, 'close');
    await once(lines, 'line');
    // Its sweep meets a living process, and is over before the kill: what is left is for the next start.
    const reader = storeOf(kind, folder);
    await reader.sweep();
    const reading = readMeanwhile(reader, begun, () => child.exitCode ?? child.signalCode, report);
    // A different moment each time, over several files.
    await pause((kill * 37) % spreadMs);
    child.kill('SIGKILL');
    await Promise.all([exit, read, reading]);
    report.kills++;
    await judge(kind, folder, begun, done, report);
  }
  return report;
}

/** Asks for every file that was begun, over and over, as a visitor would who knew its id. */
async function readMeanwhile(
  store: UploadStore,
  begun: ReadonlyMap<string, number>,
  isOver: () => unknown,
  report: KillReport,
): Promise<void> {
  while (!isOver()) {
    for (const [id, number] of [...begun].slice(-4)) {
      if (await serves(store, id, number, report)) report.reads++;
    }
    await nextTurn();
  }
}

/** Whether the file is served, and counts it if it should not be. */
async function serves(store: UploadStore, id: string, number: number, report: KillReport): Promise<boolean> {
  const plan = planOf(number);
  const file = await store.open(id).catch(() => undefined);
  if (!file) return false;
  const bytes = await bytesOf(file);
  if (plan.status !== 'ready' || !bytes.equals(contentOf(plan))) report.served++;
  return true;
}

async function judge(
  kind: StoreKind,
  folder: string,
  begun: ReadonlyMap<string, number>,
  done: ReadonlySet<string>,
  report: KillReport,
): Promise<void> {
  // The next start.
  const store = storeOf(kind, folder);
  await store.sweep();
  report.left += leftIn(folder).filter((path) => path.startsWith('incoming')).length;
  report.begun += begun.size;
  report.acknowledged += done.size;
  for (const [id, number] of begun) {
    await judgeFile(store, id, number, done.has(id), report);
    await store.remove(id);
  }
  // What nobody has named was never begun, and must not be there either.
  report.left += leftIn(folder).length;
}

async function judgeFile(
  store: UploadStore,
  id: string,
  number: number,
  isDone: boolean,
  report: KillReport,
): Promise<void> {
  const plan = planOf(number);
  const record = await store.find(id);
  const isServed = await serves(store, id, number, report);
  if (!isDone) {
    if (record) report.doubtful++;
    return;
  }
  if (record?.status !== plan.status || isServed !== (plan.status === 'ready')) {
    report.lost++;
    return;
  }
  await store.release(id);
  if (!(await bytesOf(await store.open(id))).equals(contentOf(plan))) report.lost++;
}
