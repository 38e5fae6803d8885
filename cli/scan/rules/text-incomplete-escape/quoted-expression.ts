import type { Use } from '../kit/use.ts';
import { escapedOrRemoved } from './first-only.ts';
import type { Replacement } from './replacement.ts';
import { searched } from './searched.ts';
import type { Weakness } from './weakness.ts';

/**
 * Finds a regular expression that was put in quotes by mistake, such as `s.replace('/</g', '')`. It is searched as plain
 * text, so it is unlikely to replace anything.
 */
export function quotedExpression(use: Use, one: Replacement): Weakness | undefined {
  if (one.search.kind !== 'text' || use.language.patternsAreTexts) return undefined;
  const parts = /^\/(.+)\/([gimsuvy]*)$/s.exec(one.search.text);
  const [, source = '', flags = ''] = parts ?? [];
  if (!parts || !/[^\w/.:-]/.test(source)) return undefined;
  const { texts } = searched({ kind: 'pattern', source, flags }, use.language.regexDialect);
  const what = escapedOrRemoved(one, texts);
  if (what === undefined) return undefined;
  return {
    message: `The expression is in quotes, so it is searched as text: no \`${what}\` is replaced.`,
    confidence: 'high',
  };
}
