import { type Attack, derivedPayload, derivedPayloads, type Tried } from './derive-payloads.ts';
import type { Sample } from './sample.ts';

/** What came of a sample. */
export interface Sampled {
  readonly sample: Sample;
  /** True where anything came of it. */
  readonly sent: boolean;
  /** True where the sample itself came to where it is looked for. */
  readonly arrived: boolean;
  /** What came of each run, in pieces, with a sign in place of the value. */
  readonly treatments: readonly (readonly string[])[];
  /** The same, without what the application made of the value: what leads to the same code is the same. */
  readonly branches: readonly (readonly string[])[];
}

export interface TreatedSamples {
  /** A sample of which it matters what it is. Without one, no payload can show anything. */
  readonly proof: Sampled | undefined;
  /** What came of it, without what differs by itself: ids that are made up, times. */
  keyOf(pieces: readonly string[]): string;
  /**
   * Payloads that an input may take which takes these samples.
   *
   * @param anyText true where payloads arrived as they were, so that none need be derived from a word
   */
  derived(attack: Attack, anyText: boolean): readonly (Tried & { readonly from: Sample })[];
}

/** Of a word, as the corpus is tried as well, and of what only seems to be taken. */
const mostOfFew = 28;
const mostOfAll = 320;

export function treatedSamples(samples: readonly Sampled[]): TreatedSamples {
  const noise = noiseIn(samples.map(({ treatments }) => treatments));
  const branchNoise = noiseIn(samples.map(({ branches }) => branches));
  const keyOf = (pieces: readonly string[], without = noise): string =>
    pieces.map((piece, at) => (without.at(pieces.length, at) ? '' : piece)).join('\0');
  const branchOf = (one: Sampled | undefined): string => keyOf(one?.branches.at(-1) ?? [], branchNoise);
  const groups = new Map<string, Sampled[]>();
  for (const one of samples) {
    const key = keyOf(one.treatments.at(-1) ?? []);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const silent = [...groups.values()].filter((group) => group.some(({ sent, arrived }) => sent && !arrived));
  const usual = silent.toSorted((one, other) => other.length - one.length)[0] ?? [];

  /** Treated otherwise than most of those that come to nothing of their own. */
  const isApart = (one: Sampled): boolean =>
    one.sent && !one.arrived && !one.sample.encode && !noise.everywhere && !usual.includes(one);

  /** A test says that its input takes it: that nothing came of any text is the check that it names it for. */
  const isNamed = ({ sample, sent }: Sampled): boolean => sample.given === true && sent && !samples[0]?.sent;

  const accepted = samples.filter((one) => one.arrived || isApart(one) || isNamed(one));
  return {
    keyOf,
    proof: accepted.find(({ arrived }) => arrived) ?? accepted[0],
    derived(attack, anyText) {
      const known = new Set<string>(anyText ? [branchOf(samples[0])] : []);
      const found: (Tried & { readonly from: Sample })[] = [];
      // What a test names comes first, and what only looks as if it were taken comes last.
      const order = ({ sample, arrived }: Sampled): number =>
        sample.given || sample.encode ? 0 : arrived ? 1 : 2;
      for (const one of accepted.toSorted((a, b) => order(a) - order(b))) {
        const { sample, arrived } = one;
        const key = branchOf(one);
        if (known.has(key) && !attack.hides) continue;
        const made = known.has(key) ? [derivedPayload(sample, attack)] : derivedPayloads(sample, attack);
        known.add(key);
        const few = one === samples[0] || !(arrived || sample.given);
        found.push(
          ...made.slice(0, few ? mostOfFew : made.length).map((tried) => ({ ...tried, from: sample })),
        );
      }
      return found.slice(0, mostOfAll);
    },
  };
}

interface Noise {
  at(length: number, index: number): boolean;
  /** True where two runs with one value have nothing in common that could be compared. */
  readonly everywhere: boolean;
}

/** Where two runs with the same value differ, any two differ. */
function noiseIn(samples: readonly Sampled['treatments'][]): Noise {
  const found = new Set<string>();
  let everywhere = false;
  for (const [one, other] of samples) {
    if (!one || !other) continue;
    if (one.length !== other.length) everywhere = true;
    else for (const [at, piece] of one.entries()) if (piece !== other[at]) found.add(`${one.length} ${at}`);
  }
  return { everywhere, at: (length, index) => found.has(`${length} ${index}`) };
}
