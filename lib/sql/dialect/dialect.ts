import type { DialectName } from '../lex/dialect-name.ts';

/** A LIKE pattern: the text stands for itself, what is around it is `%` or nothing. */
export interface Pattern {
  readonly before: '%' | '';
  readonly text: string;
  readonly after: '%' | '';
}

/** How one kind of database writes what a fragment leaves open. */
export interface Dialect {
  readonly name: DialectName;
  /** The text of the placeholder with this number, counted from 1. */
  placeholder(this: void, number: number, as: 'value' | 'pattern' | 'json'): string;
  quoteName(this: void, name: string): string;
  /** The pattern with its text escaped, as the placeholder for patterns reads it. */
  writePattern(this: void, pattern: Pattern): string;
  /** Whether a list can be one parameter. */
  readonly takesLists: boolean;
  /** How many values one statement takes. */
  readonly maxValues: number;
}
