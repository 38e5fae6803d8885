import mysql, { type Connection } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { type Sql, sql } from '../../lib/sql/index.ts';
import { startMariadb } from '../machine/mariadb.ts';

/** A table `t` of a MariaDB, and a connection beside those that are tested. */
export interface Mysql2Table {
  readonly url: string;
  readonly admin: Connection;
  put(value: string): Sql;
  /** The values that are committed, in order, with a space between them. */
  stored(): Promise<string>;
}

/**
 * Starts a server with these options before the tests of the block, and empties the table before each one. Only hooks
 * and tests may read what it returns.
 */
export function useMysql2Table(options: readonly string[] = []): Mysql2Table {
  const server = {
    put: (value: string) => sql`insert into t values (${value})`,
    stored: async () => {
      const [rows] = await server.admin.query('select v from t order by v');
      return (rows as { v: string }[]).map(({ v }) => v).join(' ');
    },
  } as Mysql2Table;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const started = await startMariadb(options);
    const admin = await mysql.createConnection(started.url);
    await admin.query('create table t (v varchar(20))');
    Object.assign(server, { url: started.url, admin });
    stop = async () => {
      await admin.end();
      await started.stop();
    };
  });

  afterAll(() => stop());

  beforeEach(() => server.admin.query('delete from t'));

  return server;
}
