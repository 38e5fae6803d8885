import { leavesOf } from './leaves.ts';

/** A harmless value in the form that an input may ask for. */
export interface Sample {
  readonly value: string;
  /** `an e-mail address`: where a payload is written into it, a person is told so. */
  readonly format: string;
  /** What shows that the value arrived. Longer than anything that a page or a statement holds by chance. */
  readonly marker: string;
  /** How the value was made of the marker, where a decoder has to undo it before the marker shows. */
  readonly encode?: (text: string) => string;
  /** True for one that a test names. */
  readonly given?: true;
}

/** They stand in no page and in no statement by chance. */
export const harmlessWord = 'bulwarkharmless';
export const otherWord = 'bulwarkordinary';
export const harmlessNumber = '7040917';

const of = (format: string, value: string, marker: string = harmlessWord): Sample => ({
  format,
  value,
  marker,
});

/**
 * What checks of the usual formats let through: a payload is derived from each one that an input takes. None holds a quote
 * or a bracket, and none means anything as SQL: they are sent to a database.
 */
export const formatSamples: readonly Sample[] = [
  of('a short word', 'bulwk', 'bulwk'),
  of('a short number', '2031', '2031'),
  of('a decimal number', '7040917.25', '7040917.25'),
  of('a negative number', '-7040917', '7040917'),
  of('a list of numbers', '7040917,7040918', '7040917,7040918'),
  of('a date', '2031-10-27', '2031'),
  of('a date and time', '2031-10-27T09:41:27Z', '2031'),
  of('a time', '09:41', '09:41'),
  of('a phone number', '+49 30 7040917', '7040917'),
  of('a UUID', '3fa85f64-5717-4562-b3fc-2c963f66afa6', '3fa85f64'),
  of('24 hexadecimal digits', '507f1f77bcf86cd799439011', '507f1f77bcf86cd799439011'),
  of('a colour', '#7a9c3e', '7a9c3e'),
  of('a URL', `https://${harmlessWord}.example/a?b=c`),
  of('an e-mail address', `ann@${harmlessWord}.example`),
  of('a mention', `@${harmlessWord}`),
  of('a hashtag', `#${harmlessWord}`),
  of('an IP address', '203.0.113.77', '203.0.113.77'),
  of('a country', 'DE', 'DE'),
  of('a currency', 'EUR', 'EUR'),
  of('a locale', 'en-GB', 'en-GB'),
  of('a version', '7.40.917', '7.40.917'),
  of('coordinates', '48.85837,2.29448', '48.85837'),
  of('the name of a file', `${harmlessWord}.png`),
  of('a path', `/${harmlessWord}/a`),
  of('a slug', `${harmlessWord}-a-b`),
  of('a direction of sorting', 'desc', 'desc'),
  of('a text without words', '...', '...'),
];

/** Every character, so that a decoder is needed to read any of it. */
const each = (text: string, write: (code: number) => string): string =>
  Array.from({ length: text.length }, (_none, at) => write(text.charCodeAt(at))).join('');
const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');
const bytes = (text: string, encoding: BufferEncoding): string => Buffer.from(text).toString(encoding);

const encodings: Readonly<Record<string, (text: string) => string>> = {
  base64: (text) => bytes(text, 'base64'),
  'hexadecimal digits': (text) => bytes(text, 'hex'),
  percent: (text) => bytes(text, 'hex').replace(/../g, '%$&'),
  'percent, twice': (text) => bytes(text, 'hex').replace(/../g, '%25$&'),
  'a JSON text': (text) => `"${each(text, (code) => `\\u${hex(code, 4)}`)}"`,
  'JavaScript escapes': (text) => each(text, (code) => `\\u${hex(code, 4)}`),
  'character references': (text) => each(text, (code) => `&#${code};`),
};

/** Taken where the marker shows, which it does not in the value itself. */
export const encodedSamples: readonly Sample[] = Object.entries(encodings).map(([format, encode]) => ({
  format,
  value: encode(harmlessWord),
  marker: harmlessWord,
  encode,
}));

/** A value that a test names as one that its input takes, and the same with our own text in each of its fields. */
export function givenSamples(value: string): readonly Sample[] {
  const format = 'a harmless value of the test';
  const fields = leavesOf(value).flatMap(({ text, write }) => {
    const marker = /^-?[\d.]+$/.test(text) ? harmlessNumber : harmlessWord;
    return { value: write(marker), format: 'a field of a harmless value of the test', marker, encode: write };
  });
  return [{ value, format, marker: longestWord(value), given: true }, ...fields];
}

/** Of letters and digits alone, as these are what is left of a value in every form that it may take. */
export function longestWord(value: string): string {
  const words = value.match(/[\p{L}\p{N}_]+/gu) ?? [];
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}
