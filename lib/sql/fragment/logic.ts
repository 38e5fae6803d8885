import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { type Hole, isSql, type Sql, template } from '../query.ts';
import { bareSite } from '../template/sql-site.ts';
import { type SqlScalar, takeValue } from '../value/sql-value.ts';
import type { Part, PartOf } from './part-of.ts';
import { conditionSite, staticFragment } from './static-fragment.ts';

/** Conditions. Anything else gets a type that explains why it is not one. */
type Parts<P extends readonly unknown[]> = { readonly [I in keyof P]: Part | PartOf<P[I]> };

/**
 * Combines conditions with AND, each in parentheses. Missing ones (`false`, `null`, `undefined`, `''`) are left out; if none is
 * left, it is `true`. Use it for optional filters. Any other value instead of a condition, such as
 * the 0 of `max && sql...`, is a Refusal (`sql/invalid-value`, `sql/object-as-value`). A condition that must always hold, such as the
 * tenant, belongs in the template itself, where a missing value is refused.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * declare const q: string | undefined;
 * sql`select id from products where tenant = ${7} and ${sql.and(sql`published`, q && sql`name = ${q}`)}`;
 * // select id from products where tenant = $1 and ((published) and (name = $2))
 * ```
 */
export function and<const P extends readonly unknown[]>(...parts: Parts<P>): Sql {
  return combine('and', parts);
}

/** Combines conditions with OR, each in parentheses. Missing ones are left out; if none is left, it is `false`. */
export function or<const P extends readonly unknown[]>(...parts: Parts<P>): Sql {
  return combine('or', parts);
}

/**
 * Joins parts with a separator, a comma by default. Values among the parts are bound. Without
 * parts the result is empty. `in (...)` doesn't allow that: use `sql.in` instead.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * sql`insert into tags (name) values ${sql.join(['a', 'b'].map((name) => sql`(${name})`))}`;
 * // insert into tags (name) values ($1), ($2)
 * ```
 */
export function join(parts: readonly (Sql | SqlScalar)[], separator: Sql = staticFragment(', ')): Sql {
  if (!Array.isArray(parts) || !isSql(separator)) throw new Misuse('sql/invalid-part');
  const holes: Hole[] = [];
  for (let i = 0; i < parts.length; i++) {
    if (i > 0) holes.push(separator);
    holes.push(bindOrKeep(parts[i]));
  }
  return template(bareSite(holes.length), holes);
}

function bindOrKeep(part: unknown): Hole {
  if (isSql(part)) return part;
  if (Array.isArray(part)) return refuse(deny('sql/object-as-value', { type: 'list' }, listHint));
  const taken = takeValue(part);
  return taken.allow ? taken.value : refuse(taken);
}

const listHint = `If one value is expected, check its type where the request comes in. Write a list as a fragment with its type, such as sql\`\${list}::text[]\`.`;

/** `value && sql...` hands on a 0 or NaN that a client sent; no client can send a function. */
function notCondition(part: unknown): never {
  if (typeof part === 'function' || typeof part === 'symbol') {
    throw new Misuse('sql/invalid-part', `It is a ${typeof part}.`);
  }
  const code = typeof part === 'object' ? 'sql/object-as-value' : 'sql/invalid-value';
  return refuse(deny(code, { type: `${typeof part} as a condition` }, conditionHint));
}

const conditionHint =
  'Compare with `undefined`: `max !== undefined && sql...`. A 0 can be a value or a missing one.';

function combine(word: 'and' | 'or', parts: readonly unknown[]): Sql {
  const conditions = parts.filter((part): part is Sql => {
    if (isSql(part)) return true;
    if (part === undefined || part === null || part === false || part === '') return false;
    return notCondition(part);
  });
  if (conditions.length === 0) return staticFragment(word === 'and' ? 'true' : 'false');
  const site = conditionSite(word, conditions.length);
  return template(site, conditions);
}
