import { Misuse } from '../../refusal/misuse.ts';
import { type PostgresClientValue, toPostgresClientValues } from '../client/postgres-client-values.ts';
import { toSqliteClientValues } from '../client/sqlite-client-values.ts';
import { unknownClient } from '../client/unknown-client.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import type { Sql } from '../query.ts';
import { render } from '../render/render.ts';
import type { SqliteValue } from '../sqlite/sqlite-values.ts';

/** The part of a TypeORM `DataSource` that is needed here. */
export interface TypeormDataSource {
  readonly options: { readonly type: string };
}

/** The arguments of TypeORM's `query`. */
export type TypeormArguments = [text: string, parameters: (PostgresClientValue | SqliteValue)[]];

/**
 * Converts a statement of the `sql` tag for TypeORM's `query`, of a data source, an entity manager or a
 * query runner. On PostgreSQL, and on SQLite with better-sqlite3, TypeORM sends the text unchanged and the values
 * separately.
 *
 * A list is one value on PostgreSQL. Dates are local time with its offset there, as pg writes them; on SQLite they are the
 * text that TypeORM stores, `2026-07-01 12:34:56.789` in UTC.
 *
 * Throws a `Misuse`: `sql/values-in-text` on MySQL, `sql/unknown-client` on other databases.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { forTypeorm } from 'bulwark/sql/typeorm';
 * import { DataSource } from 'typeorm';
 *
 * const source = await new DataSource({ type: 'postgres' }).initialize();
 * const query = sql`select id from users where email = ${'ann@example.com'}`;
 * await source.query(...forTypeorm(source, query)); // [{ id: 7 }]
 * await source.transaction((manager) => manager.query(...forTypeorm(source, query)));
 * ```
 */
export function forTypeorm(source: TypeormDataSource, query: Sql): TypeormArguments {
  const { type } = source.options;
  switch (type) {
    case 'postgres': {
      const { text, values } = render(query, postgres);
      return [text, toPostgresClientValues(values)];
    }
    case 'better-sqlite3': {
      const { text, values } = render(query, sqlite);
      return [text, toSqliteClientValues(values, storedDate)];
    }
    case 'mysql':
    case 'mariadb':
      throw new Misuse('sql/values-in-text');
    default:
      throw unknownClient(type);
  }
}

function storedDate(date: Date): string {
  return date.toISOString().replace('T', ' ').replace('Z', '');
}
