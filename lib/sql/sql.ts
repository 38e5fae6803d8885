import { atCallSite } from '../internal/at-call-site.ts';
import { refuse } from '../internal/refuse.ts';
import type { HoleOf } from './fragment/hole-of.ts';
import { identifier } from './fragment/identifier.ts';
import { inList, notInList } from './fragment/in.ts';
import { json } from './fragment/json.ts';
import { jsonPath } from './fragment/json-path.ts';
import { deniedList } from './fragment/list-value.ts';
import { and, join, or } from './fragment/logic.ts';
import { keyset } from './order/keyset.ts';
import { orderBy } from './order/order-by.ts';
import { contentOf, type Hole, isSql, namedHoles, type Sql, template } from './query.ts';
import { values } from './table/insert-values.ts';
import { set } from './table/set.ts';
import { as, table } from './table/table.ts';
import { upsert } from './table/upsert.ts';
import { misplacedHole, misplacedValue } from './template/misplaced-value.ts';
import { siteOf } from './template/sql-site.ts';
import { type BoundValue, type SqlValue, takeValue } from './value/sql-value.ts';

export interface SqlTag {
  <const V extends readonly unknown[]>(
    strings: TemplateStringsArray,
    ...values: { readonly [I in keyof V]: SqlValue | Sql | HoleOf<V[I]> }
  ): Sql;
  readonly identifier: typeof identifier;
  readonly orderBy: typeof orderBy;
  readonly json: typeof json;
  readonly jsonPath: typeof jsonPath;
  readonly keyset: typeof keyset;
  readonly and: typeof and;
  readonly or: typeof or;
  readonly join: typeof join;
  readonly in: typeof inList;
  readonly notIn: typeof notInList;
  readonly table: typeof table;
  readonly as: typeof as;
  readonly values: typeof values;
  readonly set: typeof set;
  readonly upsert: typeof upsert;
}

function tag(strings: TemplateStringsArray, ...given: readonly unknown[]): Sql {
  try {
    return bind(strings, given);
  } catch (error) {
    throw atCallSite(error, tag);
  }
}

function bind(strings: TemplateStringsArray, given: readonly unknown[]): Sql {
  const site = siteOf(strings, given.length);
  let fragments = 0;
  const holes = given.map((value, i): Hole => {
    // A list is never a fragment, and that check is quicker.
    if (typeof value === 'object' && !Array.isArray(value) && isSql(value)) {
      fragments |= 1 << i;
      if (site.first.beforeEscape.includes(i) && contentOf(value).kind === 'pattern') {
        throw misplacedHole(site.source, i, 'sql/ambiguous-text', escapeHint);
      }
      return value;
    }
    const place = site.first.places[i];
    if (place !== undefined && place !== 'value') {
      throw misplacedValue(site.source, i, place);
    }
    const taken = takeValue(value);
    const denied = taken.allow
      ? Array.isArray(taken.value) && deniedList(taken.value, site.first.lists[i], given)
      : taken;
    if (!denied) return (taken as { readonly value: BoundValue }).value;
    return refuse({ ...denied, detail: { ...denied.detail, hole: i + 1, statement: site.shown } });
  });
  return given.length <= namedHoles ? template(site, holes, fragments) : template(site, holes);
}

/**
 * Writes an SQL statement, or a fragment of one. Every value becomes a parameter that the server receives separately from the
 * text, so no value can change what the statement does. Another `Sql` is inserted as a fragment. A list is one parameter, and is
 * allowed only where PostgreSQL expects an array: `= any(${list})`, `${list}::text[]`.
 *
 * It throws a `Misuse` at the first use of a template in which a placeholder would not work as one: inside quotes, comments
 * or names, or next to a word. The message names the file and the line. It throws a `Refusal` for values that no column can hold,
 * and for objects and lists, which clients can send where a single value is expected.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { forPg } from 'bulwark/sql/pg';
 *
 * const name = "x' or '1'='1";
 * forPg(sql`select id from users where name = ${name}`);
 * // { text: 'select id from users where name = $1', values: ["x' or '1'='1"], queryMode: 'extended' }
 * ```
 */
export const sql: SqlTag = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.assign(tag, {
    in: inList,
    notIn: notInList,
    identifier,
    orderBy,
    json,
    jsonPath,
    keyset,
    and,
    or,
    join,
    table,
    as,
    values,
    set,
    upsert,
  }),
);

const escapeHint =
  '`contains`, `startsWith` and `endsWith` add their own `escape` clause where it is needed: remove yours.';
