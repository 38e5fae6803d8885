import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { SecurityEvent } from 'bulwark/event';
import type { Answer, Call, ChildSettings, Command } from './app-child.ts';

/** One running application. */
export interface App {
  readonly name: string;
  /** Its address with the run's token and a slash at the end. */
  readonly url: string;
  reset(): Promise<void>;
  tidy(): Promise<void>;
  fingerprint(): Promise<Record<string, string>>;
  /** What was written since the last call. */
  events(): Promise<readonly SecurityEvent[]>;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts an application in a process of its own, with no more of the environment than it needs. */
export async function startApp(name: string, settings: Omit<ChildSettings, 'token'>): Promise<App> {
  const token = randomBytes(12).toString('base64url');
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/lab/run/app-child.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], LAB_CHILD: JSON.stringify({ ...settings, token }), NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  running.add(child);
  let complaint = '';
  child.stderr?.on('data', (data: Buffer) => {
    complaint = (complaint + data).slice(-4000);
  });
  const calls = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>();
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running.delete(child);
      for (const { reject } of calls.values()) reject(new Error(`The ${name} application ended.`));
      resolve();
    });
  });

  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', (code) =>
      reject(new Error(`The ${name} application did not start (${code}).\n${complaint}`)),
    );
  });
  child.on('message', (answer: Answer) => {
    const call = calls.get(answer.id);
    calls.delete(answer.id);
    if ('error' in answer) call?.reject(new Error(answer.error));
    else call?.resolve(answer.value);
  });

  let last = 0;
  function call<T>(command: Command): Promise<T> {
    const id = ++last;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        calls.delete(id);
        reject(new Error(`The ${name} application does not answer.`));
      }, 15_000);
      calls.set(id, {
        resolve(value) {
          clearTimeout(timer);
          resolve(value as T);
        },
        reject(reason) {
          clearTimeout(timer);
          reject(reason);
        },
      });
      child.send({ id, command } satisfies Call);
    });
  }

  return {
    name,
    url: `http://127.0.0.1:${port}/${token}/`,
    reset: () => call('reset'),
    tidy: () => call('tidy'),
    fingerprint: () => call('fingerprint'),
    events: () => call('events'),
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
