import { parseRegex } from '../../regex/parse-regex.ts';
import { RegexNotRead } from '../../regex/regex-not-read.ts';
import type { Node, RegexDialect } from '../../regex/syntax.ts';
import type { Search } from './replacement.ts';

/** The fixed texts that a search matches: `/a|b/` -> `a`, `b`. */
export interface Searched {
  readonly texts: readonly string[];
  /** The search also matches other texts, or matches only in some contexts. */
  readonly isMore: boolean;
  /** The search is anchored to the start or the end of the text or of a line. */
  readonly isAnchored: boolean;
}

const maxTexts = 96;
const none: Searched = Object.freeze({ texts: [], isMore: true, isAnchored: false });
const cache = new Map<string, Searched>();

export function searched(search: Search, language: RegexDialect): Searched {
  if (search.kind === 'text') return { texts: [search.text], isMore: false, isAnchored: false };
  const key = `${language} ${search.flags}/${search.source}`;
  let it = cache.get(key);
  if (!it) {
    it = read(search.source, search.flags, language);
    if (cache.size > 5000) cache.clear();
    cache.set(key, it);
  }
  return it;
}

function read(source: string, flags: string, language: RegexDialect): Searched {
  try {
    // Both cases of a letter count as one text.
    const node = parseRegex(source, flags.replace('i', ''), language);
    const texts = textsOf(node);
    return { texts: texts ?? [], isMore: !texts, isAnchored: isBound(node) };
  } catch (error) {
    if (error instanceof RegexNotRead) return none;
    throw error;
  }
}

function textsOf(node: Node): string[] | undefined {
  switch (node.kind) {
    case 'empty':
      return [''];
    case 'set':
      return charactersOf(node.set);
    case 'choice': {
      const all = node.items.map(textsOf);
      const texts = all.flatMap((one) => one ?? []);
      return all.includes(undefined) || texts.length > maxTexts ? undefined : texts;
    }
    case 'sequence': {
      let texts: string[] = [''];
      for (const item of node.items) {
        const next = textsOf(item);
        if (!next || texts.length * next.length > maxTexts) return undefined;
        texts = texts.flatMap((text) => next.map((more) => text + more));
      }
      return texts;
    }
    case 'repeat': {
      const once = textsOf(node.node);
      return once && node.min === 0 ? ['', ...once] : once;
    }
    case 'assert':
      return node.what === 'word' ? [''] : undefined;
    default:
      return undefined;
  }
}

function charactersOf(set: readonly number[]): string[] | undefined {
  const chars: string[] = [];
  for (let i = 0; i < set.length; i += 2) {
    for (let code = set[i] as number; code <= (set[i + 1] as number); code++) {
      if (chars.length >= 40) return undefined;
      chars.push(String.fromCodePoint(code));
    }
  }
  return chars;
}

function isBound(node: Node): boolean {
  switch (node.kind) {
    case 'assert':
      return node.what !== 'word' && node.what !== 'not-word';
    case 'choice':
    case 'sequence':
      return node.items.some(isBound);
    case 'repeat':
    case 'look':
      return isBound(node.node);
    default:
      return false;
  }
}

/** Returns the single characters that a search matches. */
export function singles(it: Searched): ReadonlySet<string> {
  return new Set(it.texts.filter((text) => [...text].length === 1));
}
