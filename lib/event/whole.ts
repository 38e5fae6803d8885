import { Misuse } from '../refusal/misuse.ts';

/** A bound that bounds something: a whole number from `least` to `most`. */
export function whole(name: string, value: number | undefined, most: number, least = 1): number {
  if (value !== undefined && Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new Misuse('bulwark/invalid-option', `${name} takes a whole number from ${least} to ${most}.`);
}
