import { charactersOf } from './pattern-kinds.ts';

const atStart =
  /^(?:\^|\\A)(?:\\s\*)?(?:(\[(?:[^\]\\]|\\.)+\])|\((?:\?[:=])?(\[(?:[^\]\\]|\\.)+\]|(?:\\?[^\\\w]\|)+\\?[^\\\w])\))(\+?)$/;

/** The first characters that make a spreadsheet read a cell as a formula. */
export const formulaStarts: readonly string[] = ['=', '+', '-', '@'];

/**
 * Whether a replacement leaves no text that begins like a formula. The replacement must put an apostrophe before the
 * characters that start a formula, or remove all of them.
 *
 *     leavesNoFormula('^[=+\\-@]', "'$&")    // true
 *     leavesNoFormula('^[=+\\-@]', '')       // false: another may follow
 *     leavesNoFormula('^[=+\\-@]+', '')      // true
 */
export function leavesNoFormula(source: string, by: string | undefined): boolean {
  const [, list, group, repeats] = atStart.exec(source) ?? [];
  const first = list ?? group;
  const chars = first === undefined || first.startsWith('[^') ? undefined : charactersOf(first);
  if (!chars || by === undefined || !formulaStarts.every((char) => chars.has(char))) return false;
  return by.startsWith("'") || (by === '' && list !== undefined && repeats === '+');
}
