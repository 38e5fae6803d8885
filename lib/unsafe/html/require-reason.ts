import { Misuse } from '../../refusal/misuse.ts';
import { reasonOf } from '../reason-of.ts';

/** A string, and a reason that says something, in production too. */
export function requireReason(
  text: string,
  options: { readonly because: string },
  others: readonly string[] = [],
): void {
  if (typeof text !== 'string' || reasonOf(options, others) === undefined)
    throw new Misuse('html/missing-reason');
}
