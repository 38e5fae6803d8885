import { isAbsolute } from 'node:path';
import type { Writable } from 'node:stream';
import { knownOptions } from '../internal/known-options.ts';
import { hasPrlimit } from '../internal/process/limit-command.ts';
import type { ProcessInput, ProcessLimits } from '../internal/process/process-spec.ts';
import { isSafePath, type SafePath } from '../path/safe-path.ts';
import { Misuse } from '../refusal/misuse.ts';

export interface RunLimits {
  /** The working directory: an absolute path of yours, or a `SafePath`. `/` by default, so that no program finds settings in it. */
  readonly cwd?: string | SafePath;
  /** From the start of the program to its last byte of output. 30,000 milliseconds by default. */
  readonly timeoutMs?: number;
  /** The most bytes of standard output and standard error together. 10,000,000 by default. */
  readonly maxOutputBytes?: number;
  /** The address space of each process. Like the three below, it needs Linux with `prlimit`, and has no limit by default. */
  readonly memoryBytes?: number;
  /** The CPU time of each process. */
  readonly cpuSeconds?: number;
  /** The largest file that a process may write. */
  readonly fileBytes?: number;
  /** The most files that a process may have open. */
  readonly openFiles?: number;
}

/** Where standard output goes: into the result as `'text'` or `'bytes'`, to a stream, or to a file that does not exist yet. */
export type Output = 'text' | 'bytes' | Writable | SafePath;

export interface RunOptions extends RunLimits {
  /** Standard input: text, bytes, a stream, or a file. Empty by default. */
  readonly stdin?: ProcessInput | SafePath;
  /**
   * `'text'` by default: UTF-8. A stream is ended, or destroyed if the program fails after its first byte. If the client of a
   * response goes away, the program is stopped and the call resolves with the code 141. A file is written completely or not
   * at all.
   */
  readonly stdout?: Output;
  /** Exit codes that mean success. Only 0 by default; `grep` returns 1 if nothing matches. */
  readonly allowExitCodes?: readonly number[];
  /** Stops the program, or removes it from the queue. */
  readonly signal?: AbortSignal;
}

/** The options after one reading, so that getters can't change them. */
export interface RunSettings {
  readonly cwd: string | SafePath;
  readonly timeoutMs: number;
  readonly maxOutputBytes: number;
  readonly limits: ProcessLimits;
  readonly stdin: ProcessInput | SafePath | undefined;
  readonly stdout: Output;
  readonly allowExitCodes: readonly number[];
  readonly signal: AbortSignal | undefined;
}

export const limitNames: readonly (keyof RunLimits)[] = [
  ...(['cwd', 'timeoutMs', 'maxOutputBytes', 'memoryBytes', 'cpuSeconds', 'fileBytes', 'openFiles'] as const),
];

export const defaults: RunSettings = Object.freeze({
  ...{
    cwd: process.platform === 'win32' ? 'C:\\' : '/',
    timeoutMs: 30_000,
    maxOutputBytes: 10_000_000,
    limits: {},
  },
  ...{ stdin: undefined, stdout: 'text' as const, allowExitCodes: [0], signal: undefined },
});

const ownNames: readonly (keyof RunOptions)[] = [
  ...limitNames,
  ...(['stdin', 'stdout', 'allowExitCodes', 'signal'] as const),
];

/**
 * The options of one call, on top of those of the program.
 *
 * @throws Misuse `bulwark/invalid-option`, `command/prlimit-missing`
 */
export function readRunOptions(options: RunOptions, base: RunSettings): RunSettings {
  const own = knownOptions(options, ownNames);
  const { stdin = base.stdin, stdout = base.stdout, signal = base.signal } = own;
  if (stdin !== undefined && !isInput(stdin)) {
    throw new Misuse('bulwark/invalid-option', 'stdin is a string, bytes, a stream of bytes, or a SafePath.');
  }
  if (stdout !== 'text' && stdout !== 'bytes' && !isSafePath(stdout) && !isWritable(stdout)) {
    throw new Misuse(
      'bulwark/invalid-option',
      "stdout is 'text', 'bytes', a writable stream, or a SafePath.",
    );
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new Misuse('bulwark/invalid-option', 'signal is an AbortSignal.');
  }
  const allowExitCodes = exitCodes(own.allowExitCodes ?? base.allowExitCodes);
  return Object.freeze({ ...readLimits(own, base), stdin, stdout, allowExitCodes, signal });
}

export function readLimits(own: RunLimits, base: RunSettings): RunSettings {
  const cwd: unknown = own.cwd ?? base.cwd;
  if (!isSafePath(cwd) && (typeof cwd !== 'string' || !isAbsolute(cwd) || cwd.includes('\0'))) {
    throw new Misuse('bulwark/invalid-option', 'cwd is an absolute path, or a SafePath.');
  }
  const limits: { -readonly [K in keyof ProcessLimits]: ProcessLimits[K] } = { ...base.limits };
  for (const [name, least, most] of kernelLimits) {
    if (own[name] !== undefined) limits[name] = wholeNumber(name, own[name], least, most);
  }
  if (Object.keys(limits).length > 0 && !hasPrlimit()) throw new Misuse('command/prlimit-missing');
  return {
    ...base,
    ...{ cwd, limits: Object.freeze(limits) },
    timeoutMs: wholeNumber('timeoutMs', own.timeoutMs ?? base.timeoutMs, 1, 86_400_000),
    maxOutputBytes: wholeNumber('maxOutputBytes', own.maxOutputBytes ?? base.maxOutputBytes, 0, 1e12),
  };
}

const kernelLimits = [
  ['memoryBytes', 1_000_000, 1e13],
  ['cpuSeconds', 1, 86_400],
  ['fileBytes', 0, 1e15],
  // Loading a program opens some files.
  ['openFiles', 8, 1_000_000],
] as const;

/** @throws Misuse `bulwark/invalid-option` */
export function wholeNumber(option: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Misuse(
    'bulwark/invalid-option',
    `${option} takes a whole number from ${least.toLocaleString('en')} to ${most.toLocaleString('en')}.`,
  );
}

function exitCodes(codes: unknown): readonly number[] {
  if (Array.isArray(codes) && codes.length <= 256)
    return codes.map((code) => wholeNumber('allowExitCodes', code, 0, 255));
  throw new Misuse('bulwark/invalid-option', 'allowExitCodes takes a list of exit codes, such as [0, 1].');
}

function isInput(value: unknown): value is ProcessInput | SafePath {
  return (
    typeof value === 'string' ||
    value instanceof Uint8Array ||
    isSafePath(value) ||
    (typeof value === 'object' &&
      value !== null &&
      typeof (value as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === 'function')
  );
}

function isWritable(value: unknown): value is Writable {
  const stream = value as Partial<Writable> | null | undefined;
  return (
    typeof stream === 'object' &&
    stream !== null &&
    typeof stream.write === 'function' &&
    typeof stream.once === 'function'
  );
}
