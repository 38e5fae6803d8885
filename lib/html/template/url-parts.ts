import { record } from '../../event/record.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { printable } from '../values/printable.ts';
import { joinUrl, unsafeUrl } from '../values/safe-url.ts';
import { planUrl } from './plan-url.ts';

/**
 * A URL of static text with encoded values: none at its start, and none in its host. A value that would leave the path
 * gives `about:invalid#bulwark`, with an event, as in a template.
 *
 * @throws Misuse `html/unsafe-literal`
 */
export function joinParts(strings: readonly string[], values: readonly unknown[], place: string): string {
  const plan = planUrl(strings, 0, place, false);
  if (typeof plan === 'number' || plan.holes.some(({ position }) => !encoded.has(position))) {
    throw new Misuse('html/unsafe-literal');
  }
  const pieces = values.map((value) =>
    value instanceof URLSearchParams ? { encoded: value.toString() } : printable(value, place),
  );
  const url = joinUrl(plan, pieces);
  if (url !== undefined) return url;
  const shown = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.encoded).slice(0, 1024));
  record('html/unsafe-url', 'blocked', { place, value: shown.join(' ') });
  return unsafeUrl;
}

const encoded: ReadonlySet<string> = new Set(['part', 'query', 'address', 'port']);
