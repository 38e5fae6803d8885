import type { Sample } from './sample.ts';

/** What breaks out of the place that a value is written to. */
export interface Fragment {
  readonly name: string;
  readonly text: string;
}

/** A payload, with what a person is told about it. */
export interface Tried {
  readonly payload: string;
  readonly name?: string;
  readonly why?: string;
}

export interface Attack {
  /** The first one breaks out of most places. The first two are written wherever a check may leave room. */
  readonly fragments: readonly Fragment[];
  /** Short enough to overwrite a part of a value, which keeps its length. */
  readonly overlays: readonly Fragment[];
  /** Tried in place of a whole value that is encoded. */
  readonly whole: readonly string[];
  /** True if the same treatment may hide that one value is escaped and another isn't. Texts of statements show it. */
  readonly hides: boolean;
  /** Addresses that look like the one that is given. */
  readonly addresses?: (url: URL) => readonly string[];
}

type Place = readonly [name: string, put: (sample: string, fragment: string) => string];

/** Where a check leaves room that is not anchored, or looks at one part. */
const everywhere: readonly Place[] = [
  ['after', (sample, fragment) => sample + fragment],
  ['before', (sample, fragment) => fragment + sample],
];
const elsewhere: readonly Place[] = [
  ['on the line after', (sample, fragment) => `${sample}\n${fragment}`],
  ['on the line before', (sample, fragment) => `${fragment}\n${sample}`],
  ['in parentheses after', (sample, fragment) => `${sample} (${fragment})`],
  ['with a space, after', (sample, fragment) => `${sample} ${fragment}`],
];
const over: readonly Place[] = [
  ['over the end of', (sample, fragment) => sample.slice(0, -fragment.length) + fragment],
  ['over the beginning of', (sample, fragment) => fragment + sample.slice(fragment.length)],
];

/** Between a letter or digit and what is neither, from both ends: `ann|@|example|.|com`. */
function joints(sample: string, most: number): readonly Place[] {
  const found = Array.from(
    sample.matchAll(/(?<=[\p{L}\p{N}])(?=[^\p{L}\p{N}])|(?<=[^\p{L}\p{N}])(?=[\p{L}\p{N}])/gu),
  );
  const at = found.map(({ index }) => index).filter((index) => index > 0);
  const kept = at.length <= most ? at : [...at.slice(0, most / 2), ...at.slice(-most / 2)];
  const middle = Math.floor(sample.length / 2);
  const places = kept.length > 0 ? kept : middle > 0 ? [middle] : [];
  return places.map((index) => [
    'inside',
    (text, fragment) => text.slice(0, index) + fragment + text.slice(index),
  ]);
}

/** Payloads from one sample. */
const mostOfOne = 120;

/** Payloads of the sample's own form: a check that accepts the sample, but looks at one part of it, accepts them too. */
export function derivedPayloads(sample: Sample, attack: Attack): readonly Tried[] {
  const made = new Map<string, Tried>();
  const add = (payload: string, name: string): void => {
    if (payload !== sample.value && !made.has(payload)) made.set(payload, { payload, name });
  };
  const put = (text: string, write: (changed: string) => string, format: string): void => {
    const [first, second, ...rest] = attack.fragments as readonly [Fragment, Fragment, ...Fragment[]];
    const others = [second, ...rest];
    const between = joints(text, sample.given ? 16 : 6);
    for (const fragment of [first, second]) {
      for (const [where, at] of [...everywhere, ...between, ...elsewhere]) {
        add(write(at(text, fragment.text)), `${fragment.name}, ${where} ${format}`);
      }
    }
    for (const fragment of attack.overlays) {
      for (const [where, at] of everywhere)
        add(write(at(text, fragment.text)), `${fragment.name}, ${where} ${format}`);
    }
    for (const fragment of attack.overlays.filter((each) => each.text.length < text.length)) {
      for (const [where, at] of over)
        add(write(at(text, fragment.text)), `${fragment.name}, ${where} ${format}`);
    }
    for (const fragment of others) {
      for (const [where, at] of everywhere)
        add(write(at(text, fragment.text)), `${fragment.name}, ${where} ${format}`);
    }
    for (const fragment of others.slice(0, 4)) {
      for (const [where, at] of between)
        add(write(at(text, fragment.text)), `${fragment.name}, ${where} ${format}`);
    }
  };
  const { encode, format, marker, value } = sample;
  if (encode) {
    for (const text of attack.whole) add(encode(text), `encoded as ${format}`);
    put(marker, encode, format);
  } else {
    if (attack.addresses && URL.canParse(value)) {
      for (const url of attack.addresses(new URL(value))) add(url, `another place, in ${format}`);
    }
    put(value, String, format);
  }
  return [...made.values()].slice(0, mostOfOne);
}

/** The one fragment that breaks out of most places, after the sample. */
export function derivedPayload(sample: Sample, { fragments: [first] }: Attack): Tried {
  const { text, name } = first as Fragment;
  const { encode, format, marker, value } = sample;
  return { payload: encode ? encode(marker + text) : value + text, name: `${name}, after ${format}` };
}

/** What a test is told about a payload. */
export function whichPayload({ name, why }: Tried): string | undefined {
  return [name, why].filter(Boolean).join(': ') || undefined;
}
