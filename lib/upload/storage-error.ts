import { refusalOf } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import { Misuse } from '../refusal/misuse.ts';

/** ENOSPC: the disk is full. EDQUOT: the quota is used up. EFBIG: the file is larger than this file system allows, or this process may write. */
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The error that a store throws if its storage fails. A refusal and a programmer's mistake are passed on. */
export function storageError(store: string, operation: string, cause: unknown): Error {
  if (isRefusal(cause) || cause instanceof Misuse) return cause as Error;
  const { code } = (cause ?? {}) as { code?: unknown };
  const detail = { cause: `${store} ${operation}: ${reasonOf(cause)}` };
  // S3's protocol has no code for it; services answer 507.
  const isFull = typeof code === 'string' && (full.has(code) || code.startsWith('507'));
  return isFull
    ? refusalOf(deny('upload/store-full', detail), cause)
    : refusalOf(deny('upload/store-failed', detail), cause);
}

/** The code says enough. Messages of the file system contain paths, which belong only in the cause. */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'an error';
  const { code } = cause as { code?: unknown };
  return typeof code === 'string' && code !== '' ? code : `${cause.name}: ${cause.message.slice(0, 200)}`;
}

/** Runs one operation, and throws the `storageError` of its failure. */
export async function inStorage<T>(store: string, operation: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageError(store, operation, error);
  }
}
