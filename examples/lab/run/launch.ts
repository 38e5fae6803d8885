import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Answer, Call, ChildSettings, Command } from './app-child.ts';

/** One process of an application, and the line to it that its visitors do not have. */
export interface Running {
  readonly port: number;
  call<T>(command: Command): Promise<T>;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** An application that an attack holds does not answer; the lab starts it anew then. */
const patienceMs = 8_000;
/** Two seconds on an idle machine. A busy one has taken over a minute. */
const startMs = 180_000;

/** What the defended shop derives its keys from: the same for each process, as at a host. */
const shopKey = randomBytes(32).toString('base64url');

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts a process with no more of the environment than it needs. */
export async function launch(name: string, settings: ChildSettings): Promise<Running> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/lab/run/app-child.ts'], {
    cwd: root,
    env: {
      ...{ PATH: process.env['PATH'], LAB_CHILD: JSON.stringify(settings), NO_COLOR: '1' },
      SHOP_KEY: shopKey,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  children.add(child);
  let complaint = '';
  child.stderr?.on('data', (data: Buffer) => {
    complaint = (complaint + data).slice(-4000);
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      children.delete(child);
      for (const [id, tell] of waiting) tell({ id, error: `The ${name} application ended.` });
      resolve();
    });
  });

  const port = await new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The ${name} application did not start within ${startMs / 1000} s.\n${complaint}`));
    }, startMs);
    child.once('message', (message: { port: number }) => {
      clearTimeout(late);
      resolve(message.port);
    });
    child.once('exit', () => clearTimeout(late));
    child.once('exit', (code, signal) =>
      reject(new Error(`The ${name} application did not start (${code ?? signal}).\n${complaint}`)),
    );
  });
  child.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));

  let last = 0;
  return {
    port,
    call<T>(command: Command): Promise<T> {
      const id = ++last;
      return new Promise<T>((resolve, reject) => {
        const tell = (answer: Answer): void => {
          clearTimeout(timer);
          waiting.delete(id);
          if ('error' in answer) reject(new Error(answer.error));
          else resolve(answer.value as T);
        };
        const timer = setTimeout(tell, patienceMs, { id, error: `The ${name} application does not answer.` });
        waiting.set(id, tell);
        const gone = (error: Error | null): void => {
          if (error) tell({ id, error: `The ${name} application ended.` });
        };
        if (child.connected) child.send({ id, command } satisfies Call, gone);
        else gone(new Error('not connected'));
      });
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
