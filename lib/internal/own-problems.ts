import type { Problem } from '../refusal/refusal.ts';
import { type Brand, brand } from './shared.ts';

/** An error of bulwark that is no refusal, and says what the client may see. */
export interface OwnProblem extends Error {
  /** When a client may ask again. */
  readonly retryAfterSeconds?: number | undefined;
  toProblem(): Problem;
}

/** Those errors. A status alone may be that of an upstream server, and a method may be anybody's. */
export const ownProblems: Brand<OwnProblem> = brand<OwnProblem>('problem');

/** False for one of another version: it is answered as any other error is. */
export function isOwnProblem(error: unknown): error is OwnProblem {
  try {
    return ownProblems.has(error);
  } catch {
    return false;
  }
}
