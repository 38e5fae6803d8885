import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import { findProgram } from './program.ts';

const run = promisify(execFile);
const startMs = 60_000;
const stopMs = 10_000;
const farewellMs = 1_000;
const keptLog = 4_000;

export interface Running {
  /** Ends the server and removes its folder. May be called twice. */
  stop(): Promise<void>;
}

export interface Restartable extends Running {
  /** Kills the server as a crash does, and starts it again on what it has written, on the same port. */
  restart(): Promise<void>;
}

export interface ServerPlan {
  /** A short name, for the folder and for errors. */
  readonly name: string;
  readonly account: Account | undefined;
  /** Prepares the folder and says what to start. */
  prepare(folder: string, port: number): Promise<{ readonly command: string; readonly args: string[] }>;
  /** What the server writes when it takes connections. */
  readonly ready: RegExp;
  readonly stopSignal: NodeJS.Signals;
  /** Sent before that, where there is one: no new connections, and clients that are saying good-bye may finish. */
  readonly farewellSignal?: NodeJS.Signals;
  /** What ends it at once and all of its processes: SIGKILL unless told. */
  readonly crashSignal?: NodeJS.Signals;
}

/** Starts a server in a temporary folder on a free port of 127.0.0.1. Three tries, as a free port can be taken. */
export async function startServer(plan: ServerPlan): Promise<Restartable & { readonly port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(plan);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

async function startOnce(plan: ServerPlan): Promise<Restartable & { readonly port: number }> {
  const folder = mkdtempSync(join(tmpdir(), `bulwark-${plan.name}-`));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    if (plan.account) chownSync(folder, plan.account.uid, plan.account.gid);
    const port = await freePort();
    const { command, args } = await plan.prepare(folder, port);
    const launch = (): ChildProcess =>
      spawn(...dyingWithUs(command, args), {
        cwd: folder,
        env: { ...process.env, TMPDIR: folder },
        stdio: ['ignore', 'pipe', 'pipe'],
        ...plan.account,
      });
    let child = launch();
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
    await isReady(child, plan);
    let stopped: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      const { farewellSignal, stopSignal } = plan;
      if (farewellSignal) await ended(child, [farewellSignal, farewellMs], [stopSignal, stopMs]);
      else await ended(child, [stopSignal, stopMs]);
      process.off('exit', kill);
      remove();
    };
    return {
      port,
      async restart() {
        await ended(child, [plan.crashSignal ?? 'SIGKILL', stopMs]);
        child = launch();
        await isReady(child, plan);
      },
      stop() {
        stopped ??= stop();
        return stopped;
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Runs a program of the server's own, such as initdb, under its account. */
export async function runAs(
  account: Account | undefined,
  cwd: string,
  file: string,
  args: string[],
): Promise<void> {
  await run(file, args, { cwd, env: { ...process.env, TMPDIR: cwd }, ...account });
}

/** A test process that is killed runs no exit handler; the kernel then ends the server for it. */
function dyingWithUs(command: string, args: string[]): [string, string[]] {
  const setpriv = process.platform === 'linux' ? findProgram('setpriv') : undefined;
  return setpriv ? [setpriv, ['--pdeathsig', 'TERM', '--', command, ...args]] : [command, args];
}

function isReady(child: ChildProcess, plan: ServerPlan): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    const fail = (reason: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${plan.name} ${reason}. Its last words:\n${log}`));
    };
    const timer = setTimeout(() => fail(`did not start within ${startMs} ms`), startMs);
    const read = (chunk: Buffer): void => {
      log = (log + chunk.toString()).slice(-keptLog);
      if (!plan.ready.test(log)) return;
      clearTimeout(timer);
      resolve();
    };
    // The pipes stay read after the start: a server whose log is not read stops when the pipe is full.
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', (code, signal) => fail(`ended at its start (${signal ?? code})`));
  });
}

/** Sends one signal after the other, each when the one before it was not enough, and at last SIGKILL. */
async function ended(child: ChildProcess, ...signals: [NodeJS.Signals, number][]): Promise<void> {
  for (const [signal, ms] of [...signals, ['SIGKILL', stopMs] as const]) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const waiting = new AbortController();
    const exit = once(child, 'exit').then(() => waiting.abort());
    child.kill(signal);
    await Promise.race([exit, pause(ms, undefined, { signal: waiting.signal }).catch(() => undefined)]);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
