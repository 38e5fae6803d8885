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
  /** The first breaks out of most places, and is put wherever a check may leave room. The rest follows in order. */
  readonly fragments: readonly Fragment[];
  /** Short enough to be written over a part of a value, which keeps its length. */
  readonly overlays: readonly Fragment[];
  /** What an input takes as a whole once it was decoded. */
  readonly whole: readonly string[];
  /** True where a value may be escaped or not in what is otherwise treated as one. Of statements, the texts differ. */
  readonly hides: boolean;
  /** Addresses that look like the one that is given. */
  readonly addresses?: (url: URL) => readonly string[];
}

type Place = readonly [name: string, put: (sample: string, fragment: string) => string];

/** Where a check that is not anchored, or looks at a part, leaves room. */
const everywhere: readonly Place[] = [
  ['behind', (sample, fragment) => sample + fragment],
  ['in front of', (sample, fragment) => fragment + sample],
];
const elsewhere: readonly Place[] = [
  ['on the line behind', (sample, fragment) => `${sample}\n${fragment}`],
  ['on the line in front of', (sample, fragment) => `${fragment}\n${sample}`],
  ['in parentheses behind', (sample, fragment) => `${sample} (${fragment})`],
  ['behind a space after', (sample, fragment) => `${sample} ${fragment}`],
];
const over: readonly Place[] = [
  ['at the end of', (sample, fragment) => sample.slice(0, -fragment.length) + fragment],
  ['at the beginning of', (sample, fragment) => fragment + sample.slice(fragment.length)],
];

/** Between a letter or digit and what is neither, from both ends: `ann|@|example|.|com`. */
function joints(sample: string): readonly Place[] {
  const found = Array.from(
    sample.matchAll(/(?<=[\p{L}\p{N}])(?=[^\p{L}\p{N}])|(?<=[^\p{L}\p{N}])(?=[\p{L}\p{N}])/gu),
  );
  const at = found.map(({ index }) => index).filter((index) => index > 0);
  const kept = at.length <= 5 ? at : [...at.slice(0, 2), ...at.slice(-3)];
  const middle = Math.floor(sample.length / 2);
  const places = kept.length > 0 ? kept : middle > 0 ? [middle] : [];
  return places.map((index) => [
    'inside of',
    (text, fragment) => text.slice(0, index) + fragment + text.slice(index),
  ]);
}

/** What one sample leads to, in a test that has many. */
const mostOfOne = 90;

/** Payloads that a check lets through which lets the sample through, and looks at a part of it alone. */
export function derivedPayloads(sample: Sample, attack: Attack): readonly Tried[] {
  const made = new Map<string, Tried>();
  const add = (payload: string, name: string): void => {
    if (payload !== sample.value && !made.has(payload)) made.set(payload, { payload, name });
  };
  const put = (text: string, write: (changed: string) => string, format: string): void => {
    const [first, second, ...rest] = attack.fragments as readonly [Fragment, Fragment, ...Fragment[]];
    const others = [second, ...rest];
    const between = joints(text);
    for (const fragment of [first, second]) {
      for (const [where, at] of [...everywhere, ...between, ...elsewhere]) {
        add(write(at(text, fragment.text)), `${fragment.name}, ${where} ${format}`);
      }
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

/** The one fragment that breaks out of most places, behind the sample. */
export function derivedPayload(sample: Sample, { fragments: [first] }: Attack): Tried {
  const { text, name } = first as Fragment;
  const { encode, format, marker, value } = sample;
  return { payload: encode ? encode(marker + text) : value + text, name: `${name}, behind ${format}` };
}

/** What a test is told about a payload. */
export function whichPayload({ name, why }: Tried): string | undefined {
  return [name, why].filter(Boolean).join(': ') || undefined;
}
