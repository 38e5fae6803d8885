import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Twin = 'defended' | 'undefended';

export interface Desk {
  readonly base: string;
  /** Its output so far, for error messages. */
  log(): string;
  stop(): Promise<void>;
}

/** Next.js builds first. */
const startMs = 240_000;

/** Runs the script `start` or `start:undefended` of a folder's package.json. */
export async function startDesk(folder: string, twin: Twin): Promise<Desk> {
  const temporary = mkdtempSync(join(tmpdir(), 'desk-run-'));
  const child = spawn('npm', ['run', '--silent', twin === 'defended' ? 'start' : 'start:undefended'], {
    cwd: folder,
    env: { ...process.env, PORT: '0', TMPDIR: temporary, NODE_ENV: 'development', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let written = '';
  const keep = (chunk: Buffer): void => {
    written = (written + chunk.toString()).slice(-20_000);
  };
  child.stderr.on('data', keep);
  const stop = async (): Promise<void> => {
    await endGroup(child);
    rmSync(temporary, { recursive: true, force: true });
  };
  try {
    const base = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${folder} did not listen in ${startMs} ms:\n${written}`)),
        startMs,
      );
      child.stdout.on('data', (chunk: Buffer) => {
        keep(chunk);
        const address = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(written)?.[1];
        if (address === undefined) return;
        clearTimeout(timer);
        resolve(address);
      });
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`${folder} ended with ${code}:\n${written}`));
      });
    });
    return { base, log: () => written, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** npm starts a shell, which starts the application: the whole group ends. */
async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}
