import { legitimateTexts, sqlPayloads } from '../../lib/testing/corpus/sql.ts';

function isStorable(text: string): boolean {
  return !/[\0\p{Cs}]/u.test(text);
}

/** The texts of the corpus that a database can store; the tag refuses the others. */
export const texts: readonly string[] = [
  ...sqlPayloads.map(({ payload }) => payload),
  ...legitimateTexts.map(({ text }) => text),
].filter(isStorable);
