import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { wholeNumber } from '../whole-number.ts';
import type { ArchiveLimits } from './archive-limits.ts';

export type ArchiveFormatName = 'zip' | 'tar' | 'tar.gz' | 'gz';

export interface UnpackOptions {
  /** `zip`, `tar` and `tar.gz` by default. `gz` is a single compressed file: its name loses `.gz`. */
  readonly formats?: readonly ArchiveFormatName[];
  /** The most entries, including directories. 10,000 by default. */
  readonly maxFiles?: number;
  /** The most bytes to write in all. 100,000,000 by default. */
  readonly maxBytes?: number;
  /** The most bytes to write to one file. `maxBytes` by default. */
  readonly maxFileBytes?: number;
  /**
   * The most bytes to write for each byte of the archive, after the first 1 MiB. 200 by default. Text compresses to a tenth, logs to a fiftieth,
   * and deflate at its best to a thousandth.
   */
  readonly maxRatio?: number;
  /** The most levels of directories, including the file itself. 20 by default, at most 64. */
  readonly maxDepth?: number;
  /** The most bytes of a path in the archive. 1,024 by default. */
  readonly maxNameLength?: number;
  /** The limit on time, and on CPU time. 30,000 milliseconds by default. */
  readonly timeoutMs?: number;
  /** How much memory the unpacking process may allocate. 128 MiB by default. */
  readonly memoryBytes?: number;
  /** Keeps archives inside the archive as files. They are never unpacked. */
  readonly allowArchives?: boolean;
  /** Accepts names that differ only in case or in Unicode form. */
  readonly allowSimilarNames?: boolean;
  /** Unpacks without limits on memory and CPU time if there is no `prlimit`, as on macOS and Windows. */
  readonly allowUnlimited?: boolean;
  readonly signal?: AbortSignal;
}

export interface UnpackPolicy {
  readonly limits: ArchiveLimits;
  readonly timeoutMs: number;
  readonly memoryBytes: number;
  readonly allowUnlimited: boolean;
  readonly signal: AbortSignal | undefined;
}

const formatNames: readonly ArchiveFormatName[] = ['zip', 'tar', 'tar.gz', 'gz'];

/** @throws Misuse `bulwark/invalid-option` */
export function parseUnpackOptions(options: UnpackOptions): UnpackPolicy {
  const own = knownOptions(options, [
    ...(['formats', 'maxFiles', 'maxBytes', 'maxFileBytes', 'maxRatio', 'maxDepth'] as const),
    ...(['maxNameLength', 'timeoutMs', 'memoryBytes', 'allowArchives', 'allowSimilarNames'] as const),
    ...(['allowUnlimited', 'signal'] as const),
  ]);
  const maxBytes = wholeNumber('maxBytes', own.maxBytes ?? 100_000_000, 1, 1e13);
  if (own.signal !== undefined && !(own.signal instanceof AbortSignal)) {
    throw new Misuse('bulwark/invalid-option', 'signal takes an AbortSignal.');
  }
  return {
    limits: {
      formats: formatsOf(own.formats ?? ['zip', 'tar', 'tar.gz']),
      maxFiles: wholeNumber('maxFiles', own.maxFiles ?? 10_000, 1, 1_000_000),
      maxBytes,
      maxFileBytes: wholeNumber('maxFileBytes', own.maxFileBytes ?? maxBytes, 1, 1e13),
      maxRatio: wholeNumber('maxRatio', own.maxRatio ?? 200, 1, 10_000),
      maxDepth: wholeNumber('maxDepth', own.maxDepth ?? 20, 1, 64),
      maxNameLength: wholeNumber('maxNameLength', own.maxNameLength ?? 1_024, 1, 4_095),
      allowArchives: trueOrFalse('allowArchives', own.allowArchives),
      allowSimilarNames: trueOrFalse('allowSimilarNames', own.allowSimilarNames),
    },
    timeoutMs: wholeNumber('timeoutMs', own.timeoutMs ?? 30_000, 1, 86_400_000),
    memoryBytes: wholeNumber('memoryBytes', own.memoryBytes ?? 134_217_728, 1, 1e12),
    allowUnlimited: trueOrFalse('allowUnlimited', own.allowUnlimited),
    signal: own.signal,
  };
}

function formatsOf(value: unknown): readonly ArchiveFormatName[] {
  const known = formatNames as readonly unknown[];
  if (Array.isArray(value) && value.length > 0 && value.every((format) => known.includes(format)))
    return [...value];
  throw new Misuse('bulwark/invalid-option', `formats takes a list of ${formatNames.join(', ')}.`);
}

function trueOrFalse(option: string, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value === true;
  throw new Misuse('bulwark/invalid-option', `${option} takes true or false.`);
}
