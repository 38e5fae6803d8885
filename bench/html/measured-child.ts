import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const heapMegabytes = 1_024;
const patienceMs = 120_000;

/** A sanitiser in a process of its own, with a bounded heap: what it runs out of is its result, and not our end. */
export interface MeasuredChild {
  readonly name: string;
  /** @returns CPU microseconds of a call. @throws Error that says how the process ended */
  measure(document: number): Promise<number>;
  stop(): void;
}

export async function startChild(name: string): Promise<MeasuredChild> {
  const child = fork(fileURLToPath(new URL('./sanitize-child.ts', import.meta.url)), [name], {
    execArgv: [`--max-old-space-size=${heapMegabytes}`, '--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  await answer(child);
  return {
    name,
    async measure(document) {
      const measured = answer(child);
      if (child.connected) child.send(document);
      return Number(await measured);
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

function answer(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(late);
      child.removeAllListeners();
      act();
    };
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      settle(() => reject(new Error(`no result within ${patienceMs / 1_000} s`)));
    }, patienceMs);
    child.once('message', (message) => settle(() => resolve(message)));
    child.once('exit', (code, signal) =>
      settle(() => reject(new Error(`ended by ${signal ?? code} with a heap of ${heapMegabytes} MB`))),
    );
  });
}
