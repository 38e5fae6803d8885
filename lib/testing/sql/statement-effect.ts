import { occurrences } from '../input/occurrences.ts';
import type { Sample } from '../input/sample.ts';

/** What one run handed to the driver: texts of statements, and the values beside them. */
export interface Effect {
  readonly texts: readonly string[];
  readonly values: readonly string[];
}

/** Shorter values count only as words of their own. */
const certain = 6;

const mostValues = 1_000;
const deepest = 6;

/** A bound value in all its parts, as texts. */
export function textsOfValue(value: unknown): readonly string[] {
  const found: string[] = [];
  const add = (part: unknown, depth: number): void => {
    if (found.length >= mostValues) return;
    if (typeof part === 'string') found.push(part);
    else if (part instanceof Uint8Array) found.push(new TextDecoder().decode(part));
    else if (part instanceof Date) found.push(Number.isNaN(part.getTime()) ? 'NaN' : part.toISOString());
    else if (typeof part !== 'object' || part === null) found.push(String(part));
    else if (depth < deepest) {
      for (const [key, inner] of Object.entries(part)) {
        if (!Array.isArray(part)) found.push(key);
        add(inner, depth + 1);
      }
    }
  };
  add(value, 0);
  return found;
}

/**
 * True where the value, or what a decoder made of it, arrived at the driver.
 *
 * @param before what any text leads to: a marker that stands there anyway shows nothing
 */
export function arrived(
  { texts, values }: Effect,
  { value, marker }: Pick<Sample, 'value' | 'marker'>,
  before: Effect | undefined,
): boolean {
  if (values.includes(value) && !before?.values.includes(value)) return true;
  const count = (effect: Effect | undefined): number =>
    effect ? occurrences([...effect.texts, ...effect.values].join('\n'), marker) : 0;
  return count({ texts, values }) > count(before);
}

/**
 * What was sent, with a sign in place of the value: the same for values that are treated the same.
 *
 * @param before what any text leads to: what stands there anyway is not the value
 */
export function treatment(
  { texts, values }: Effect,
  value: string,
  before: Effect | undefined,
): readonly string[] {
  const whole = value.length < certain ? '(?!\\w)' : '';
  const start = value.length < certain ? '(?<!\\w)' : '';
  const escaped = value.replace(/[^\w\s]/g, '\\$&');
  const pattern = new RegExp(value === '' ? '$^' : start + escaped + whole, 'gi');
  const known = new Set(before?.texts);
  return [...texts, ...values].map((piece) => (known.has(piece) ? piece : piece.replace(pattern, '\u0001')));
}
