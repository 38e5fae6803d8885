import {
  maxDraftStates,
  maxExcludedCharacters,
  maxOptionalIterations,
  maxRegexPositions,
} from '../budgets/regex.ts';
import {
  anyCharacter,
  type CharacterSet,
  complement,
  intersect,
  isEmpty,
  newline,
  noCharacter,
  sizeOf,
} from './character-set.ts';
import { firstCharacters, hasReference } from './first-characters.ts';
import { RegexNotRead } from './regex-not-read.ts';
import type { Assertion, Node } from './syntax.ts';

/**
 * An expression as an automaton with empty transitions (Thompson's construction). It also has paths that no match takes,
 * such as empty iterations of a loop, or an assertion that fails. `automatonOf` leaves such paths out.
 */
export interface Draft {
  readonly steps: readonly (readonly Step[])[];
  /** Positions that consume a character. The first one is the start, which consumes none. */
  readonly positions: readonly Position[];
  /** For each state, the position that it leads to. Undefined if it leads to none. */
  readonly takes: readonly (number | undefined)[];
  readonly end: number;
  /** The positions before a match has begun. */
  readonly restarts: readonly number[];
  readonly looks: readonly Node[];
}

export interface Position {
  readonly set: CharacterSet;
  /**
   * The position stands for unknown text, such as that of a back-reference. It may match any character of `set`, but is
   * never assumed to match.
   */
  readonly isOpen: boolean;
  /** The state after the position. */
  readonly out: number;
}

export interface Step {
  readonly to: number;
  readonly kind: 'plain' | 'enter' | 'leave' | 'next' | 'behind' | Assertion;
  /** The loop that an iteration enters or leaves. */
  readonly loop?: number;
  readonly must?: Must;
}

/** An assertion about the next or the previous character: the character must be in `set`. */
export interface Must {
  readonly set: CharacterSet;
  /** Characters for which the assertion certainly holds. */
  readonly sure: CharacterSet;
  /** The assertion also holds if there is no such character, at the end or the start of the text. */
  readonly orNone: boolean;
}

/**
 * Builds the draft of an expression. With `anywhere`, a match may begin at any character of a text, otherwise only at the
 * first. Throws RegexNotRead if the draft is too large.
 */
export function draftOf(tree: Node, anywhere: boolean, word: CharacterSet): Draft {
  const steps: Step[][] = [];
  const positions: Position[] = [];
  const takes: (number | undefined)[] = [];
  const looks: Node[] = [];
  const { words, lines } = assertionsIn(tree);
  let loops = 0;
  let isReferred = false;

  const state = (): number => {
    if (steps.length >= maxDraftStates) throw new RegexNotRead();
    return steps.push([]) - 1;
  };
  const add = (from: number, step: Step): void => {
    steps[from]?.push(step);
  };
  const plain = (from: number, to: number): void => add(from, { to, kind: 'plain' });
  // If the characters on both sides of a position matter, a class is split so that each part is of one kind.
  const partsOf = (set: CharacterSet): readonly CharacterSet[] => {
    let parts = [set];
    for (const by of [words ? word : undefined, lines ? newline : undefined]) {
      if (by) parts = parts.flatMap((part) => [intersect(part, by), intersect(part, complement(by))]);
    }
    return parts.filter((part) => !isEmpty(part));
  };
  const take = (set: CharacterSet, out: number, isOpen = false): number => {
    if (positions.length >= maxRegexPositions) throw new RegexNotRead();
    return positions.push({ set, out, isOpen }) - 1;
  };
  const leaf = (set: CharacterSet, from: number, to: number, isOpen: boolean): void => {
    for (const part of partsOf(set)) {
      const at = state();
      plain(from, at);
      takes[at] = take(part, to, isOpen);
    }
  };
  const build = (node: Node, from: number, to: number): void => {
    switch (node.kind) {
      case 'empty':
        plain(from, to);
        break;
      case 'set':
        leaf(node.set, from, to, isReferred);
        break;
      case 'reference':
        if (node.group) {
          // Which of the group's texts is unknown, so that no character is certain.
          const outer = isReferred;
          isReferred = true;
          build(node.group, from, to);
          isReferred = outer;
          break;
        }
        // Any text, or none.
        add(from, { to, kind: 'next', must: { set: anyCharacter, sure: noCharacter, orNone: true } });
        leaf(anyCharacter, from, from, true);
        break;
      case 'sequence': {
        let at = from;
        for (const item of node.items) {
          const next = state();
          build(item, at, next);
          at = next;
        }
        plain(at, to);
        break;
      }
      case 'choice':
        for (const item of node.items) build(item, from, to);
        break;
      case 'repeat':
        repeat(node, from, to);
        break;
      case 'assert':
        add(from, { to, kind: node.what });
        break;
      case 'look':
        looks.push(node.node);
        add(from, { to, kind: node.ahead ? 'next' : 'behind', must: mustOf(node) });
    }
  };
  const repeat = (node: Node & { kind: 'repeat' }, from: number, to: number): void => {
    const isBounded = node.max !== Number.POSITIVE_INFINITY;
    let at = from;
    for (let i = isBounded ? 0 : 1; i < node.min; i++) {
      const next = state();
      build(node.node, at, next);
      at = next;
    }
    const rounds = isBounded ? Math.min(node.max - node.min, maxOptionalIterations) : 1;
    for (let i = 0; i < rounds; i++) {
      const loop = loops++;
      const [first, done, next] = [state(), state(), state()];
      build(node.node, first, done);
      // An optional iteration must consume something; a required one need not.
      if (isBounded) {
        add(at, { to: first, kind: 'enter', loop });
        plain(at, to);
      } else {
        plain(at, node.min === 0 ? next : first);
        add(next, { to: first, kind: 'enter', loop });
      }
      add(done, { to: next, kind: 'leave', loop });
      at = next;
    }
    plain(at, to);
  };

  const begin = state();
  const end = state();
  take([], begin);
  build(tree, begin, end);
  const restarts = anywhere ? partsOf(anyCharacter).map((part) => take(part, begin)) : [];
  return { steps, positions, takes, end, restarts, looks };
}

/** The constraint of a look-around on the adjacent character. */
function mustOf({ node, negative, ahead }: Node & { kind: 'look' }): Must {
  if (node.kind === 'set') {
    const set = negative ? complement(node.set) : node.set;
    return { set, sure: set, orNone: negative };
  }
  const first = ahead ? firstCharacters(node) : undefined;
  if (hasReference(node))
    return { set: anyCharacter, sure: negative ? noCharacter : anyCharacter, orNone: true };
  if (!negative) return { set: first ?? anyCharacter, sure: first ?? anyCharacter, orNone: !first };
  return {
    set: anyCharacter,
    sure: first && sizeOf(first) <= maxExcludedCharacters ? complement(first) : anyCharacter,
    orNone: true,
  };
}

function assertionsIn(tree: Node): { readonly words: boolean; readonly lines: boolean } {
  let words = false;
  let lines = false;
  const look = (node: Node): void => {
    if (node.kind === 'assert') {
      if (node.what === 'word' || node.what === 'not-word') words = true;
      if (node.what === 'line-start' || node.what === 'line-end') lines = true;
    } else if (node.kind === 'sequence' || node.kind === 'choice') node.items.forEach(look);
    else if (node.kind === 'repeat') look(node.node);
  };
  look(tree);
  return { words, lines };
}
