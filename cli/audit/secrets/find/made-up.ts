import { createHash } from 'node:crypto';
import { documentedValues } from './documented-values.ts';

const words =
  /example|placeholder|redacted|change[-_]?(?:me|this|it)|your[-_]?(?:own|api|access|auth|bot|client|personal|private|secret|token|key|password)|insert|replace|dummy|xxxx|sample|not[-_]?(?:a[-_]?)?real|fake[-_]?(?:key|token|secret|fake)|test[-_]?(?:token|key|secret|test)|(?:token|secret|key)[-_]?(?:here|goes)|some[-_]?(?:token|secret|key)|lorem|foobar/i;
const runs = [
  '0123456789abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  '1234567890',
  '9876543210',
  'zyxwvutsrqponmlkjihgfedcba',
];
const runLength = 8;

/** Whether a text stands for a secret: it is a published example, is to be filled in, repeats itself, or counts. */
export function isMadeUp(value: string): boolean {
  if (words.test(value) || /(.)\1{6}|\.\.\.|^(.{2,8})\2{3}/.test(value)) return true;
  const last = value.slice(-32);
  const kinds = new Set(last.toLowerCase());
  if (last.length >= 16 && kinds.size < 6) return true;
  return hasRun(value.toLowerCase()) || documentedValues.has(digestOf(value));
}

/** `abcdefgh`, `12345678`: eight characters in order. */
function hasRun(text: string): boolean {
  for (let at = 0; at + runLength <= text.length; at++) {
    const part = text.slice(at, at + runLength);
    if (runs.some((run) => run.includes(part))) return true;
  }
  return false;
}

/** What a value is known by in the list of documented ones. */
function digestOf(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 24);
}
