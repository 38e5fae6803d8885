import { Misuse } from '../refusal/misuse.ts';

export function byteLimit(value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new Misuse('bulwark/invalid-option', 'maxBytes takes a whole number of bytes, from 0.');
}
