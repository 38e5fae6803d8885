import { postgres } from '../dialect/postgres.ts';
import type { Sql } from '../query.ts';
import { render } from '../render/render.ts';
import type { BoundValue } from '../value/sql-value.ts';
import { parameterText } from './parameter-text.ts';

/** The arguments of postgres.js' `unsafe`. */
export type PostgresArguments<Parameter = unknown> = [
  text: string,
  values: Parameter[],
  options: {
    /**
     * Without it, postgres.js sends a statement without values over the simple protocol, in which one text may hold
     * several statements. In the extended protocol, the server itself refuses a second statement (42601).
     */
    readonly simple: false;
    readonly prepare: boolean;
  },
];

/** How postgres.js creates parameters. */
export interface PostgresTyped<Parameter> {
  typed(value: string | null, type: number): Parameter;
}

/** `unknown`: the server finds the type out, and postgres.js converts nothing. */
const unknownType = 705;

/**
 * Converts a statement of the `sql` tag for postgres.js' `unsafe`, for code that calls it itself. Despite its name, the values are
 * server-side parameters.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { forPostgres } from 'bulwark/sql/postgres';
 * import postgres from 'postgres';
 *
 * const client = postgres();
 * const query = sql`select id from users where email = ${'ann@example.com'}`;
 * await client.unsafe(...forPostgres(client, query)); // [{ id: 7 }]
 * ```
 */
export function forPostgres<Parameter>(
  client: PostgresTyped<Parameter>,
  query: Sql,
): PostgresArguments<Parameter> {
  const { text, values } = render(query, postgres);
  return postgresArguments(client, text, values, false);
}

export function postgresArguments<Parameter>(
  client: PostgresTyped<Parameter>,
  text: string,
  values: readonly BoundValue[],
  prepare: boolean,
  onexecute?: (connection: never) => boolean,
): PostgresArguments<Parameter> {
  const parameters = values.map((value) => client.typed(parameterText(value), unknownType));
  // `onexecute` is read from the options too, and with it whoever polluted the prototype would have the connection.
  const options = { simple: false as const, prepare, onexecute };
  madeByTag.add(options);
  return [text, parameters, options];
}

/** The options of statements that the tag made, by which a guard knows them. */
export const madeByTag: WeakSet<object> = new WeakSet();
