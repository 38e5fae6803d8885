import { provesNothing, shown } from '../failure.ts';
import { type Tried, whichPayload } from '../input/derive-payloads.ts';
import { occurrences } from '../input/occurrences.ts';
import {
  encodedSamples,
  formatSamples,
  givenSamples,
  harmlessNumber,
  harmlessWord,
  otherWord,
  type Sample,
} from '../input/sample.ts';
import { type Sampled, treatedSamples } from '../input/treated-samples.ts';
import { type Difference, harmlessPages } from './harmless-pages.ts';
import { type BrowserPage, ranInPage } from './in-page.ts';
import { changedPage, ranInChromium } from './inert-failure.ts';
import { harmlessValues } from './tried-values.ts';
import { lightMarkupPayloads, lightMarkupSamples, xssAttack } from './xss-attack.ts';

export interface PageTries {
  readonly payloads: readonly Tried[];
  /** False where a test says what is tried: nothing is derived from harmless values then. */
  readonly derives: boolean;
  readonly harmless: readonly string[];
  readonly markup: boolean;
  readonly unseen: boolean;
  readonly nonce: string | undefined;
  readonly page: BrowserPage | undefined;
  /** What was thrown first. */
  readonly thrown: () => unknown;
}

const named = (value: string, format: string, marker = harmlessWord): Sample => ({ value, format, marker });
const anyText = named(harmlessWord, 'a word');
const anyOther = named(otherWord, 'a word', otherWord);
const ownSamples: readonly Sample[] = [
  named(harmlessNumber, 'a number', harmlessNumber),
  ...harmlessValues.map((value) => named(value, 'a text')),
];
const moreSamples: readonly Sample[] = [
  ...formatSamples,
  ...lightMarkupSamples.map((value) => named(value, 'light markup')),
  ...encodedSamples,
];
const light: readonly Tried[] = lightMarkupPayloads.map((payload) => ({ payload, name: 'light markup' }));

/**
 * @param make gives undefined for a value that makes no page
 * @throws AssertionError
 */
