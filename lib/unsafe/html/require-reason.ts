import { Misuse } from '../../refusal/misuse.ts';

/** A string, and a reason that says something, in production too. */
export function requireReason(text: string, options: { readonly because: string }): void {
  const because: unknown = options?.because;
  if (typeof text !== 'string' || typeof because !== 'string' || because.trim().length < 10) {
    throw new Misuse('html/missing-reason');
  }
}
