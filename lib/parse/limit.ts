import { Misuse } from '../refusal/misuse.ts';

/** A limit that is a whole number from `least` to `most`. */
export function limit(option: string, value: unknown, fallback: number, least = 0, most = 1e9): number {
  if (value === undefined) return fallback;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Misuse(
    'bulwark/invalid-option',
    `${option} takes a whole number from ${least.toLocaleString('en')} to ${most.toLocaleString('en')}.`,
  );
}