export async function tryPages(
  make: (value: string) => Promise<string | undefined>,
  { payloads, derives, harmless, markup, unseen, nonce, page, thrown }: PageTries,
): Promise<void> {
  /** Pages that show the value, and those that answer it otherwise, as an error page does: each varies in its own way. */
  const showing = harmlessPages({ nonce });
  const answering = harmlessPages({ nonce });
  const samples: Sampled[] = [];
  const pages: string[] = [];
  let base: string | undefined;

  // Twice, which shows what differs by itself.
  for (const sample of [anyText, ...ownSamples, ...harmless.flatMap(givenSamples), ...moreSamples]) {
    await trySample(sample, sample === anyText ? 2 : 1);
  }
  for (const sign of refusedSigns) await tryRefusal(sign);
  const [first] = pages;
  if (first === undefined) throw provesNothing('no harmless value made a page', {}, adviceNoPage, thrown());
  const { proof, derived } = treatedSamples(samples);
  if (!samples.some(({ arrived }) => arrived) && !unseen) {
    throw provesNothing('no page shows a harmless value', { page: shown(first) }, adviceUnseen, thrown());
  }

  /** What asks to run in a harmless page. Each page takes its time, so that few are read. */
  let most = page ? (await ranInPage(page, first, nonce)).length : 0;
  let measured = 1;
  let rendered = 0;
  for (const tried of derives ? [...payloads, ...light, ...derived(xssAttack, false)] : payloads)
    await tryPayload(tried);
  if (rendered === 0 && !derives && !unseen) {
    throw provesNothing(
      'every payload was refused',
      {},
      'if your code is meant to refuse all of them, set `unseen: true`',
      thrown(),
    );
  }
  await tryAgain();

  async function trySample(sample: Sample, times: 1 | 2): Promise<void> {
    const treatments: (readonly string[])[] = [];
    let text: string | undefined;
    for (let time = 0; time < times; time++) {
      text = await make(sample.value);
      treatments.push(text === undefined ? [] : text.replaceAll(sample.value, '\u0001').split('<'));
      if (sample === anyText) base ??= text;
    }
    const arrived = text !== undefined && shows(text, sample, base);
    samples.push({ sample, sent: text !== undefined, arrived, treatments, branches: treatments });
    // What is encoded and was not decoded says nothing, and may hold quotes.
    if (text === undefined || (sample.encode && !arrived)) return;
    pages.push(text);
    (arrived ? showing : answering).add(text);
  }

  async function tryPayload(tried: Tried): Promise<void> {
    const text = await make(tried.payload);
    if (text === undefined) return;
    rendered++;
    const facts = { payload: shown(tried.payload), which: whichPayload(tried) };
    const difference = differs(text);
    if (difference) {
      if (await ignores(tried.payload, text)) answering.add(text);
      else throw changedPage(difference, facts);
    }
    const ran = page ? await more(page, text) : undefined;
    if (ran !== undefined) throw ranInChromium(ran, facts);
  }

  function differs(text: string): Difference | undefined {
    const all = [showing, answering].filter(({ isEmpty }) => !isEmpty);
    const differences = all.map((known) => known.compare(text, markup));
    return differences.includes(undefined) ? undefined : differences[0];
  }

  /** What refuses a quote or a bracket answers with a page of its own, without the word in front of it. */
  async function tryRefusal(sign: string): Promise<void> {
    const text = await make(otherWord + sign);
    if (text === undefined || occurrences(text, otherWord) > 0) return;
    pages.push(text);
    answering.add(text);
  }

  /** An error page is another page, and has nothing of the payload: it is the same with a word in front and behind. */
  async function ignores(payload: string, text: string): Promise<boolean> {
    if (repeats(text, payload, pages)) return false;
    const same = harmlessPages({ nonce });
    same.add(text);
    for (const value of [otherWord + payload, payload + otherWord]) {
      const other = await make(value);
      if (other === undefined || occurrences(other, otherWord) > 0 || same.compare(other, false))
        return false;
    }
    return true;
  }

  /** The last of what asks to run, where that is more than in any harmless page. */
  async function more(reader: BrowserPage, text: string): Promise<string | undefined> {
    const ran = await ranInPage(reader, text, nonce);
    for (; ran.length > most && measured < pages.length; measured++) {
      most = Math.max(most, (await ranInPage(reader, pages[measured] as string, nonce)).length);
    }
    return ran.length > most ? ran.at(-1) : undefined;
  }

  /** A limit that was reached on the way would have stopped the payloads too, and a page that was kept is no answer. */
  async function tryAgain(): Promise<void> {
    if (!proof?.arrived) return;
    const sample = proof.sample === anyText ? anyOther : proof.sample;
    const text = await make(sample.value);
    if (text !== undefined && shows(text, sample, base)) return;
    throw provesNothing(
      'the page showed a harmless value at first, and no longer at the end',
      { value: shown(sample.value), page: text === undefined ? 'none' : shown(text) },
      'turn off rate limits, locks and caches for this test, and start each call from the same state',
      thrown(),
    );
  }
}

const refusedSigns = ['<', '>', '"', "'", '&', '`', '<script>', ' javascript:', ' onclick='] as const;

/** Shorter pieces stand in a page by chance. */
const piece = 5;

/** True where the page holds a piece of the payload, with a sign of markup in it, that no other page holds. */
function repeats(text: string, payload: string, pages: readonly string[]): boolean {
  for (let at = 0; at < Math.max(1, payload.length - piece + 1) && at < 10_000; at++) {
    const part = payload.slice(at, at + piece);
    if (/[<>"'=:()]/.test(part) && text.includes(part) && !pages.some((page) => page.includes(part)))
      return true;
  }
  return false;
}

/** @param base the page that a word made: what stands there anyway shows nothing */
function shows(text: string, { marker, value }: Sample, base: string | undefined): boolean {
  const ours = marker.includes(harmlessWord) || marker === otherWord || marker === harmlessNumber;
  const before = ours || base === undefined ? '' : base;
  const count = (page: string): number =>
    Math.max(...[page, withoutSeparators(page)].map((each) => occurrences(each, marker || value)));
  return count(text) > (before === '' ? 0 : count(before));
}

/** `7,040,917`, as pages write numbers. */
function withoutSeparators(text: string): string {
  return text.replace(/(?<=\d)[.,'\u00a0\u2019\u202f ](?=\d{3})/g, '');
}

const adviceNoPage =
  'log in first, and send the token that the form needs; if a check refuses our samples, name a value that it accepts: { harmless: ["ORD-2031"] }';
const adviceUnseen =
  'pass the value to the code under test; if a check refuses our samples, name a value that it accepts: { harmless: ["ORD-2031"] }; if no page is meant to show the value as it was given, set { unseen: true }';
