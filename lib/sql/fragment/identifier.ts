import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { fragment, type Sql } from '../query.ts';
import { parseName } from './name.ts';

/** The allowed names: a list, or a record that maps clients' names to the database's. */
export type AllowedNames = readonly string[] | Readonly<Record<string, string>>;

/**
 * Inserts the name of a table or column that a client chose from a developer's list. It is quoted, so upper-case
 * letters and reserved words work. A dot separates schema, table and column.
 *
 * Throws the Refusal `sql/unknown-identifier` for any other name.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * declare const table: string;
 * sql`select count(*) from ${sql.identifier(table, ['users', 'shop.orders'])}`;
 * // 'shop.orders': select count(*) from "shop"."orders"
 * // 'pg_shadow': Refusal sql/unknown-identifier
 * ```
 */
export function identifier(name: unknown, allowed: AllowedNames): Sql {
  const found = find(name, allowed);
  if (found !== undefined) return fragment({ kind: 'name', path: parseName(found) });
  return refuse(
    deny('sql/unknown-identifier', {
      name: typeof name === 'string' ? name.slice(0, 256) : `(${typeof name})`,
    }),
  );
}

function find(name: unknown, allowed: AllowedNames): string | undefined {
  if (typeof name !== 'string') return undefined;
  if (isList(allowed)) return allowed.find((candidate) => candidate === name);
  // Only the record's own keys: `constructor` and `__proto__` are not names that a developer allowed.
  return Object.hasOwn(allowed, name) ? allowed[name] : undefined;
}

function isList(allowed: AllowedNames): allowed is readonly string[] {
  return Array.isArray(allowed);
}
