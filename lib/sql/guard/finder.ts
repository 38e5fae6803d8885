/** Finds many needles in one text. */
export interface Finder {
  /** Where a needle stands, in order; at most `most` of the places. */
  places(needle: string, most?: number): readonly number[];
  /** True where the work was more than is done for one statement. */
  exhausted(): boolean;
}

/** Every place of some characters, the last first, and how many places each bucket has. */
interface GramIndex {
  readonly first: Int32Array;
  readonly next: Int32Array;
  readonly counts: Uint32Array;
}

const smallProduct = 4_000_000;
const mostSteps = 4_000_000;
const stepsOfPlace = 8;
const shortGram = 3;
const longGram = 6;
const buckets = 1 << 16;
const samples = 6;

/** Time in proportion to the text and the needles, whatever they are: beyond a bound it gives up and says so. */
export function createFinder(text: string, needles: number): Finder {
  const scans = needles * text.length <= smallProduct;
  const indexes = new Map<number, GramIndex>();
  let steps = 0;
  return {
    exhausted: () => steps > mostSteps,
    places(needle, most = Number.POSITIVE_INFINITY) {
      if (scans || needle.length < shortGram) return scan(needle, most);
      return follow(needle, needle.length < longGram ? shortGram : longGram, most);
    },
  };

  function scan(needle: string, most: number): number[] {
    const places: number[] = [];
    // The engine looks at about this many characters in the time of a step.
    if (!scans) steps += text.length >> 4;
    if (steps > mostSteps) return places;
    for (
      let at = text.indexOf(needle);
      at !== -1 && places.length < most;
      at = text.indexOf(needle, at + 1)
    ) {
      places.push(at);
      steps += stepsOfPlace;
      if (steps > mostSteps) break;
    }
    return places;
  }

  function follow(needle: string, gram: number, most: number): number[] {
    const { first, next, counts } = indexOf(gram);
    const last = needle.length - gram;
    let offset = 0;
    let rarest = Number.POSITIVE_INFINITY;
    // What inputs have in common, such as the end of addresses, is in many places; some part is in few.
    for (let i = 0; i <= samples; i++) {
      const at = Math.floor((last * i) / samples);
      const count = counts[hash(needle, at, gram)] as number;
      if (count < rarest) [offset, rarest] = [at, count];
      if (count === 0) return [];
    }
    const places: number[] = [];
    let at = first[hash(needle, offset, gram)] as number;
    for (; at !== -1 && places.length < most; at = next[at] as number) {
      if (++steps > mostSteps) break;
      if (at < offset || !text.startsWith(needle, at - offset)) continue;
      steps += stepsOfPlace + (needle.length >> 3);
      places.push(at - offset);
    }
    return places.reverse();
  }

  function indexOf(gram: number): GramIndex {
    let index = indexes.get(gram);
    if (!index) {
      index = makeIndex(text, gram);
      indexes.set(gram, index);
    }
    return index;
  }
}

function makeIndex(text: string, gram: number): GramIndex {
  const first = new Int32Array(buckets).fill(-1);
  const next = new Int32Array(text.length).fill(-1);
  const counts = new Uint32Array(buckets);
  for (let at = 0; at + gram <= text.length; at++) {
    const bucket = hash(text, at, gram);
    next[at] = first[bucket] as number;
    first[bucket] = at;
    counts[bucket] = (counts[bucket] as number) + 1;
  }
  return { first, next, counts };
}

function hash(text: string, at: number, gram: number): number {
  let code = 0;
  for (let i = 0; i < gram; i++) code = Math.imul(code ^ text.charCodeAt(at + i), 0x9e3779b1) + (code >>> 15);
  return (code >>> 16) ^ (code & 0xffff);
}
