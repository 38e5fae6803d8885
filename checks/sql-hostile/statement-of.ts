import { isRefusal, Misuse } from '../../lib/refusal/index.ts';
import { postgres } from '../../lib/sql/dialect/postgres.ts';
import { sqlite } from '../../lib/sql/dialect/sqlite.ts';
import type { Sql } from '../../lib/sql/index.ts';
import { forKnex } from '../../lib/sql/knex/index.ts';
import { forMysql2 } from '../../lib/sql/mysql2/index.ts';
import { forPg } from '../../lib/sql/pg/index.ts';
import { forPostgres } from '../../lib/sql/postgres/index.ts';
import { forPrisma } from '../../lib/sql/prisma/index.ts';
import { render } from '../../lib/sql/render/render.ts';
import { forSequelize } from '../../lib/sql/sequelize/index.ts';
import { toSqliteValues } from '../../lib/sql/sqlite/sqlite-values.ts';
import { forTypeorm } from '../../lib/sql/typeorm/index.ts';

/** A statement as a driver is given it. */
export interface Written {
  readonly text: string;
  readonly values: readonly unknown[];
}

export type Renderer =
  | 'the core'
  | 'pg'
  | 'postgres.js'
  | 'mysql2'
  | 'SQLite'
  | 'Knex'
  | `${'TypeORM' | 'Prisma'} on ${'PostgreSQL' | 'SQLite'}`
  | `Sequelize on ${'PostgreSQL' | 'MySQL' | 'SQLite'}`;

/** Whether it takes a list as one value. */
export function takesLists(renderer: Renderer): boolean {
  return !/mysql|sqlite/i.test(renderer);
}

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
  Knex: (query) => pair(forKnex({ client: { dialect: 'postgresql' }, raw: (text) => text }, query)),
  'TypeORM on PostgreSQL': (query) => pair(forTypeorm({ options: { type: 'postgres' } }, query)),
  'TypeORM on SQLite': (query) => pair(forTypeorm({ options: { type: 'better-sqlite3' } }, query)),
  'Prisma on PostgreSQL': (query) => forPrisma({ _activeProvider: 'postgresql' }, query),
  'Prisma on SQLite': (query) => forPrisma({ _activeProvider: 'sqlite' }, query),
  'Sequelize on PostgreSQL': (query) => bound('postgres', query),
  'Sequelize on MySQL': (query) => bound('mysql', query),
  'Sequelize on SQLite': (query) => bound('sqlite', query),
};

function pair([text, values]: readonly [string, readonly unknown[]]): Written {
  return { text, values };
}

function bound(dialect: string, query: Sql): Written {
  const [text, { bind }] = forSequelize({ getDialect: () => dialect }, query);
  return { text, values: bind };
}

/** The statement, or the code of the error that refused it. Any other error is thrown. */
export function attempt<T>(write: () => T): T | string {
  try {
    return write();
  } catch (error) {
    if (isRefusal(error) || error instanceof Misuse) return error.code;
    throw error;
  }
}
