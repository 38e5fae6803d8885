import { Misuse } from '../refusal/misuse.ts';

export function fileMode(value: unknown): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0o777) return value as number;
  throw new Misuse('bulwark/invalid-option', 'mode takes a number such as 0o640, from 0 to 0o777.');
}
