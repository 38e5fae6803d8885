import type { Use } from '../kit/use.ts';
import { shown } from './first-only.ts';
import type { Replacement } from './replacement.ts';
import { searched } from './searched.ts';
import type { Weakness } from './weakness.ts';

/** Characters that end a text or begin markup. The backslash that was to escape them is lost in a literal: `'\"'`. */
const escaped = /^["'`<>&[\]\\]$/;

/** Finds replacements of a text by itself: `s.replace(/"/g, '\"')`, where the literal `'\"'` is only a quote. */
export function sameText(use: Use, one: Replacement): Weakness | undefined {
  const { texts, isMore } = searched(one.search, use.language.regexDialect);
  const [text] = texts;
  if (isMore || texts.length !== 1 || text === undefined || text !== one.by || !escaped.test(text))
    return undefined;
  return { message: `${shown(text)} is replaced by itself, which escapes nothing.`, confidence: 'high' };
}
