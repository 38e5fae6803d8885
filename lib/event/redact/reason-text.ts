import { redact } from './redact.ts';

/** What a sink failed with, harmless to print. Anything can be thrown, also what throws when it is looked at. */
export function reasonText(reason: unknown): string {
  try {
    return redact(String(reason instanceof Error ? reason.message : reason));
  } catch {
    return 'what it threw has no text';
  }
}
