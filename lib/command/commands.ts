import { availableParallelism } from 'node:os';
import type { Writable } from 'node:stream';
import { atCallSite } from '../internal/at-call-site.ts';
import { knownOptions } from '../internal/known-options.ts';
import { isSafePath, type SafePath } from '../path/safe-path.ts';
import { Misuse } from '../refusal/misuse.ts';
import { assemble, type ReadyPiece } from './assemble.ts';
import { ceilingVariable } from './ceiling-variable.ts';
import type { CommandValue, Piece } from './command-value.ts';
import { environment } from './environment.ts';
import { refuseForbidden } from './forbidden-options.ts';
import { piecesOf } from './pieces.ts';
import { type ProgramEntry, type ReadEntry, readEntry } from './program-entry.ts';
import { resolvePath } from './resolve-path.ts';
import { type CommandResult, runCommand } from './run-command.ts';
import {
  defaults,
  limitNames,
  type RunLimits,
  type RunOptions,
  type RunSettings,
  readLimits,
  readRunOptions,
  wholeNumber,
} from './run-options.ts';
import { type RunQueue, runQueue } from './run-queue.ts';
import { isTemplate, wordsOf } from './template-words.ts';

export interface CommandsOptions extends RunLimits {
  /**
   * Environment variables for the programs, which inherit none: a string sets a value, `true` passes on that of this process. PATH, LANG=C.UTF-8
   * and HOME=/nonexistent are set unless you set them here.
   */
  readonly env?: Readonly<Record<string, string | true>>;
  /** The most programs that run at once. Twice the number of cores by default. */
  readonly maxConcurrent?: number;
  /** The most programs that wait for their turn. 100 by default. */
  readonly maxWaiting?: number;
  /** How long a program may wait for its turn. 30,000 milliseconds by default. */
  readonly maxWaitMs?: number;
}

type OutOf<O extends RunOptions, Before> = O extends { readonly stdout: 'text' }
  ? string
  : O extends { readonly stdout: 'bytes' }
    ? Buffer
    : O extends { readonly stdout: Writable | SafePath }
      ? undefined
      : Before;

/** Runs one program. */
export interface ProgramTag<Out = string> {
  /** The text is split at spaces. Each value is one argument, or the end of one. */
  (strings: TemplateStringsArray, ...values: readonly CommandValue[]): Promise<CommandResult<Out>>;
  /** Returns the same program with other options. */
  <const O extends RunOptions>(options: O): ProgramTag<OutOf<O, Out>>;
}

export type Commands<Names extends string> = { readonly [N in Names]: ProgramTag };

/**
 * Makes a template tag for each program. The text of a template is the programmer's; what stands in `${}` is untrusted. It becomes one argument,
 * whatever it contains, and the program reads no option, file or script in it. No shell runs. A program inherits no environment variables and no
 * open files. When it ends, takes too long or writes too much, the rest of its process group is killed.
 *
 * For git, tar, zip, find, rsync, curl, ssh, ImageMagick, ffmpeg and others, bulwark knows which values are safe in which position. All others get
 * strict rules: files as `SafePath`, and text that does not start like an option, a file of arguments or a URL.
 *
 * @param programs names of your choice, with absolute paths
 * @throws Misuse `command/unsafe-program`, `command/prlimit-missing`, `bulwark/invalid-option`
 *
 * The tags reject with a Misuse for a template that has shell syntax (`command/no-shell`), a misplaced value (`command/misplaced-value`) or
 * a dangerous option (`command/forbidden-option`); with a Refusal for a value (`command/unsafe-value`, `command/missing-value`, `command/too-long`), for too
 * much of something (`command/too-slow`, `command/too-much-output`, `command/busy`); and with `CommandFailed` for an exit code other than 0.
 *
 * @example
 * ```ts
 * import { commands } from 'bulwark/command';
 * import { inside } from 'bulwark/path';
 *
 * const run = commands({ git: '/usr/bin/git', tar: '/usr/bin/tar' }, { timeoutMs: 10_000 });
 * const repository = inside('/srv/repositories', 'shop');
 * const { stdout } = await run.git`-C ${repository} log --max-count=${5} --format=%s ${'main'}`;
 * stdout; // 'Add a price\n...'
 * // run.git`log ${'--output=/srv/app/server.js'}` rejects with the Refusal command/unsafe-value.
 * await run.tar({ stdout: inside('/srv/backups', 'shop.tar.gz') })`-cz -C ${repository} .`;
 * ```
 */
export function commands<Names extends string>(
  programs: { readonly [N in Names]: string | ProgramEntry },
  options: CommandsOptions = {},
): Commands<Names> {
  const own = knownOptions(options, [...limitNames, 'env', 'maxConcurrent', 'maxWaiting', 'maxWaitMs']);
  if (typeof programs !== 'object' || programs === null || Array.isArray(programs)) {
    throw new Misuse(
      'bulwark/invalid-option',
      'commands takes a record of programs, such as { git: "/usr/bin/git" }.',
    );
  }
  const settings = Object.freeze(readLimits(own, defaults));
  const env = environment(own.env);
  const queue = runQueue({
    maxConcurrent: wholeNumber('maxConcurrent', own.maxConcurrent ?? 2 * availableParallelism(), 1, 10_000),
    maxWaiting: wholeNumber('maxWaiting', own.maxWaiting ?? 100, 0, 1_000_000),
    maxWaitMs: wholeNumber('maxWaitMs', own.maxWaitMs ?? 30_000, 1, 86_400_000),
  });
  const tags: Record<string, ProgramTag> = Object.create(null);
  for (const [name, entry] of Object.entries(programs)) {
    tags[name] = programTag({ ...readEntry(name, entry), env, queue }, settings);
  }
  return Object.freeze(tags) as Commands<Names>;
}

interface Runner extends ReadEntry {
  readonly env: Readonly<Record<string, string>>;
  readonly queue: RunQueue;
}

function programTag(runner: Runner, settings: RunSettings): ProgramTag {
  function tag(first: unknown, ...values: readonly unknown[]): unknown {
    const isOptions =
      typeof first === 'object' && first !== null && !Array.isArray(first) && values.length === 0;
    if (isOptions) return programTag(runner, readRunOptions(first, settings));
    let pieces: readonly Piece[];
    try {
      if (!isTemplate(first)) throw new Misuse('command/not-a-template');
      pieces = piecesOf(runner.name, wordsOf(first, values.length), values);
      refuseForbidden(runner.rules, pieces, runner.allowOptions);
    } catch (error) {
      return Promise.reject(atCallSite(error, tag));
    }
    return execute(runner, pieces, settings);
  }
  return tag as ProgramTag;
}

async function execute(
  runner: Runner,
  pieces: readonly Piece[],
  settings: RunSettings,
): Promise<CommandResult<unknown>> {
  const ready: ReadyPiece[] = [];
  for (const { prefix, value } of pieces) ready.push({ prefix, value: await readyValue(value) });
  const command = assemble(runner.rules, ready);
  const env = { ...runner.env, ...ceilingVariable(runner.rules, pieces, settings.cwd) };
  const program = { ...runner, env };
  return runner.queue.run(runner.name, () => runCommand(program, command, settings), settings.signal);
}

async function readyValue(value: Piece['value']): Promise<ReadyPiece['value']> {
  if (value === undefined || typeof value === 'string') return value;
  if (isSafePath(value)) return { path: await resolvePath(value), type: undefined };
  return { path: await resolvePath(value.file), type: value.type };
}
