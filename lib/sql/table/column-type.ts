import { Misuse } from '../../refusal/misuse.ts';
import type { SqlScalar } from '../value/sql-value.ts';

/** The values that each column type accepts. */
interface Values {
  string: string;
  /** A safe integer, or a bigint of 64 bits. */
  integer: number | bigint;
  number: number | bigint;
  /** A string keeps every digit. */
  decimal: number | bigint | string;
  boolean: boolean;
  /** A Date, or an ISO 8601 date with or without a time of day. */
  date: Date | string;
  bytes: Uint8Array;
  /** Any JSON value, bound like `sql.json`. */
  json: object | string | number | boolean;
  /** Any value except a list. */
  any: Exclude<SqlScalar, null>;
}

type Base = keyof Values;
type Listed = Exclude<Base, 'json'>;

/** A type without ` | null` and ` | default`. */
export type BareType = Base | `${Listed}[]`;

/**
 * What an insert may write to a column: a value of the type, `null` if the column accepts NULL, and `default`
 * if it has a default and may be left out. Lists are for PostgreSQL, which has array columns.
 */
// Written out, because a union keeps its name in the compiler's messages, and a template type is shown as all of its texts.
export type ColumnType =
  | BareType
  | `${BareType} | null`
  | `${BareType} | default`
  | `${BareType} | null | default`;

/** Column types by column name. */
export type Columns = Readonly<Record<string, ColumnType>>;

type Part<T extends string> = T extends `${infer First} | ${infer Rest}` ? First | Part<Rest> : T;
type Value<P> = P extends `${infer B extends Base}[]`
  ? readonly Values[B][]
  : P extends Base
    ? Values[P]
    : P extends 'null'
      ? null
      : never;

/** The values that a column of this type accepts. */
export type ValueOf<T extends ColumnType> = Value<Part<T>>;

export interface ColumnDefinition {
  readonly base: Base;
  readonly list: boolean;
  readonly nullable: boolean;
  readonly default: boolean;
}

const form = /^(string|integer|number|decimal|boolean|date|bytes|json|any)(\[\])?( \| null)?( \| default)?$/;

/** Throws a `Misuse` if it is not a column type. */
export function readColumnType(column: string, type: unknown): ColumnDefinition {
  const parts = typeof type === 'string' ? form.exec(type) : null;
  const base = parts?.[1] as Base | undefined;
  const list = parts?.[2] !== undefined;
  if (!parts || base === undefined || (list && base === 'json')) {
    throw new Misuse('sql/invalid-column', `${JSON.stringify(column)} is ${JSON.stringify(type)}.`);
  }
  return { base, list, nullable: parts[3] !== undefined, default: parts[4] !== undefined };
}
