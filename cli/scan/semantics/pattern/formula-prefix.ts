import { charactersOf } from './pattern-kinds.ts';

const atStart =
  /^(?:\^|\\A)(?:\\s\*)?(?:(\[(?:[^\]\\]|\\.)+\])|\((?:\?[:=])?(\[(?:[^\]\\]|\\.)+\]|(?:\\?[^\\\w]\|)+\\?[^\\\w])\))(\+?)$/;

/** What a cell begins with that is read as a formula. */
export const formulaStarts: readonly string[] = ['=', '+', '-', '@'];

/**
 * Whether no text begins like a formula behind a replacement: an apostrophe is put before what a formula begins with, or all
 * of that is taken away.
 *
 *     leavesNoFormula('^[=+\\-@]', "'$&")    // true
 *     leavesNoFormula('^[=+\\-@]', '')       // false: another may stand behind it
 *     leavesNoFormula('^[=+\\-@]+', '')      // true
 */
export function leavesNoFormula(source: string, by: string | undefined): boolean {
  const [, list, group, repeats] = atStart.exec(source) ?? [];
  const first = list ?? group;
  const chars = first === undefined || first.startsWith('[^') ? undefined : charactersOf(first);
  if (!chars || by === undefined || !formulaStarts.every((char) => chars.has(char))) return false;
  return by.startsWith("'") || (by === '' && list !== undefined && repeats === '+');
}
