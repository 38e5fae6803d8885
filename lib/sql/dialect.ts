/** How one kind of database writes what a fragment leaves open. */
export interface Dialect {
  readonly name: string;
  /** The text of the placeholder with this number, counted from 1. */
  placeholder(number: number, as: 'value' | 'pattern' | 'json'): string;
  quoteName(this: void, name: string): string;
  /** How many values one statement takes. */
  readonly maxValues: number;
}
