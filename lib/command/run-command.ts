import type {
  ProcessEnd,
  ProcessInput,
  ProcessSpec,
  RunningProcess,
} from '../internal/process/process-spec.ts';
import { collect, runProcess } from '../internal/process/run-process.ts';
import { startProcess } from '../internal/process/start-process.ts';
import { enforce, refusalOf } from '../internal/refuse.ts';
import { openFile } from '../path/open-file.ts';
import { isSafePath } from '../path/safe-path.ts';
import { deny } from '../refusal/decision.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { CommandFailed } from './command-failed.ts';
import type { Argument, ProgramRules } from './program/program-rules.ts';
import { resolvePath } from './resolve-path.ts';
import { ClientGone, readerGone } from './response-output.ts';
import type { RunSettings } from './run-options.ts';
import { outputOf } from './run-output.ts';

export interface Program {
  /** The name that the application gave it. */
  readonly name: string;
  readonly file: string;
  readonly rules: ProgramRules;
  readonly env: Readonly<Record<string, string>>;
}

export interface CommandResult<Out = string> {
  /** Undefined if it went to a stream or a file. */
  readonly stdout: Out;
  readonly stderr: string;
  /** 0, or one of `allowExitCodes`. 141 if the client of a response went away, which stopped the program. */
  readonly code: number;
}

/**
 * Runs a judged command.
 *
 * @throws Refusal `command/too-slow`, `command/too-much-output`, and those of a preflight; CommandFailed; the signal's reason
 */
export async function runCommand(
  { name, file, rules, env }: Program,
  command: readonly Argument[],
  settings: RunSettings,
): Promise<CommandResult<unknown>> {
  const { signal, stdin: input, timeoutMs, maxOutputBytes, limits } = settings;
  const cwd = isSafePath(settings.cwd) ? await resolvePath(settings.cwd) : settings.cwd;
  const bare = {
    file,
    env: { ...env, ...rules.env },
    cwd,
    timeoutMs,
    maxOutputBytes,
    limits,
    ...(signal && { signal }),
  };
  const started = performance.now();
  await preflight(name, rules, command, bare);
  const left = Math.max(1, Math.ceil(timeoutMs - (performance.now() - started)));
  const stdin = isSafePath(input) ? (await openFile(input)).handle.createReadStream() : input;
  try {
    const args = [...(rules.fixedArgs ?? []), ...command.map(({ text }) => text)];
    const running = startProcess({
      ...bare,
      timeoutMs: left,
      args,
      ...(stdin !== undefined && { stdin: stdin as ProcessInput }),
    });
    const stderr = collect(running.stderr);
    const outcome = judgeEnd(name, running, stderr, settings);
    // Callers that await the output get it.
    outcome.catch(() => undefined);
    let stdout: unknown;
    try {
      stdout = await outputOf(running, outcome, settings, () => tooSlow(name, 'timeoutMs'));
    } catch (error) {
      if (!(error instanceof ClientGone)) throw error;
      return Object.freeze({ stdout, stderr: String(await stderr), code: readerGone });
    }
    return Object.freeze({ stdout, stderr: String(await stderr), code: await outcome });
  } finally {
    if (isSafePath(input)) (stdin as { destroy(): void }).destroy();
  }
}

/** The most output of a preflight: the configuration of a repository. */
const preflightBytes = 1_000_000;

async function preflight(
  program: string,
  rules: ProgramRules,
  command: readonly Argument[],
  bare: Omit<ProcessSpec, 'args' | 'stdin'>,
): Promise<void> {
  for (const check of [rules.preflight ?? []].flat()) {
    const args = check.args(command);
    if (args === undefined) continue;
    const { stdout, code, stoppedBy } = await runProcess({ ...bare, args, maxOutputBytes: preflightBytes });
    if (stoppedBy === 'time') throw tooSlow(program, 'timeoutMs');
    bare.signal?.throwIfAborted();
    enforce(check.judge({ stdout: String(stdout), code }, command));
  }
}

/** The exit code if it is allowed, or the reason why not. */
async function judgeEnd(
  program: string,
  { ended }: RunningProcess,
  stderr: Promise<Buffer>,
  { maxOutputBytes, allowExitCodes, signal }: RunSettings,
): Promise<number> {
  const end: ProcessEnd = await ended;
  if (end.stoppedBy === 'abort') throw signal?.reason ?? new Error(`${program} was stopped.`);
  if (end.stoppedBy === 'output')
    throw refusalOf(deny('command/too-much-output', { program, maxOutputBytes }));
  const limit = end.stoppedBy === 'time' ? 'timeoutMs' : end.signal === 'SIGXCPU' ? 'cpuSeconds' : undefined;
  if (limit !== undefined) throw tooSlow(program, limit);
  if (end.code === null || !allowExitCodes.includes(end.code)) {
    throw new CommandFailed(program, end, String(await stderr));
  }
  return end.code;
}

function tooSlow(program: string, limit: string): Refusal<'command/too-slow'> {
  return refusalOf(deny('command/too-slow', { program, limit }));
}
