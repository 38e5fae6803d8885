import {
  asciiWord,
  type CharacterSet,
  complement,
  digits,
  fromRanges,
  latinWord,
  spaces,
} from './character-set.ts';
import type { RegexDialect } from './syntax.ts';

/** The set of `\w`. */
export function wordOf(dialect: RegexDialect): CharacterSet {
  return dialect === 're' ? latinWord : asciiWord;
}

/**
 * Returns the set of a class escape, by its letter: `d` for `\d`, `W` for `\W`. Undefined for a letter that stands for no
 * class.
 */
export function classEscape(letter: string, dialect: RegexDialect): CharacterSet | undefined {
  switch (letter) {
    case 'd':
      return digits;
    case 'D':
      return complement(digits);
    case 'w':
      return wordOf(dialect);
    case 'W':
      return complement(wordOf(dialect));
    case 's':
      return spaces;
    case 'S':
      return complement(spaces);
    default:
      return undefined;
  }
}

const letters: CharacterSet = fromRanges([
  [65, 90],
  [97, 122],
  [0xc0, 0x24f],
]);
const properties: ReadonlyMap<string, CharacterSet> = new Map([
  ['L', letters],
  ['Letter', letters],
  ['Alphabetic', letters],
  ['Lu', [65, 90, 0xc0, 0xde]],
  ['Uppercase_Letter', [65, 90, 0xc0, 0xde]],
  ['Ll', [97, 122, 0xe0, 0xff]],
  ['Lowercase_Letter', [97, 122, 0xe0, 0xff]],
  ['N', digits],
  ['Nd', digits],
  ['Number', digits],
  ['Z', spaces],
  ['Zs', spaces],
  ['White_Space', spaces],
  ['P', [33, 35, 37, 42, 44, 47, 58, 59, 63, 64, 91, 93, 95, 95, 123, 123, 125, 125]],
  ['Punctuation', [33, 35, 37, 42, 44, 47, 58, 59, 63, 64, 91, 93, 95, 95, 123, 123, 125, 125]],
  ['ASCII', [0, 127]],
  ['Any', [0, 0x10ffff]],
]);

/**
 * Returns the set of `\p{...}`. The set of an unknown property is a single character of Unicode's private use area, so
 * that it overlaps with no other class. The property's name decides which character.
 */
export function propertyEscape(text: string): CharacterSet {
  const name = text.replace(/^(General_Category|gc)=/, '');
  const known = properties.get(name);
  if (known) return known;
  let hash = 0;
  for (let i = 0; i < name.length && i < 40; i++) hash = (hash * 31 + name.charCodeAt(i)) % 6000;
  return [0xe000 + hash, 0xe000 + hash];
}

const controls: ReadonlyMap<string, number> = new Map([
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
  ['f', 12],
]);

/**
 * Reads an escaped character. `at` is the offset after the backslash. Returns the character's code, and the length of the
 * escape without the backslash.
 */
export function characterEscape(
  source: string,
  at: number,
  inClass: boolean,
  unicode: boolean,
): { readonly code: number; readonly length: number } {
  const char = source[at] as string;
  const control = controls.get(char);
  if (control !== undefined) return { code: control, length: 1 };
  if (char === 'b' && inClass) return { code: 8, length: 1 };
  if (char === 'a' && !unicode) return { code: 97, length: 1 };
  const hex =
    char === 'x'
      ? /^x([0-9a-fA-F]{2})/.exec(source.slice(at, at + 3))
      : char === 'u'
        ? /^u(?:([0-9a-fA-F]{4})|\{([0-9a-fA-F]{1,6})\})/.exec(source.slice(at, at + 9))
        : char === 'U'
          ? /^U([0-9a-fA-F]{8})/.exec(source.slice(at, at + 9))
          : null;
  if (hex) {
    const code = Number.parseInt((hex[1] ?? hex[2]) as string, 16);
    return { code: Math.min(code, 0x10ffff), length: hex[0].length };
  }
  if (char === 'c' && /^[a-zA-Z]$/.test(source[at + 1] ?? ''))
    return { code: (source.charCodeAt(at + 1) & 31) as number, length: 2 };
  const octal = /^[0-7]{1,3}/.exec(source.slice(at, at + 3));
  if (octal) return { code: Number.parseInt(octal[0], 8) & 255, length: octal[0].length };
  const code = source.codePointAt(at) ?? 0;
  return { code, length: code > 0xffff ? 2 : 1 };
}
