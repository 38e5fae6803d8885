/** Finds many needles in one text. */
export interface Finder {
  /** Where a needle stands, each place once, in order. */
  places(needle: string): readonly number[];
  /** True where the work was more than is done for one statement. */
  exhausted(): boolean;
}

const smallProduct = 4_000_000;
const mostSteps = 4_000_000;
const mostPlaces = 200;
const gram = 4;
const buckets = 1 << 16;

/** Time in proportion to the text and the needles, whatever they are: beyond a bound it gives up and says so. */
export function createFinder(text: string, needles: number): Finder {
  const scans = needles * text.length <= smallProduct;
  let steps = 0;
  let index: { readonly first: Int32Array; readonly next: Int32Array } | undefined;
  return {
    exhausted: () => steps > mostSteps,
    places(needle) {
      if (scans || needle.length < gram) return scan(needle);
      index ??= indexOf(text);
      return follow(needle, index);
    },
  };

  function scan(needle: string): number[] {
    const places: number[] = [];
    if (!scans) {
      if (steps > mostSteps) return places;
      // The engine looks at about this many characters in the time of a step.
      steps += text.length >> 4;
    }
    for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
      if (places.push(at) < mostPlaces) continue;
      steps = Number.POSITIVE_INFINITY;
      break;
    }
    return places;
  }

  function follow(needle: string, { first, next }: { first: Int32Array; next: Int32Array }): number[] {
    const places: number[] = [];
    // From its end: the ends of inputs are less alike than their beginnings.
    const offset = needle.length - gram;
    for (let at = first[hash(needle, offset)] as number; at !== -1; at = next[at] as number) {
      if (++steps > mostSteps) break;
      if (!text.startsWith(needle, at - offset) || at < offset) continue;
      steps += needle.length >> 3;
      if (places.push(at - offset) < mostPlaces) continue;
      steps = Number.POSITIVE_INFINITY;
      break;
    }
    return places.reverse();
  }
}

/** The places of each four characters, the last first. */
function indexOf(text: string): { readonly first: Int32Array; readonly next: Int32Array } {
  const first = new Int32Array(buckets).fill(-1);
  const next = new Int32Array(text.length).fill(-1);
  for (let at = 0; at + gram <= text.length; at++) {
    const bucket = hash(text, at);
    next[at] = first[bucket] as number;
    first[bucket] = at;
  }
  return { first, next };
}

function hash(text: string, at: number): number {
  let code = 0;
  for (let i = 0; i < gram; i++) code = Math.imul(code ^ text.charCodeAt(at + i), 0x9e3779b1);
  return (code >>> 16) ^ (code & 0xff);
}
