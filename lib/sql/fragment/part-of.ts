import type { Sql } from '../query.ts';

/** A condition, or the result of `value && sql...` if the value is missing. */
export type Part = Sql | false | null | undefined | '';

declare const why: unique symbol;

/** Explains in the compiler's message why something is not a condition. No value has this type. */
export interface NotAPart<Why extends string> {
  readonly [why]: Why;
}

/** `T` if it is a condition, otherwise a type whose name says what to write. `any` is checked at run time. */
export type PartOf<T> = [T] extends [Part] ? T : NotAPart<WhyNot<T, Exclude<T, Part>>>;

type WhyNot<T, Rest> = unknown extends T
  ? 'It can be anything: check what it is first.'
  : [Rest] extends [number | bigint]
    ? 'It can be a number: compare it, such as `list.length > 0 && ...`.'
    : [Rest] extends [string]
      ? 'It is a string: write it as a fragment of the `sql` tag.'
      : [Rest] extends [boolean]
        ? 'It can be true: write `flag && ...` with a fragment behind it.'
        : [Rest] extends [PromiseLike<unknown>]
          ? 'It is a promise: await it.'
          : [Rest] extends [(...never: never) => unknown]
            ? 'It is a function: call it.'
            : [Rest] extends [readonly unknown[]]
              ? 'It is a list: spread it, such as `sql.and(...conditions)`.'
              : 'It is not a fragment of the `sql` tag.';
