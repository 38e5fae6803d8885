import { maxEndingPatternLength, maxListedEndings } from '../budgets/guards.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import { kinds } from '../dataflow/domain/kinds.ts';
import type { ValueId } from '../ir/ir.ts';
import { runEndings } from '../libraries/conventions/run-endings.ts';

const uploads = kinds('upload');

/**
 * What is proven of a file name that ends with one of these texts: it is harmless for uploads. Nothing is proven if a
 * server or browser would run a file with one of the endings, or if the list is empty.
 */
export function endingChecks(value: ValueId, texts: readonly string[]): readonly Check[] {
  return texts.length > 0 && texts.every(isHarmless) ? [{ value, clean: uploads }] : none;
}

/** Whether no file with this ending is run. True for `.png` and `png`. False for `l`, since `.html` ends with it. */
function isHarmless(text: string): boolean {
  const ending = text.toLowerCase();
  const dot = ending.lastIndexOf('.');
  if (dot >= 0) return /^[a-z\d]+$/.test(ending.slice(dot + 1)) && !runEndings.has(ending.slice(dot + 1));
  return /^[a-z\d]{2,}$/.test(ending) && ![...runEndings].some((one) => one.endsWith(ending));
}

/**
 * The endings that a regular expression requires: `/\.(png|jpe?g)$/` -> `.png`, `.jpg`, `.jpeg`. Empty if a match may end
 * differently.
 * @param isWhole whether the expression must match the whole text
 */
export function endingsOfPattern(source: string, flags: string, isWhole: boolean): readonly string[] {
  if (source.length > maxEndingPatternLength || flags.includes('m') || source.startsWith('(?')) return [];
  const [, before = '', group, single] =
    /^([^|]*)\\\.(?:\((?:\?:)?([a-zA-Z\d?|]+)\)|([a-zA-Z\d?]+))(?:\$|\\[zZ])?$/.exec(source) ?? [];
  const listed = group ?? single;
  if (listed === undefined || before.endsWith('\\') || !(isWhole || /(?:\$|\\[zZ])$/.test(source))) return [];
  const endings = listed.split('|').flatMap(spellings);
  return endings.length > maxListedEndings ? [] : endings.map((one) => `.${one}`);
}

/** The texts that an ending with an optional letter stands for: `jpg` and `jpeg` for `jpe?g`. */
function spellings(ending: string): readonly string[] {
  const [first, more] = [ending.indexOf('?'), ending.lastIndexOf('?')];
  if (first < 0) return [ending];
  // With several optional letters, the spellings are not enumerated.
  if (first !== more) return [''];
  return [ending.slice(0, first - 1) + ending.slice(first + 1), ending.replace('?', '')];
}
