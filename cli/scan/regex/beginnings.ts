import { type Application, type Automaton, automatonOf } from './automaton.ts';
import { type CharacterSet, complement, fromRanges, has, isEmpty, overlap } from './character-set.ts';
import { parseRegex } from './parse-regex.ts';
import { RegexNotRead } from './regex-not-read.ts';

const slash = 0x2f;
const notSlash: CharacterSet = complement(fromRanges([[slash, slash]]));
/** Characters that begin a host after a slash: another slash, and what browsers treat as one or remove (WHATWG URL, 4.4). */
const nameHost: CharacterSet = fromRanges([
  [0x09, 0x0a],
  [0x0d, 0x0d],
  [slash, slash],
  [0x5c, 0x5c],
]);

/**
 * Whether every text that an expression matches as a whole is a local path or empty. A local path begins with one slash
 * that no host follows.
 *     matchesLocalPaths('\\/(?:[\\w-]+\\/?)*', '')   // true
 *     matchesLocalPaths('\\/[\\w/]*', '')            // false: `//host`
 */
export function matchesLocalPaths(source: string, flags: string): boolean {
  const automaton = read(source, flags, 'fullmatch');
  return (
    automaton?.edges[0]?.every(
      ({ to, set }) =>
        !overlap(set, notSlash) &&
        automaton.edges[to]?.every((next) => !overlap(next.set, nameHost)) === true,
    ) === true
  );
}

/**
 * Whether an expression matches every text that begins with one of these characters, whatever follows the character.
 *     isFoundBehind('^[=+]', '', ['=', '+'])   // true
 *     isFoundBehind('^=[a-z]', '', ['='])      // false: `=1`
 */
export function isFoundBehind(source: string, flags: string, characters: readonly string[]): boolean {
  const automaton = read(source.replace(/^(?:\^|\\A)/, ''), flags, 'match');
  return (
    automaton !== undefined &&
    characters.every((one) =>
      automaton.edges[0]?.some(({ to, sure }) => {
        const end = automaton.accepts[to];
        return has(sure, one.charCodeAt(0)) && end?.atEnd === true && isEmpty(complement(end.next));
      }),
    )
  );
}

function read(source: string, flags: string, how: Application): Automaton | undefined {
  try {
    return automatonOf(parseRegex(source, flags, 'ecmascript'), how, 'ecmascript');
  } catch (error) {
    if (error instanceof RegexNotRead) return undefined;
    throw error;
  }
}
