import { colorWord, lengthWord, numberWord, oneOf } from './css-value.ts';

/** What the value of an attribute in a picture may be; the text to write, or undefined where it is left out. */
export type SvgValue = (value: string, names: SvgNames) => string | undefined;

/** The names that a picture gives, and how they are written. */
export interface SvgNames {
  /** `#x` of a reference as it is written, or undefined where it leads to nothing that may be used here. */
  reference(id: string, use: 'use' | 'paint'): string | undefined;
  id(id: string): string | undefined;
}

/** Numbers with or without units, as many as there are. */
export const numbers: SvgValue = (value) => (/^[\d\s,.eE+-]{1,20000}$/.test(value) ? value : undefined);
export const path: SvgValue = (value) =>
  /^[\s]*(?:[Mm][MmZzLlHhVvCcSsQqTtAa\d\s,.eE+-]*)?$/.test(value) ? value : undefined;
export const measure: SvgValue = (value) => {
  const words = value.trim().split(/[\s,]+/);
  return words.length <= 500 && words.every((word) => signedMeasure.test(word)) ? value : undefined;
};
const signedMeasure =
  /^[+-]?(?:\d{1,9}(?:\.\d{0,12})?|\.\d{1,12})(?:e[+-]?\d{1,2})?(?:px|pt|em|rem|ex|cm|mm|in|pc|q|%)?$/i;

export function keywords(names: string): SvgValue {
  const pattern = oneOf(names);
  return (value) => (pattern.test(value.trim()) ? value : undefined);
}

export const text: SvgValue = (value) => (value.length <= 1024 ? value : undefined);
export const fonts: SvgValue = (value) => (/^[\w ,'"-]{1,200}$/.test(value) ? value : undefined);

const functions = new Set('matrix translate scale rotate skewX skewY e E'.split(' '));
export const transform: SvgValue = (value) => {
  if (value.length > 2000 || !/^[a-zA-Z\d\s,.+()-]*$/.test(value)) return undefined;
  return (value.match(/[a-zA-Z]+/g) ?? []).every((word) => functions.has(word)) ? value : undefined;
};

/** A color or a paint server of the same picture, with or without a color for want of it. */
export const paint: SvgValue = (value, names) => {
  const bare = value.trim();
  if (bare.length > 300) return undefined;
  if (colorWord.test(bare.toLowerCase())) return bare;
  const [, id, rest] =
    /^url\(\s{0,4}["']?#([^\s"'()\\]{1,200})["']?\s{0,4}\)\s{0,4}([#\w]*)$/.exec(bare) ?? [];
  if (id === undefined || rest === undefined || (rest !== '' && !colorWord.test(rest.toLowerCase())))
    return undefined;
  const target = names.reference(id, 'paint');
  return target === undefined ? undefined : `url(${target})${rest === '' ? '' : ` ${rest}`}`;
};

/** A clip, a mask or a marker of the same picture. */
export const local: SvgValue = (value, names) => {
  if (value.trim().toLowerCase() === 'none') return 'none';
  const painted = value.trim().startsWith('url(') ? paint(value, names) : undefined;
  return painted?.endsWith(')') ? painted : undefined;
};

export const href =
  (use: 'use' | 'paint'): SvgValue =>
  (value, names) => {
    const bare = value.trim();
    return bare.startsWith('#') ? names.reference(bare.slice(1), use) : undefined;
  };

export const id: SvgValue = (value, names) => names.id(value);
export const ids: SvgValue = (value, names) => {
  const kept = value.split(/[\t\n\f\r ]+/, 20).flatMap((one) => names.id(one) ?? []);
  return kept.length === 0 ? undefined : kept.join(' ');
};
export const namespace: SvgValue = (value) => (value === 'http://www.w3.org/2000/svg' ? value : undefined);
export const opacity: SvgValue = (value) =>
  numberWord.test(value.trim()) || /^\d{1,3}(?:\.\d{1,6})?%$/.test(value.trim()) ? value : undefined;
export const fontSize: SvgValue = (value) => {
  const bare = value.trim().toLowerCase();
  return lengthWord.test(bare) || numberWord.test(bare) ? value : undefined;
};
