import {
  anyCharacter,
  type CharacterSet,
  complement,
  fromRanges,
  ignoringCase,
  noCharacter,
  rangesOf,
} from './character-set.ts';
import { characterEscape, classEscape, propertyEscape } from './escapes.ts';
import { RegexNotRead } from './regex-not-read.ts';
import type { RegexDialect } from './syntax.ts';

/**
 * Parses a character class, such as `[a-z]`. `from` is the offset of its `[`. Returns the set, and the offset of the end of
 * the class.
 */
export function parseClass(
  source: string,
  from: number,
  dialect: RegexDialect,
  options: { readonly ignoreCase: boolean; readonly unicode: boolean },
): { readonly set: CharacterSet; readonly end: number } {
  let at = from + 1;
  const negated = source[at] === '^';
  if (negated) at++;
  const ranges: (readonly [number, number])[] = [];
  for (let first = true; ; first = false) {
    if (at >= source.length) throw new RegexNotRead();
    if (source[at] === ']' && !(first && dialect === 're')) break;
    const low = item(source, at, dialect, options.unicode);
    at = low.end;
    if (typeof low.value !== 'number') {
      ranges.push(...rangesOf(low.value));
      continue;
    }
    if (source[at] === '-' && at + 1 < source.length && source[at + 1] !== ']') {
      const high = item(source, at + 1, dialect, options.unicode);
      if (typeof high.value === 'number') {
        if (high.value < low.value) throw new RegexNotRead();
        ranges.push([low.value, high.value]);
        at = high.end;
        continue;
      }
    }
    ranges.push([low.value, low.value]);
  }
  let set: CharacterSet = ranges.length === 0 ? noCharacter : fromRanges(ranges);
  if (options.ignoreCase) set = ignoringCase(set);
  if (negated) set = set.length === 0 ? anyCharacter : complement(set);
  return { set, end: at + 1 };
}

function item(
  source: string,
  at: number,
  dialect: RegexDialect,
  unicode: boolean,
): { readonly value: number | CharacterSet; readonly end: number } {
  if (source[at] !== '\\') {
    const code = source.codePointAt(at) ?? 0;
    return { value: code, end: at + (code > 0xffff ? 2 : 1) };
  }
  const letter = source[at + 1];
  if (letter === undefined) throw new RegexNotRead();
  const set = classEscape(letter, dialect);
  if (set) return { value: set, end: at + 2 };
  const property = unicode && /^\\([pP])\{([^}]{1,60})\}/.exec(source.slice(at, at + 70));
  if (property) {
    const it = propertyEscape(property[2] as string);
    return { value: property[1] === 'P' ? complement(it) : it, end: at + property[0].length };
  }
  const { code, length } = characterEscape(source, at + 1, true, unicode);
  return { value: code, end: at + 1 + length };
}
