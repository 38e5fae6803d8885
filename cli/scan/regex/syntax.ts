import type { CharacterSet } from './character-set.ts';

/** The syntax tree of a regular expression, the same for JavaScript and Python. */
export type Node =
  | { readonly kind: 'empty' }
  /** One character of the set. */
  | { readonly kind: 'set'; readonly set: CharacterSet }
  /** A back-reference. Its text is one of the group's, if that matches short texts only, and unknown otherwise. */
  | { readonly kind: 'reference'; readonly group?: Node }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly items: readonly Node[] }
  /** `max` is Infinity if unbounded. Greedy and lazy are the same here: both try the same paths when a match fails. */
  | { readonly kind: 'repeat'; readonly node: Node; readonly min: number; readonly max: number }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly node: Node };

/** `start` and `end` are those of the whole text; `line-start` and `line-end` also match at line breaks. */
export type Assertion = 'start' | 'end' | 'line-start' | 'line-end' | 'word' | 'not-word';

/** The syntax of an expression: ECMAScript, or Python's module `re`. */
export type RegexDialect = 'ecmascript' | 're';

export interface RegexFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  /** Python's `x`: white space and comments are ignored. */
  readonly verbose: boolean;
  readonly unicode: boolean;
}
