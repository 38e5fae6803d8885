import { credentialsIn } from './credentials.ts';
import { decodings } from './decodings.ts';

/** A string that came with a request, or what an application may have decoded of one. */
export interface InputString {
  readonly text: string;
  /** Where it stood, such as `query.q`. */
  readonly source: string;
}

/** Everything that came with a request, as far as the bounds reach. */
export interface Inputs {
  /** Each text once, and none that is one plain word: such a text is one token of any language. */
  readonly strings: readonly InputString[];
  /** The values that are one plain word but no number, in lower case, and the parts of short lists: with their source. */
  readonly words: ReadonlyMap<string, string>;
  /** The objects and lists that hold them: the client decided their shape. */
  readonly objects: ReadonlySet<object>;
  /** False where there was more than the bounds take. */
  readonly complete: boolean;
  /**
   * What a guard made of them, made once and forgotten with them. A WeakMap would do, but costs the garbage collector
   * more than all the rest of a request's inspection.
   */
  keep<T>(key: object | symbol, make: () => T): T;
}

/** More than a form or an API takes in one request, and little enough to be compared with each statement. */
export const inputBounds: { readonly strings: number; readonly characters: number; readonly depth: number } =
  Object.freeze({ strings: 10_000, characters: 1_000_000, depth: 32 });
/** A name in SQL has 128 characters at most; what is longer than a list of some is text. */
const longestWord = 128;
const longestList = 256;
const mostParts = 16;
/** Numbers and plain words cost nothing later, but looking at them does. */
const mostVisited = 200_000;

/** The strings in `parts`, level by level, so that what is deep cannot keep out what is not. */
export function collectInputs(parts: object): Inputs {
  const strings: InputString[] = [];
  const words = new Map<string, string>();
  const objects = new Set<object>();
  const seen = new Set<string>();
  let characters = 0;
  let visited = 0;
  let complete = true;
  let level: (readonly [value: unknown, source: string])[] = [[parts, '']];

  function addWords(text: string, source: string): void {
    if (source.startsWith('headers') || text.length > longestList) return;
    for (const part of text.split(/[^\w$\u0080-\uffff]+/, mostParts)) {
      if (words.size >= inputBounds.strings || part === '' || part.length > longestWord || number.test(part))
        continue;
      const word = part.toLowerCase();
      if (!words.has(word)) words.set(word, source);
    }
  }

  function add(text: string, source: string, isName = false): void {
    if (seen.has(text) || (isName && plain.test(text))) return;
    seen.add(text);
    for (const decoded of decodings(text)) {
      if (typeof decoded === 'object') {
        next.push([decoded, source]);
        continue;
      }
      if (!isName && (decoded === text || !seen.has(decoded))) addWords(decoded, source);
      if (plain.test(decoded) || (decoded !== text && seen.has(decoded))) continue;
      seen.add(decoded);
      if (strings.length >= inputBounds.strings || characters + decoded.length > inputBounds.characters) {
        complete = false;
        return;
      }
      characters += decoded.length;
      strings.push({ text: decoded, source });
    }
  }

  let next: (readonly [value: unknown, source: string])[] = [];
  for (let depth = 0; depth <= inputBounds.depth && level.length > 0; depth++) {
    next = [];
    for (const [value, source] of level) {
      if (++visited > mostVisited) {
        complete = false;
        break;
      }
      if (typeof value === 'string') {
        add(value, source);
        if (authorization.test(source)) addCredentials(value);
      } else if (typeof value === 'object' && value !== null && !objects.has(value)) enter(value, source);
    }
    level = next;
  }
  if (level.length > 0) complete = false;
  const kept = new Map<object | symbol, unknown>();
  return {
    strings,
    words,
    objects,
    complete,
    keep<T>(key: object | symbol, make: () => T): T {
      if (!kept.has(key)) kept.set(key, make());
      return kept.get(key) as T;
    },
  };

  function addCredentials(header: string): void {
    for (const [name, value] of Object.entries(credentialsIn(header) ?? {})) {
      next.push([value, `authorization.${name}`]);
    }
  }

  function enter(value: object, source: string): void {
    if (ArrayBuffer.isView(value)) return;
    // The record of parts is the caller's, and their names are no inputs.
    if (value !== parts) objects.add(value);
    const list = Array.isArray(value);
    for (const name of Object.keys(value)) {
      if (++visited > mostVisited) return;
      const named = list ? source : join(source, name);
      if (value !== parts && !list && source !== 'headers') add(name, named, true);
      const child: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
      if (typeof child === 'string' || (typeof child === 'object' && child !== null))
        next.push([child, named]);
    }
  }
}

function join(source: string, name: string): string {
  const short = name.slice(0, 40);
  return source === '' ? short : source.length > 200 ? source : `${source}.${short}`;
}

const authorization = /^headers\.authorization$/i;
const number = /^\d/;
/** Letters, digits and `_`: one token wherever it stands. */
const plain = /^[\w\u0080-\uffff]*$/;
