import { maxPumpRounds, maxSuffixLength, maxSuffixSets } from '../budgets/regex.ts';
import { type Ambiguity, shortestWord } from './ambiguity.ts';
import type { Automaton } from './automaton.ts';
import { type CharacterSet, complement, has, pick, union } from './character-set.ts';

/** A text that does not match, and is slow to reject: the prefix, the pump many times, the suffix. */
export interface FailingText {
  readonly prefix: readonly number[];
  readonly pump: readonly number[];
  readonly suffix: readonly number[];
}

/** How the matcher is applied to the pumped text. */
export interface Way {
  readonly dialect: 'ecmascript' | 're';
  /** A match may also begin at each character of the pumped text. */
  readonly restarts: boolean;
  /** The search goes on after a match, as with the flag `g`. */
  readonly all: boolean;
}

/**
 * Finds a suffix that makes an expression fail after the pumped text. Only then does a matcher try all paths. Undefined if
 * no suffix is found, for instance because the expression has already matched.
 * Matches that begin after the pumped text don't matter, because earlier starts are tried first.
 */
export function failingText(
  automaton: Automaton,
  { state, pump }: Ambiguity,
  way: Way,
): FailingText | undefined {
  const isBegun = (one: number): boolean => !automaton.restarts.has(one);
  const prefix = shortestWord(automaton, 0, state, way.restarts ? undefined : isBegun);
  if (!prefix) return undefined;
  const keep = way.restarts ? () => true : isBegun;
  let states: readonly number[] | undefined =
    way.restarts && way.all ? [state] : follow(automaton, [0], prefix, keep);
  for (let i = 0; i < maxPumpRounds && states; i++) {
    const next = follow(automaton, states, pump, keep);
    if (next?.join() === states.join()) break;
    states = next;
  }
  if (!states) return undefined;
  const suffix = rejecting(automaton, states.filter(isBegun), way.dialect);
  return suffix && { prefix, pump, suffix };
}

/** The states after a word. Undefined if a match is complete before its end. */
function follow(
  automaton: Automaton,
  from: readonly number[],
  word: readonly number[],
  keep: (state: number) => boolean,
): readonly number[] | undefined {
  let states = from;
  for (const code of word) {
    if (isComplete(automaton, states, code)) return undefined;
    states = step(automaton, states, code, keep);
  }
  return states;
}

function step(
  { edges }: Automaton,
  states: readonly number[],
  code: number,
  keep: (state: number) => boolean,
): readonly number[] {
  const next = new Set<number>();
  for (const state of states)
    for (const edge of edges[state] ?? []) if (keep(edge.to) && has(edge.set, code)) next.add(edge.to);
  return [...next].sort((a, b) => a - b);
}

function isComplete({ accepts }: Automaton, states: readonly number[], code: number): boolean {
  return states.some((state) => {
    const accept = accepts[state];
    return accept !== undefined && has(accept.next, code);
  });
}

function rejecting(
  automaton: Automaton,
  from: readonly number[],
  dialect: 'ecmascript' | 're',
): readonly number[] | undefined {
  const codes = alphabet(automaton);
  const seen = new Set([from.join()]);
  const queue: { readonly states: readonly number[]; readonly word: readonly number[] }[] = [
    { states: from, word: [] },
  ];
  for (const { states, word } of queue) {
    // Python's `$` also matches before a final line break.
    const isEnd = dialect !== 're' || word.at(-1) !== 10;
    if (isEnd && !states.some((state) => automaton.accepts[state]?.atEnd)) return word;
    if (word.length >= maxSuffixLength || seen.size > maxSuffixSets) continue;
    for (const code of codes) {
      if (isComplete(automaton, states, code)) continue;
      const next = step(automaton, states, code, (one) => !automaton.restarts.has(one));
      const key = `${next.join()}${code === 10 ? 'n' : ''}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ states: next, word: [...word, code] });
    }
  }
  return undefined;
}

/** Sample characters, such that each class of the expression has one inside and one outside. */
function alphabet({ edges }: Automaton): readonly number[] {
  const sets = new Map<string, CharacterSet>();
  for (const some of edges) for (const { set } of some) if (sets.size < 24) sets.set(set.join(), set);
  const all = [...sets.values()];
  const codes = new Set<number>();
  const add = (set: CharacterSet): void => {
    const code = pick(set);
    if (code !== undefined) codes.add(code);
  };
  add(complement(union(...all.filter((set) => set.length > 2 || set[0] !== 0))));
  for (const code of '!@\0'.split('').map((char) => char.charCodeAt(0))) codes.add(code);
  for (const set of all) {
    add(complement(set));
    add(set);
  }
  codes.add(10);
  return [...codes];
}
