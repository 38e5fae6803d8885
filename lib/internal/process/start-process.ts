import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Transform, Writable } from 'node:stream';
import { countOutput, type OutputCount } from './count-output.ts';
import { feedInput } from './feed-input.ts';
import { killMarked, markName, signalGroup } from './kill-tree.ts';
import { limitCommand } from './limit-command.ts';
import type { ProcessEnd, ProcessInput, ProcessSpec, RunningProcess, StoppedBy } from './process-spec.ts';
import { ProcessStopped } from './process-stopped.ts';
import { killAtExit } from './running-groups.ts';

/** How long a process has to clean up between SIGTERM and SIGKILL. */
const graceMs = 1_000;
/** How long an output that other processes hold open may be silent, once the process itself has exited. */
const idleMs = 500;

/**
 * All other options that Node reads. It copies options into a plain object, where a polluted prototype would fill in a user or a program name. The
 * environment has no prototype, because Node also reads inherited variables.
 */
const nothingElse = {
  ...{ argv0: undefined, uid: undefined, gid: undefined, timeout: undefined, killSignal: undefined },
  ...{ signal: undefined, serialization: undefined, windowsVerbatimArguments: undefined },
};

/**
 * Starts a program in its own process group, without a shell, with exactly this environment. When it has exited, and its output has ended or is
 * silent, the rest of the group is killed. Every wait is limited by `timeoutMs` and the grace period.
 *
 * @throws the signal's reason if it is already aborted; Misuse `command/prlimit-missing`; what `spawn` throws, such as for a NUL
 */
export function startProcess(given: ProcessSpec): RunningProcess {
  // A polluted prototype must not add an input or a limit.
  const spec: ProcessSpec = Object.assign(Object.create(null), given);
  spec.signal?.throwIfAborted();
  const mark = randomUUID();
  const command = limitCommand(spec.file, spec.args, spec.limits);
  const child = spawn(command.file, [...command.args], {
    ...nothingElse,
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
  let exited = false;
  const timers = new Set<NodeJS.Timeout>();
  const after = (ms: number, act: () => void): void => {
    timers.add(setTimeout(act, ms));
  };

  const sources = [child.stdout, child.stderr].filter((source) => source !== null);
  const count: OutputCount = {
    ...{ written: 0, maxBytes: spec.maxOutputBytes, isStopping, onTooMuch: () => stop('output') },
  };
  const outputs = sources.map((source) => countOutput(source, count));
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
    // A process that can't be killed (it changed its user, or the kernel holds it) is left behind, without waiting for it.
    after(2 * graceMs, () => {
      for (const source of sources) source.destroy();
      child.unref();
      settle(null, null);
    });
  }

  function closeOutputs(error: Error): void {
    for (const one of outputs) one.destroy(error);
  }

  function killAll(): void {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    killMarked(mark);
  }

  const forget = child.pid === undefined ? () => undefined : killAtExit(child.pid);
  let settled = false;
  let settle: (code: number | null, signal: NodeJS.Signals | null) => void = () => undefined;
  const ended = new Promise<ProcessEnd>((resolve, reject) => {
    settle = (code, signal) => {
      if (settled) return;
      settled = true;
      forget();
      for (const timer of timers) clearTimeout(timer);
      spec.signal?.removeEventListener('abort', onAbort);
      if (failure !== undefined) reject(failure.error);
      else resolve(Object.freeze({ code, signal, stoppedBy }));
    };
  });
  // Callers that await it get the error. If a caller only reads the output, the error must not crash the process.
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
    if (isStopping()) killAll();
    watchHeld(count.written);
  });
  child.once('close', (code, signal) => {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    settle(code, signal);
  });

  /** Ends an output that other processes hold open without writing. A slow reader is waited for. */
  function watchHeld(before: number): void {
    // Only when everything that has arrived was read: a busy process may be late for its timers.
    after(idleMs, () => setImmediate(() => endHeld(before)));
  }

  function endHeld(before: number): void {
    if (settled) return;
    const slow = outputs.some((one) => !one.destroyed && one.writableNeedDrain);
    if (count.written !== before || slow) {
      watchHeld(count.written);
      return;
    }
    killAll();
    for (const [index, source] of sources.entries()) {
      source.destroy();
      outputs[index]?.end();
    }
  }

  const { stdin } = child;
  // EPIPE: the program did not read the rest.
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
