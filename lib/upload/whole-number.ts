import { Misuse } from '../refusal/misuse.ts';

/** An option that must be a whole number within limits, which the message names. */
export function wholeNumber(option: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Misuse(
    'bulwark/invalid-option',
    `${option} takes a whole number from ${least.toLocaleString('en')} to ${most.toLocaleString('en')}.`,
  );
}
