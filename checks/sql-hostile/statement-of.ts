import { isRefusal, Misuse } from '../../lib/refusal/index.ts';
import { postgres } from '../../lib/sql/dialect/postgres.ts';
import { sqlite } from '../../lib/sql/dialect/sqlite.ts';
import type { Sql } from '../../lib/sql/index.ts';
import { forMysql2 } from '../../lib/sql/mysql2/index.ts';
import { forPg } from '../../lib/sql/pg/index.ts';
import { forPostgres } from '../../lib/sql/postgres/index.ts';
import { render } from '../../lib/sql/render.ts';
import { toSqliteValues } from '../../lib/sql/sqlite-values.ts';

/** A statement as a driver is given it. */
export interface Written {
  readonly text: string;
  readonly values: readonly unknown[];
}

export type Renderer = 'the core' | 'pg' | 'postgres.js' | 'mysql2' | 'SQLite';

export const renderers: Readonly<Record<Renderer, (query: Sql) => Written>> = {
  'the core': (query) => render(query, postgres),
  pg: (query) => forPg(query),
  'postgres.js'(query) {
    const [text, values] = forPostgres({ typed: (value: unknown) => value }, query);
    return { text, values };
  },
  mysql2(query) {
    const { sql, values } = forMysql2(query);
    return { text: sql, values };
  },
  SQLite(query) {
    const { text, values } = render(query, sqlite);
    return { text, values: toSqliteValues(values) };
  },
};

/** The statement, or the code of the error that refused it. Any other error is thrown. */
export function attempt<T>(write: () => T): T | string {
  try {
    return write();
  } catch (error) {
    if (isRefusal(error) || error instanceof Misuse) return error.code;
    throw error;
  }
}
