import type { Automaton } from './automaton.ts';
import { intersect, pick } from './character-set.ts';
import type { Components } from './components.ts';

/**
 * A word that a backtracking matcher can read along more than one path. The paths lead from a state back to that state, or
 * from one loop to another.
 */
export interface Ambiguity {
  readonly state: number;
  readonly pump: readonly number[];
  /** For polynomial ambiguity: the components of the two loops. */
  readonly from: number;
  readonly to: number;
}

/** The steps that remain for all searches in one expression. */
export interface Budget {
  steps: number;
}

interface Link {
  readonly key: number;
  readonly before: Link | undefined;
  readonly code: number;
}

function wordTo(link: Link | undefined): number[] {
  const word: number[] = [];
  for (let at = link; at?.before; at = at.before) word.push(at.code);
  return word.reverse();
}

/**
 * Returns a shortest word that leads from one state to another, only through states that `within` accepts. Undefined if
 * there is none.
 */
export function shortestWord(
  automaton: Automaton,
  from: number,
  to: number,
  within?: (state: number) => boolean,
): number[] | undefined {
  if (from === to) return [];
  const seen = new Set([from]);
  const queue: Link[] = [{ key: from, before: undefined, code: -1 }];
  for (const link of queue) {
    for (const edge of automaton.edges[link.key] ?? []) {
      if (seen.has(edge.to) || (within && !within(edge.to))) continue;
      const code = pick(edge.sure);
      if (code === undefined) continue;
      seen.add(edge.to);
      const next = { key: edge.to, before: link, code };
      if (edge.to === to) return wordTo(next);
      queue.push(next);
    }
  }
  return undefined;
}

/**
 * Finds words with exponential ambiguity. Two different paths read such a word, from a state back to that state, so each
 * repetition of the word doubles the number of paths. Returns at most one word for each component.
 */
export function exponentialAmbiguities(
  automaton: Automaton,
  components: Components,
  budget: Budget,
): Ambiguity[] {
  return components.loops.flatMap((number) => {
    const found = partAndMeet(automaton, components, number, budget);
    return found ? [found] : [];
  });
}

function partAndMeet(
  automaton: Automaton,
  components: Components,
  number: number,
  budget: Budget,
): Ambiguity | undefined {
  const { edges } = automaton;
  const size = edges.length;
  const inside = (state: number): boolean => components.of[state] === number;
  const close = (state: number, start: number, word: readonly number[]): Ambiguity | undefined => {
    const back = shortestWord(automaton, state, start, inside);
    return back && { state: start, pump: [...word, ...back], from: number, to: number };
  };
  const members = components.states[number] as readonly number[];
  for (const state of members) {
    for (const edge of edges[state] ?? []) {
      const code = edge.twice && inside(edge.to) ? pick(edge.sure) : undefined;
      const found = code === undefined ? undefined : close(edge.to, state, [code]);
      if (found) return found;
    }
  }
  if (members.length === 1) return undefined;
  // Breadth-first search over pairs of states, from where two paths part to where they meet. The smaller state comes first.
  const seen = new Set<number>();
  const queue: (Link & { readonly start: number })[] = members.map((state) => ({
    key: state * size + state,
    before: undefined,
    code: -1,
    start: state,
  }));
  for (const link of queue) {
    const a = Math.floor(link.key / size);
    const b = link.key % size;
    const isStart = a === b;
    const ones = edges[a] ?? [];
    const others = edges[b] ?? [];
    for (let i = 0; i < ones.length; i++) {
      const one = ones[i] as (typeof ones)[number];
      if (!inside(one.to)) continue;
      for (let k = isStart ? i + 1 : 0; k < others.length; k++) {
        const other = others[k] as (typeof others)[number];
        if (!inside(other.to)) continue;
        if (--budget.steps < 0) return undefined;
        const key = Math.min(one.to, other.to) * size + Math.max(one.to, other.to);
        if (seen.has(key)) continue;
        const code = pick(intersect(one.sure, other.sure));
        if (code === undefined) continue;
        seen.add(key);
        const next = { key, before: link, code, start: link.start };
        if (one.to === other.to) {
          const found = close(one.to, link.start, wordTo(next));
          if (found) return found;
          continue;
        }
        queue.push(next);
      }
    }
  }
  return undefined;
}

/**
 * Finds words with polynomial ambiguity: a second loop can take over from the first at any point of a word that both
 * accept, so that the number of paths grows with the length of the text. Returns one word for each pair of loops.
 */
export function polynomialAmbiguities(
  automaton: Automaton,
  components: Components,
  budget: Budget,
): Ambiguity[] {
  const reach = reachable(automaton, components);
  const found: Ambiguity[] = [];
  for (const from of components.loops) {
    for (const to of components.loops) {
      if (from === to || !reach[from]?.has(to) || budget.steps < 0) continue;
      const one = takeOver(automaton, components, from, to, reach, budget);
      if (one) found.push(one);
    }
  }
  return found;
}

/** The components that are reachable from each component. */
function reachable({ edges }: Automaton, { of, states }: Components): ReadonlySet<number>[] {
  const reach: Set<number>[] = [];
  // A component has a greater number than its successors.
  states.forEach((members, number) => {
    const all = new Set([number]);
    for (const state of members)
      for (const { to } of edges[state] ?? []) for (const one of reach[of[to] as number] ?? []) all.add(one);
    reach.push(all);
  });
  return reach;
}

function takeOver(
  { edges }: Automaton,
  { of, states }: Components,
  from: number,
  to: number,
  reach: readonly ReadonlySet<number>[],
  budget: Budget,
): Ambiguity | undefined {
  const size = edges.length;
  for (const p of states[from] as readonly number[]) {
    for (const q of states[to] as readonly number[]) {
      const goal = (p * size + q) * size + q;
      const seen = new Set<number>();
      const queue: Link[] = [{ key: (p * size + p) * size + q, before: undefined, code: -1 }];
      for (const link of queue) {
        const c = link.key % size;
        const b = Math.floor(link.key / size) % size;
        const a = Math.floor(link.key / size / size);
        for (const first of edges[a] ?? []) {
          if (of[first.to] !== from) continue;
          for (const third of edges[c] ?? []) {
            if (of[third.to] !== to) continue;
            if (--budget.steps < 0) return undefined;
            const both = intersect(first.sure, third.sure);
            if (both.length === 0) continue;
            for (const second of edges[b] ?? []) {
              const component = of[second.to] as number;
              if (!reach[from]?.has(component) || !reach[component]?.has(to)) continue;
              if (--budget.steps < 0) return undefined;
              const key = (first.to * size + second.to) * size + third.to;
              if (seen.has(key)) continue;
              const code = pick(intersect(both, second.sure));
              if (code === undefined) continue;
              seen.add(key);
              const next = { key, before: link, code };
              if (key === goal) return { state: p, pump: wordTo(next), from, to };
              queue.push(next);
            }
          }
        }
      }
    }
  }
  return undefined;
}
