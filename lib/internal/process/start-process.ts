import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Transform, type Writable } from 'node:stream';
import { feedInput } from './feed-input.ts';
import { killMarked, markName, signalGroup } from './kill-tree.ts';
import { limitCommand } from './limit-command.ts';
import type { ProcessEnd, ProcessInput, ProcessSpec, RunningProcess, StoppedBy } from './process-spec.ts';
import { ProcessStopped } from './process-stopped.ts';

/** How long a process has to clean up between SIGTERM and SIGKILL. */
const graceMs = 1_000;
/** How long an output that somebody else holds open may be silent, once the process itself has exited. */
const idleMs = 100;

/**
 * Starts a program in a group of its own, without a shell, with exactly this environment. When it exits, is stopped or fails, the
 * rest of its group is killed. Every wait is bounded by `timeoutMs` and the grace.
 *
 * @throws the signal's reason if it is aborted already; Misuse `command/prlimit-missing`; what `spawn` throws, such as for a NUL
 */
export function startProcess(spec: ProcessSpec): RunningProcess {
  spec.signal?.throwIfAborted();
  const mark = randomUUID();
  const command = limitCommand(spec.file, spec.args, spec.limits);
  const child = spawn(command.file, [...command.args], {
    // Node would read `shell`, `uid` or variables of the environment from a polluted prototype.
    __proto__: null,
    cwd: spec.cwd,
    env: Object.assign(Object.create(null), spec.env, { [markName]: mark }),
    stdio: [spec.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    shell: false,
    windowsHide: true,
  } as SpawnOptions);
  return supervise(child, mark, spec);
}

function supervise(child: ChildProcess, mark: string, spec: ProcessSpec): RunningProcess {
  let stoppedBy: StoppedBy | undefined;
  let failure: { readonly error: unknown } | undefined;
  let written = 0;
  let exited = false;
  const timers = new Set<NodeJS.Timeout>();
  const after = (ms: number, act: () => void): void => {
    timers.add(setTimeout(act, ms));
  };

  function output(source: NodeJS.ReadableStream & { destroy(): void }): Transform {
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        const room = spec.maxOutputBytes - written;
        written += chunk.length;
        if (chunk.length <= room) return done(null, chunk);
        this.push(chunk.subarray(0, Math.max(0, room)));
        done();
        stop('output');
      },
    });
    // Without a listener, an error of a stream that nobody reads would end this process.
    counted.on('error', () => undefined);
    source.on('error', () => counted.end());
    // A reader that goes away ends the program. One that is being stopped may still write while it cleans up.
    counted.once('close', () => (isStopping() ? source.resume() : source.destroy()));
    source.pipe(counted);
    return counted;
  }

  const sources = [child.stdout, child.stderr].filter((source) => source !== null);
  const outputs = sources.map(output);
  const [stdout, stderr] = outputs as [Transform, Transform];

  function isStopping(): boolean {
    return stoppedBy !== undefined || failure !== undefined;
  }

  function stop(by: StoppedBy, failed?: { readonly error: unknown }): void {
    if (settled || isStopping()) return;
    if (failed === undefined) stoppedBy = by;
    failure = failed;
    closeOutputs(failed === undefined ? new ProcessStopped(by) : (failed.error as Error));
    if (child.pid === undefined || exited) return;
    signalGroup(child.pid, 'SIGTERM');
    after(graceMs, killAll);
    // One that can't be killed (it changed its user, or the kernel holds it) is left behind, and not waited for.
    after(2 * graceMs, () => settle(null, null));
  }

  function closeOutputs(error: Error): void {
    for (const one of outputs) one.destroy(error);
  }

  function killAll(): void {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    killMarked(mark);
  }

  let settled = false;
  let settle: (code: number | null, signal: NodeJS.Signals | null) => void = () => undefined;
  const ended = new Promise<ProcessEnd>((resolve, reject) => {
    settle = (code, signal) => {
      if (settled) return;
      settled = true;
      for (const timer of timers) clearTimeout(timer);
      spec.signal?.removeEventListener('abort', onAbort);
      if (failure !== undefined) reject(failure.error);
      else resolve(Object.freeze({ code, signal, ...(stoppedBy !== undefined && { stoppedBy }) }));
    };
  });
  // Whoever awaits it gets the error. Who only reads the output must not have the process ended by it.
  ended.catch(() => undefined);

  const onAbort = (): void => stop('abort');
  spec.signal?.addEventListener('abort', onAbort, { once: true });
  after(spec.timeoutMs, () => stop('time'));

  child.on('error', (error) => {
    failure ??= { error };
    closeOutputs(error);
    settle(null, null);
  });
  child.once('exit', () => {
    exited = true;
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    if (isStopping()) killMarked(mark);
    watchHeld(written);
  });
  child.once('close', settle);

  /** Closes an output that a process outside of the group holds open. A reader that is slow is waited for. */
  function watchHeld(before: number): void {
    after(idleMs, () => {
      if (settled) return;
      const slow = outputs.some((one) => !one.destroyed && one.writableNeedDrain);
      if (written !== before || slow) return watchHeld(written);
      killMarked(mark);
      for (const [index, source] of sources.entries()) {
        source.destroy();
        outputs[index]?.end();
      }
    });
  }

  const { stdin } = child;
  // EPIPE: the program did not want the rest.
  stdin?.on('error', () => undefined);
  if (stdin !== null && spec.stdin !== 'pipe' && spec.stdin !== undefined) {
    feed(stdin, spec.stdin, (failed) => stop('abort', failed));
  }

  return Object.freeze({
    pid: child.pid,
    stdin: spec.stdin === 'pipe' ? stdin : null,
    stdout,
    stderr,
    ended,
    stop: () => stop('abort'),
  });
}

function feed(
  stdin: Writable,
  input: ProcessInput,
  fail: (failed: { readonly error: unknown }) => void,
): void {
  if (typeof input === 'string' || input instanceof Uint8Array) {
    stdin.end(input);
    return;
  }
  void feedInput(stdin, input).then((failed) => failed && fail(failed));
}
