import type { Sql } from '../../lib/sql/index.ts';

export interface Person {
  readonly id: number;
  readonly name: string;
}

export const people: readonly Person[] = [
  { id: 1, name: 'admin' },
  { id: 2, name: "O'Brien" },
  { id: 3, name: '50% off\\_%|' },
];

/** A place for what a client sends. */
export interface Position {
  readonly name: string;
  /** Untyped, as what comes out of JSON is. */
  write(input: never): Sql;
  /** Other inputs: no statement is to have another text than one of theirs. */
  readonly harmless: readonly unknown[];
  /** Which rows a text finds. */
  means?(text: string, person: Person): boolean;
  /** SQLite's LIKE ignores the case of ASCII. */
  readonly like?: true;
  /** The column of `scratch` that holds the text afterwards. */
  readonly stores?: 'name' | 'note';
  /** Refused whatever the text holds. */
  readonly refuses?: 'sql/unknown-column' | 'sql/unknown-identifier' | 'sql/bad-cursor' | 'sql/invalid-value';
  /** Texts that no database stores are no error here. */
  readonly takesAnyText?: true;
  /** It reads lists, records or JSON on purpose. */
  readonly reads?: true;
  /** It is made of a text: nothing else can be there. */
  readonly textOnly?: true;
  /** The only dialect that has it. */
  readonly only?: 'postgres';
}
