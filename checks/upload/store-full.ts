import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { StoreKind } from './store-kind.ts';

const run = promisify(execFile);
const namespaces = ['--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])];

export interface FullReport {
  readonly stored: number;
  readonly errors: readonly string[];
  readonly damaged: number;
  readonly unacknowledged: number;
  readonly left: number;
  readonly storedAgain: boolean;
  /** What a start on a full disk removed of a killed process: one file. */
  readonly sweptWhenFull: number;
}

/** Why no small file system can be mounted here; undefined where it can. For the name of a skipped test. */
export async function whyNoMount(): Promise<string | undefined> {
  try {
    await run('unshare', [...namespaces, 'mount', '-t', 'tmpfs', 'none', '/mnt'], { timeout: 10_000 });
    return undefined;
  } catch (error) {
    return String((error as { stderr?: unknown }).stderr || error)
      .split('\n')[0]
      ?.slice(0, 200);
  }
}

/** Fills a file system of its own, which nobody else sees and which is gone with the process. */
export async function fillDisk(
  program: string,
  kind: StoreKind,
  folder: string,
  options: string,
): Promise<FullReport> {
  const script = 'mount -t tmpfs -o "mode=0700,$1" none "$2" && shift 2 && exec "$@"';
  const node = [folder, process.execPath, program, 'fill', kind, folder];
  const { stdout } = await run('unshare', [...namespaces, 'sh', '-c', script, 'sh', options, ...node], {
    timeout: 60_000,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return JSON.parse(stdout);
}
