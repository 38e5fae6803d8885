import { allowed, type Decision, deny } from '../../refusal/decision.ts';
import { createJudge, type OwnText } from './create-judge.ts';
import { createFinder } from './finder.ts';
import { createGrams } from './grams.ts';
import type { Needles } from './needles.ts';
import type { Found } from './place.ts';
import { maskedText, type ReadText } from './read-text.ts';
import { sortPlaces } from './sort-places.ts';

export type TextCode = 'sql/input-in-text' | 'sql/inspection-too-large';

/**
 * Decides whether an input stands in a text as anything else than one token of it, or the content of one.
 *
 * @param own given where this very text, or one that differs only in its literals, was sent before without these inputs. An
 * input without quotes and comment marks cannot have made it, and passes. Any other could have come from the database or from
 * an earlier job, so it must also be a value of the statement.
 *
 * @example
 * ```ts
 * import { decideText } from '../sql/guard/decide-text.ts';
 * import { needlesOf } from '../sql/guard/needles.ts';
 * import { readText } from '../sql/guard/read-text.ts';
 * import { rulesFor } from '../sql/lex/rules.ts';
 * import { collectInputs } from '../request/inputs.ts';
 *
 * const needles = needlesOf(collectInputs({ query: { name: "x' or '1'='1" } }));
 * const read = (text: string) => () => readText(text, rulesFor('postgres'));
 * decideText(read("select 1 from users where name = 'x'' or ''1''=''1'"), needles); // { allow: true }
 * decideText(read("select 1 from users where name = 'x' or '1'='1'"), needles); // sql/input-in-text, source query.name
 * ```
 */
export function decideText(
  text: () => ReadText,
  inputs: readonly Needles[],
  own?: OwnText,
): Decision<TextCode> {
  if (inputs.length === 0) return allowed;
  const read = text();
  const finder = createFinder(read.lower, inputs.length);
  const suspects: Found[] = [];
  const safe: Found[] = [];
  const covered: Found[] = [];
  const grams = createGrams(read.lower);
  for (const needles of inputs) sortPlaces(read, finder, grams, needles, suspects, safe, covered);
  if (suspects.length === 0 && !finder.exhausted()) return allowed;
  if (finder.exhausted()) return deny('sql/inspection-too-large', { statement: maskedText(read, shown) });
  const judge = createJudge(read, { suspects, safe, covered }, own);
  const guilty = suspects.find(judge);
  if (!guilty) return allowed;
  return deny('sql/input-in-text', { source: guilty.needles.source, statement: maskedText(read, shown) });
}

const shown = 300;
