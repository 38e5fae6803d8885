/** A set of characters: code points as ranges `[from, to, from, to, ...]`, sorted, not adjacent. Treat it as immutable. */
export type CharacterSet = readonly number[];

const last = 0x10ffff;

export const anyCharacter: CharacterSet = [0, last];
export const noCharacter: CharacterSet = [];
export const newline: CharacterSet = [10, 10];
/** The characters that JavaScript's `.` does not match. */
export const lineTerminators: CharacterSet = [10, 10, 13, 13, 0x2028, 0x2029];
export const digits: CharacterSet = [48, 57];
export const asciiWord: CharacterSet = [48, 57, 65, 90, 95, 95, 97, 122];
/** An approximation of Python's `\w` for text: the letters of Latin alphabets. */
export const latinWord: CharacterSet = [...asciiWord, 0xc0, 0x24f];
export const spaces: CharacterSet = [
  9, 13, 32, 32, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f,
  0x3000, 0x3000,
];

export function isEmpty(set: CharacterSet): boolean {
  return set.length === 0;
}

/** Returns the set of the characters in these ranges, which may be in any order and may overlap. */
export function fromRanges(ranges: readonly (readonly [number, number])[]): CharacterSet {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const set: number[] = [];
  for (const [from, to] of sorted) {
    const end = set.at(-1);
    if (end !== undefined && from <= end + 1) set[set.length - 1] = Math.max(end, to);
    else set.push(from, to);
  }
  return set;
}

export function union(...sets: readonly CharacterSet[]): CharacterSet {
  return fromRanges(sets.flatMap(rangesOf));
}

export function rangesOf(set: CharacterSet): [number, number][] {
  const ranges: [number, number][] = [];
  for (let i = 0; i < set.length; i += 2) ranges.push([set[i] as number, set[i + 1] as number]);
  return ranges;
}

export function complement(set: CharacterSet): CharacterSet {
  const out: number[] = [];
  let next = 0;
  for (let i = 0; i < set.length; i += 2) {
    const from = set[i] as number;
    if (from > last) break;
    if (from > next) out.push(next, from - 1);
    next = (set[i + 1] as number) + 1;
  }
  if (next <= last) out.push(next, last);
  return out;
}

export function intersect(a: CharacterSet, b: CharacterSet): CharacterSet {
  if (a === b) return a;
  const out: number[] = [];
  for (let i = 0, k = 0; i < a.length && k < b.length; ) {
    const from = Math.max(a[i] as number, b[k] as number);
    const to = Math.min(a[i + 1] as number, b[k + 1] as number);
    if (from <= to) out.push(from, to);
    if ((a[i + 1] as number) < (b[k + 1] as number)) i += 2;
    else k += 2;
  }
  return out;
}

export function sizeOf(set: CharacterSet): number {
  return rangesOf(set).reduce((size, [from, to]) => size + to - from + 1, 0);
}

export function overlap(a: CharacterSet, b: CharacterSet): boolean {
  for (let i = 0, k = 0; i < a.length && k < b.length; ) {
    if (Math.max(a[i] as number, b[k] as number) <= Math.min(a[i + 1] as number, b[k + 1] as number))
      return true;
    if ((a[i + 1] as number) < (b[k + 1] as number)) i += 2;
    else k += 2;
  }
  return false;
}

export function has(set: CharacterSet, code: number): boolean {
  for (let i = 0; i < set.length; i += 2)
    if (code >= (set[i] as number) && code <= (set[i + 1] as number)) return true;
  return false;
}

/**
 * Adds the other case of each letter to a set. Letters outside of ASCII and Latin-1 get no other case, because the classes
 * of real expressions seldom overlap in such letters.
 */
export function ignoringCase(set: CharacterSet): CharacterSet {
  const more: [number, number][] = [];
  const shift = (from: number, to: number, by: number): void => {
    for (const [a, b] of rangesOf(intersect(set, [from, to]))) more.push([a + by, b + by]);
  };
  shift(65, 90, 32);
  shift(97, 122, -32);
  shift(0xc0, 0xde, 32);
  shift(0xe0, 0xfe, -32);
  return more.length === 0 ? set : fromRanges([...rangesOf(set), ...more]);
}

const preferred = 'a0 A_-./,;:!x1\t\n'.split('').map((char) => char.charCodeAt(0));

/**
 * Returns a character of the set, if possible a readable one: a letter, a digit, or another printable one. Undefined if the
 * set is empty.
 */
export function pick(set: CharacterSet): number | undefined {
  for (const code of preferred) if (has(set, code)) return code;
  return intersect(set, [33, 126])[0] ?? set[0];
}
