import { Misuse } from '../../refusal/misuse.ts';
import { type XssPayload, xss } from '../corpus/xss.ts';
import type { Tried } from '../input/derive-payloads.ts';
import { harmlessWord } from '../input/sample.ts';

/**
 * Text for every place that takes a value, in the forms that an application may do something about: several words, lines,
 * links, a list. Where one makes other elements than another, so may a payload.
 */
export const harmlessValues: readonly string[] = [
  `${harmlessWord}, and of several words`,
  `${harmlessWord}\nof several\n\nlines`,
  `https://${harmlessWord}.example/a?b=c`,
  `see https://${harmlessWord}.example/ and\nhttps://${harmlessWord}.example/b or ann@${harmlessWord}.example`,
  `${harmlessWord} and long `.repeat(20).trim(),
];

/** Markup of the corpus chooses no place that a script is loaded from. */
const elsewhere: readonly Tried[] = [
  'https://evil.example/bulwark.js',
  '//evil.example/bulwark.js',
  '\\\\evil.example\\bulwark.js',
  'data:text/javascript,alert(1)',
].map((payload) => ({ payload, name: 'another place', why: 'What is loaded from there is code.' }));

/** @throws Misuse `bulwark/invalid-option` for none, and for what is no text */
export function triedPayloads(given: readonly (string | XssPayload)[] | undefined): readonly Tried[] {
  if (given === undefined) return [...xss, ...elsewhere];
  if (Array.isArray(given) && given.length > 0) return given.map(asTried);
  throw new Misuse('bulwark/invalid-option', 'payloads is a list of at least one.');
}

function asTried(given: string | XssPayload): Tried {
  if (typeof given === 'string') return { payload: given };
  if (typeof given?.payload === 'string') return given;
  throw new Misuse('bulwark/invalid-option', 'payloads are texts, or records of the corpus.');
}
