import { Misuse } from '../../refusal/misuse.ts';
import { type Sql, template } from '../../sql/query.ts';
import { readSite } from '../../sql/template/sql-site.ts';
import { reasonOf } from '../reason-of.ts';

export interface TrustedOptions {
  /** Why this text can't contain anything from a client, for reviewers and for the scanner's list. */
  readonly because: string;
}

/**
 * `S` where it is made of literals. `string` is not, nor is a template type such as `select ${string}`, which is what
 * a constant text around a variable has; `any` is never one.
 */
type Literal<S> = 0 extends 1 & S
  ? never
  : [S] extends [string]
    ? string extends S
      ? NotLiteral<'It can be any text: put values into holes of `sql`.'>
      : Record<never, never> extends Record<S, 1>
        ? NotLiteral<'A part of it can be any text: put values into holes of `sql`.'>
        : S
    : NotLiteral<'It is no text.'>;

declare const why: unique symbol;

/** Explains in the compiler's message why a text is not accepted. No value has this type. */
export interface NotLiteral<Why extends string> {
  readonly [why]: Why;
}

/**
 * Trusts SQL text that a developer vouches for. The compiler accepts only string literals; a computed text needs a cast, which is
 * visible in a review. The text is parsed like a template: no unfinished literal, no second statement.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { trustedSql } from 'bulwark/unsafe/sql';
 *
 * const rank = trustedSql('ts_rank(document, query)', { because: 'written here, shared by three statements' });
 * sql`select id from pages order by ${rank} desc`;
 * ```
 */
export function trustedSql<const S>(text: Literal<S>, options: TrustedOptions): Sql {
  if (reasonOf(options) === undefined) throw new Misuse('sql/trusted-without-reason');
  if (typeof text !== 'string') throw new Misuse('sql/string-built-query', `It is a ${typeof text}.`);
  return template(readSite([text]), [], 0);
}
