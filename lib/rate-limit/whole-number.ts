import { Misuse } from '../refusal/misuse.ts';

/** @throws Misuse `bulwark/invalid-option` for anything but a whole number in the range */
export function wholeNumber(name: string, value: unknown, least: number, most: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most)
    return value as number;
  throw new Misuse('bulwark/invalid-option', `${name} takes a whole number from ${least} to ${most}.`);
}
