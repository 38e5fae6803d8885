import type { AssertionError } from 'node:assert';
import { failure, shown } from '../failure.ts';
import type { Difference } from './harmless-pages.ts';

type Facts = Readonly<Record<string, string | undefined>>;

const escapeIt =
  'escape the value for the place where it is written; if it may contain markup, sanitise it and set `markup: true`';

export function changedPage(difference: Difference, facts: Facts): AssertionError {
  if (difference.kind === 'changed') {
    const { expected, actual } = difference;
    const all = { ...facts, expected, actual, 'what to do': escapeIt };
    return failure('XSS: a payload changed the page.', all, { expected, actual });
  }
  const { found, more } = difference;
  return failure(more ? 'XSS: a payload became something that runs.' : 'XSS: a payload changed what runs.', {
    ...{ ...facts, what: found.kind, in: shown(found.source) },
    code: found.shape.trim() === '' ? undefined : shown(found.shape.trim()),
    'what to do': more
      ? escapeIt
      : 'keep the value out of code, and out of attributes that decide which code runs',
  });
}

export function ranInChromium(ran: string, facts: Facts): AssertionError {
  return failure('XSS: in Chromium a payload runs.', { ...facts, what: shown(ran), 'what to do': escapeIt });
}
