import { maxClosureSteps, maxEnteredLoops } from '../budgets/regex.ts';
import {
  anyCharacter,
  type CharacterSet,
  complement,
  has,
  intersect,
  isEmpty,
  newline,
  noCharacter,
  overlap,
  union,
} from './character-set.ts';
import { draftOf, type Must, type Position, type Step } from './draft.ts';
import { wordOf } from './escapes.ts';
import { RegexNotRead } from './regex-not-read.ts';
import type { Node, RegexDialect } from './syntax.ts';

/**
 * An automaton that consumes one character with each transition. Its states are the positions of an expression; state 0
 * is the start. An edge is marked `twice` if it stands for two paths through the expression that consume the same
 * character. A backtracking matcher tries both paths.
 */
export interface Automaton {
  readonly edges: readonly (readonly Edge[])[];
  /** For each state, the condition under which a match is complete. Undefined if it never is. */
  readonly accepts: readonly (Accept | undefined)[];
  /** States before a match has begun: a search restarts at each character. */
  readonly restarts: ReadonlySet<number>;
  /** The bodies of look-arounds. Each is analysed on its own. */
  readonly looks: readonly Node[];
}

export interface Edge {
  readonly to: number;
  readonly set: CharacterSet;
  /** Characters that certainly take this edge, whatever follows. */
  readonly sure: CharacterSet;
  /** More than one path consumes the same character. */
  readonly twice: boolean;
}

export interface Accept {
  /** The match is complete if one of these characters follows. If the text ends, `atEnd` decides. */
  readonly next: CharacterSet;
  readonly atEnd: boolean;
}

/** How an expression is applied: to a whole text, from its beginning, or from anywhere. */
export type Application = 'fullmatch' | 'match' | 'search';

/** Builds the automaton of an expression. Throws RegexNotRead if it is too large. */
export function automatonOf(tree: Node, how: Application, dialect: RegexDialect): Automaton {
  const word = wordOf(dialect);
  const draft = draftOf(tree, how === 'search', word);
  const { positions } = draft;
  const edges: Edge[][] = [];
  const accepts: (Accept | undefined)[] = [];
  let steps = 0;
  positions.forEach((from, position) => {
    const found = new Map<number, Edge>();
    let accept: Accept | undefined;
    const walk = (state: number, ahead: Must, entered: readonly number[]): void => {
      if (++steps > maxClosureSteps || entered.length > maxEnteredLoops) throw new RegexNotRead();
      const target = draft.takes[state];
      if (target !== undefined) join(found, target, positions[target] as Position, ahead);
      if (state === draft.end) {
        const last = how === 'fullmatch' ? noCharacter : ahead.set;
        accept = {
          next: accept ? union(accept.next, last) : last,
          atEnd: ahead.orNone || (accept?.atEnd ?? false),
        };
      }
      for (const step of draft.steps[state] ?? []) {
        if (step.kind === 'plain') walk(step.to, ahead, entered);
        else if (step.loop !== undefined) {
          // An iteration that consumes nothing does not count.
          if (entered.includes(step.loop)) continue;
          walk(step.to, ahead, step.kind === 'enter' ? [...entered, step.loop] : entered);
        } else {
          const rest = passed(step, position === 0 ? undefined : from.set, ahead, word);
          if (rest && (rest.orNone || !isEmpty(rest.set))) walk(step.to, rest, entered);
        }
      }
    };
    walk(from.out, anything, []);
    if (position === 0 || draft.restarts.includes(position)) {
      for (const restart of draft.restarts) join(found, restart, positions[restart] as Position, anything);
    }
    edges.push([...found.values()]);
    accepts.push(accept);
  });
  return { edges, accepts, restarts: new Set(draft.restarts), looks: draft.looks };
}

const anything: Must = Object.freeze({ set: anyCharacter, sure: anyCharacter, orNone: true });

function join(found: Map<number, Edge>, to: number, { set: own, isOpen }: Position, ahead: Must): void {
  const set = intersect(own, ahead.set);
  if (isEmpty(set)) return;
  const sure = isOpen ? noCharacter : intersect(own, ahead.sure);
  const known = found.get(to);
  if (!known) {
    found.set(to, { to, set, sure, twice: false });
    return;
  }
  const all = union(known.set, set);
  if (overlap(known.sure, sure))
    found.set(to, { to, set: all, sure: intersect(known.sure, sure), twice: true });
  else
    found.set(to, {
      to,
      set: all,
      sure: known.twice ? known.sure : union(known.sure, sure),
      twice: known.twice,
    });
}

/**
 * The constraint on the next character where an assertion holds, after a character of a set or at the start. Undefined
 * where it cannot hold.
 */
function passed(
  step: Step,
  behind: CharacterSet | undefined,
  ahead: Must,
  word: CharacterSet,
): Must | undefined {
  switch (step.kind) {
    case 'start':
      return behind ? undefined : ahead;
    case 'end':
      return { set: noCharacter, sure: noCharacter, orNone: ahead.orNone };
    case 'line-start':
      return !behind || has(behind, 10) ? ahead : undefined;
    case 'line-end':
      return both(ahead, { set: newline, sure: newline, orNone: true });
    case 'word':
    case 'not-word': {
      const isWord = behind !== undefined && has(word, behind[0] as number);
      const wantsWord = isWord !== (step.kind === 'word');
      const set = wantsWord ? word : complement(word);
      return both(ahead, { set, sure: set, orNone: !wantsWord });
    }
    case 'next':
      return both(ahead, step.must as Must);
    case 'behind': {
      const must = step.must as Must;
      if (behind ? !overlap(behind, must.set) : !must.orNone) return undefined;
      return !behind || overlap(behind, must.sure) ? ahead : { ...ahead, sure: noCharacter };
    }
    default:
      return ahead;
  }
}

function both(a: Must, b: Must): Must {
  return { set: intersect(a.set, b.set), sure: intersect(a.sure, b.sure), orNone: a.orNone && b.orNone };
}
