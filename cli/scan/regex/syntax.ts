import type { CharacterSet } from './character-set.ts';

/** A regular expression as a tree, the same for JavaScript and Python. */
export type Node =
  | { readonly kind: 'empty' }
  /** One character of the set. */
  | { readonly kind: 'set'; readonly set: CharacterSet }
  /** What a group matched before: a text that is not known. */
  | { readonly kind: 'reference' }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly items: readonly Node[] }
  /** `max` is Infinity where there is no bound. Greedy and lazy make no difference to what can be slow. */
  | { readonly kind: 'repeat'; readonly node: Node; readonly min: number; readonly max: number }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly node: Node };

/** `start` and `end` are those of the whole text; `line-start` and `line-end` stand beside line breaks too. */
export type Assertion = 'start' | 'end' | 'line-start' | 'line-end' | 'word' | 'not-word';

/** How an expression is read: as in ECMAScript, or as in Python's module `re`. */
export type RegexDialect = 'ecmascript' | 're';

export interface RegexFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  /** Python's `x`: white space and comments say nothing. */
  readonly verbose: boolean;
  readonly unicode: boolean;
}
