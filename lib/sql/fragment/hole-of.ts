import type { Sql } from '../query.ts';
import type { SqlValue } from '../value/sql-value.ts';

declare const why: unique symbol;

/** Shows in the compiler's message why something does not fit into a hole. Nothing has this type. */
export interface NotAValue<Why extends string> {
  readonly [why]: Why;
}

/** `T` where a hole takes it, or else a type whose name says what to write. `any` is decided on at run time. */
export type HoleOf<T> = [T] extends [SqlValue | Sql] ? T : NotAValue<WhyNot<T>>;

type WhyNot<T> = unknown extends T
  ? 'It can be anything: check what it is first.'
  : undefined extends T
    ? 'It can be undefined: check for it first, write `?? null` where NULL is meant, or put a condition into `sql.and(...)`.'
    : [T] extends [PromiseLike<unknown>]
      ? 'It is a promise: await it.'
      : [T] extends [(...never: never) => unknown]
        ? 'It is a function: call it.'
        : [T] extends [readonly unknown[]]
          ? 'It is a list, and not everything in it is a value.'
          : [T] extends [symbol]
            ? 'No database stores a symbol.'
            : 'It can be an object: name the property that is meant, or write `sql.json(...)` for a column of JSON.';
