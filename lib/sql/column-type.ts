import { Misuse } from '../refusal/misuse.ts';
import type { SqlScalar } from './sql-value.ts';

/** What each type of column takes. */
interface Values {
  string: string;
  /** A safe integer, or a bigint of 64 bits. */
  integer: number | bigint;
  number: number | bigint;
  /** Also as text, which keeps every digit. */
  decimal: number | bigint | string;
  boolean: boolean;
  /** A Date, or an ISO 8601 date with or without a time of day. */
  date: Date | string;
  bytes: Uint8Array;
  /** What JSON can express; it is bound as `sql.json` does. */
  json: object | string | number | boolean;
  /** Any value but a list. */
  any: Exclude<SqlScalar, null>;
}

type Base = keyof Values;
type Listed = Exclude<Base, 'json'>;

/** A type without what stands behind it. */
export type BareType = Base | `${Listed}[]`;

/**
 * What an insert may give a column, as SQL says it: a value of a type, `null` where the column takes it, `default`
 * where it has one and may be left out. Lists are for PostgreSQL, which has columns of them.
 */
// Written out, because a union keeps its name in the compiler's messages, and a template type is shown as all of its texts.
export type ColumnType =
  | BareType
  | `${BareType} | null`
  | `${BareType} | default`
  | `${BareType} | null | default`;

/** A column's name, and what it takes. */
export type Columns = Readonly<Record<string, ColumnType>>;

type Part<T extends string> = T extends `${infer First} | ${infer Rest}` ? First | Part<Rest> : T;
type Value<P> = P extends `${infer B extends Base}[]`
  ? readonly Values[B][]
  : P extends Base
    ? Values[P]
    : P extends 'null'
      ? null
      : never;

/** The value that a column of this type takes. */
export type ValueOf<T extends ColumnType> = Value<Part<T>>;

export interface ColumnDefinition {
  readonly base: Base;
  readonly list: boolean;
  readonly nullable: boolean;
  readonly default: boolean;
}

const form = /^(string|integer|number|decimal|boolean|date|bytes|json|any)(\[\])?( \| null)?( \| default)?$/;

/** A `Misuse` for what is no type of a column. */
export function readColumnType(column: string, type: unknown): ColumnDefinition {
  const parts = typeof type === 'string' ? form.exec(type) : null;
  const base = parts?.[1] as Base | undefined;
  const list = parts?.[2] !== undefined;
  if (!parts || base === undefined || (list && base === 'json')) {
    throw new Misuse('sql/invalid-column', `${JSON.stringify(column)} is ${JSON.stringify(type)}.`);
  }
  return { base, list, nullable: parts[3] !== undefined, default: parts[4] !== undefined };
}
