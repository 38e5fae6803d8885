/** Finds many keywords in one pass, whatever the case of their letters (Aho and Corasick, 1975). The time is linear in the bytes. */
interface KeywordSearch {
  /** Calls back for each keyword with its index and where it begins; a false answer ends the search. */
  search(bytes: Uint8Array, found: (keyword: number, at: number) => boolean): void;
}

/** @param keywords in lower case, of ASCII */
export function keywordSearch(keywords: readonly string[]): KeywordSearch {
  const classes = classesOf(keywords);
  const width = Math.max(...classes) + 1;
  const states = statesOf(keywords, classes, width);
  const { next, ends, hits } = states;
  return {
    search(bytes, found) {
      let state = 0;
      for (let at = 0; at < bytes.length; at++) {
        state = next[state + (classes[bytes[at] as number] as number)] as number;
        if (ends[state] === 0) continue;
        for (const keyword of hits.get(state) ?? []) {
          if (!found(keyword, at + 1 - (keywords[keyword] as string).length)) return;
        }
      }
    },
  };
}

/** The bytes that occur in keywords, numbered from 1 on; capitals have the number of their small letters, all others 0. */
function classesOf(keywords: readonly string[]): Uint8Array {
  const classes = new Uint8Array(256);
  let count = 0;
  for (const character of new Set(keywords.join(''))) {
    count++;
    classes[character.charCodeAt(0)] = count;
    classes[character.toUpperCase().charCodeAt(0)] = count;
  }
  return classes;
}

interface States {
  /** The state after a byte. A state is the index of its first entry. */
  readonly next: Int32Array;
  /** 1 where a keyword ends. */
  readonly ends: Uint8Array;
  readonly hits: ReadonlyMap<number, readonly number[]>;
}

function statesOf(keywords: readonly string[], classes: Uint8Array, width: number): States {
  const most = keywords.reduce((sum, keyword) => sum + keyword.length, 1);
  const next = new Int32Array(most * width);
  const hits = new Map<number, number[]>();
  let size = width;
  for (const [index, keyword] of keywords.entries()) {
    let state = 0;
    for (let at = 0; at < keyword.length; at++) {
      const place = state + (classes[keyword.charCodeAt(at)] as number);
      if (next[place] === 0) {
        next[place] = size;
        size += width;
      }
      state = next[place] as number;
    }
    hits.set(state, [...(hits.get(state) ?? []), index]);
  }
  link(next, hits, width);
  const ends = new Uint8Array(next.length);
  for (const state of hits.keys()) ends[state] = 1;
  return { next, ends, hits };
}

/** Gives each state, for each byte that goes on with no keyword, the state of its longest end that begins one. */
function link(next: Int32Array, hits: Map<number, number[]>, width: number): void {
  const shorter = new Map<number, number>();
  const open: number[] = [];
  for (let place = 0; place < width; place++) if (next[place] !== 0) open.push(next[place] as number);
  for (const state of open) {
    const end = shorter.get(state) ?? 0;
    const ofEnd = hits.get(end);
    if (ofEnd) hits.set(state, [...(hits.get(state) ?? []), ...ofEnd]);
    for (let place = 0; place < width; place++) {
      const child = next[state + place] as number;
      const other = next[end + place] as number;
      if (child === 0) next[state + place] = other;
      else {
        shorter.set(child, other);
        open.push(child);
      }
    }
  }
}
