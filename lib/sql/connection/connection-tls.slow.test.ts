import mysql from 'mysql2/promise';
import pg from 'pg';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTlsMariadb } from '../../../checks/db/tls-mariadb.ts';
import { startTlsPostgres } from '../../../checks/db/tls-postgres.ts';
import { makeCertificate } from '../../../checks/machine/certificate.ts';
import { startMariadb } from '../../../checks/machine/mariadb.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { configureEvents } from '../../event/index.ts';
import { type Database, sql } from '../index.ts';
import { database as onMysql2 } from '../mysql2/index.ts';
import { database as onPg } from '../pg/index.ts';
import { database as onPostgres } from '../postgres/index.ts';
import {
  type ConnectionOptions,
  connectionSettings,
  mysql2Options,
  pgOptions,
  postgresOptions,
} from './index.ts';

const reason = missing('postgres') ?? missing('mariadb');

describe.skipIf(reason)(`TLS to a database${reason ? `: ${reason}` : ''}`, () => {
  const stops: (() => unknown)[] = [];
  const urls: Record<string, string> = {};
  let otherCa: string;

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const [tlsPostgres, tlsMariadb, otherMariadb, plainPostgres, plainMariadb] = await Promise.all([
      startTlsPostgres(),
      startTlsMariadb(['[mariadbd]'], ['localhost']),
      startTlsMariadb(['[mariadbd]'], ['db.example.com']),
      startPostgres(),
      startMariadb(),
    ]);
    const other = makeCertificate(['127.0.0.1', 'localhost']);
    otherCa = other.file;
    urls['postgres'] = tlsPostgres.url;
    urls['mariadb'] = tlsMariadb.url.replace('@127.0.0.1:', '@localhost:');
    urls['other postgres'] = tlsPostgres.url.replace('@127.0.0.1:', '@localhost:');
    urls['other mariadb'] = otherMariadb.url.replace('@127.0.0.1:', '@localhost:');
    urls['plain postgres'] = plainPostgres.url;
    urls['plain mariadb'] = plainMariadb.url.replace('@127.0.0.1:', '@localhost:');
    stops.push(
      ...[tlsPostgres, tlsMariadb, otherMariadb, plainPostgres, plainMariadb].map(
        (server) => () => server.stop(),
      ),
      () => other.remove(),
    );
  });

  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  /** Runs with a client that is ended afterwards. */
  async function using<T>(
    driver: string,
    options: ConnectionOptions,
    work: (db: Database) => Promise<T>,
  ): Promise<T> {
    const settings = connectionSettings(options);
    if (driver === 'pg') {
      const pool = new pg.Pool({ ...pgOptions(settings), max: 2 });
      return work(onPg(pool)).finally(() => pool.end());
    }
    if (driver === 'postgres.js') {
      const client = postgres({ ...postgresOptions(settings), max: 2 });
      return work(onPostgres(client)).finally(() => client.end({ timeout: 1 }));
    }
    const pool = mysql.createPool({ ...mysql2Options(settings), connectionLimit: 2 });
    return work(onMysql2(pool)).finally(() => pool.end());
  }

  const drivers = [
    ['pg', 'postgres', sql`select ssl as tls from pg_stat_ssl where pid = pg_backend_pid()`],
    ['postgres.js', 'postgres', sql`select ssl as tls from pg_stat_ssl where pid = pg_backend_pid()`],
    [
      'mysql2',
      'mariadb',
      sql`select variable_value <> '' as tls from information_schema.session_status where variable_name = 'Ssl_cipher'`,
    ],
  ] as const;

  it.each(drivers)('is there and verified with %s', async (driver, server, ask) => {
    const url = urls[server] as string;
    const { tls } = await using(driver, { url }, (db) => db.one<{ tls: unknown }>(ask));
    expect(Boolean(tls)).toBe(true);
  });

  it.each(drivers)('with a certificate of another CA is no connection with %s', async (driver, server) => {
    const bare = (urls[server] as string).replace(/\?.*/, '');
    for (const options of [{ url: bare }, { url: bare, caFile: otherCa }]) {
      await expect(using(driver, options, (db) => db.one(sql`select 1 as one`))).rejects.toMatchObject({
        kind: 'connection',
        databaseCode: driver === 'mysql2' ? 'HANDSHAKE_SSL_ERROR' : 'DEPTH_ZERO_SELF_SIGNED_CERT',
      });
    }
  });

  it.each(drivers)('with a certificate of another name is no connection with %s', async (driver, server) => {
    const url = urls[`other ${server}`] as string;
    await expect(using(driver, { url }, (db) => db.one(sql`select 1 as one`))).rejects.toMatchObject({
      databaseCode: driver === 'mysql2' ? 'HANDSHAKE_SSL_ERROR' : 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  it.each(drivers)('to a server without it is no connection with %s', async (driver, server) => {
    const url = urls[`plain ${server}`] as string;
    await expect(using(driver, { url }, (db) => db.one(sql`select 1 as one`))).rejects.toMatchObject({
      kind: 'connection',
    });
    const plain = await using(driver, { url: `${url}?sslmode=disable` }, (db) =>
      db.one(sql`select 1 as one`),
    );
    expect(plain).toEqual({ one: 1 });
  });

  it('lets a statement of postgres.js be ended over it, and the connection live', async () => {
    await using('postgres.js', { url: urls['postgres'] as string }, async (db) => {
      for (let i = 0; i < 3; i++) {
        await expect(db.all(sql`select pg_sleep(60)`, { timeoutMs: 300 })).rejects.toMatchObject({
          kind: 'timeout',
        });
        expect(await db.all(sql`select 1 as one`, { timeoutMs: 5_000 })).toEqual([{ one: 1 }]);
      }
      expect(
        await db.all(
          sql`select 1 from pg_stat_activity where state = 'active' and query like '%pg_sleep(60%' and pid <> pg_backend_pid()`,
        ),
      ).toEqual([]);
    });
  });

  it.each(['pg', 'postgres.js'])('has the settings of the session with %s', async (driver) => {
    const options = { url: urls['postgres'] as string, readOnly: true, statementTimeoutMs: 200 };
    await using(driver, options, async (db) => {
      await expect(db.execute(sql`create table t (id integer)`)).rejects.toMatchObject({ kind: 'read-only' });
      await expect(db.all(sql`select pg_sleep(60)`)).rejects.toMatchObject({ databaseCode: '57014' });
    });
  });

  it('lets MariaDB ask for no file, and run no second statement', async () => {
    await using('mysql2', { url: urls['mariadb'] as string }, async (db) => {
      await db.execute(sql`create table t (line varchar(200))`);
      await expect(db.execute(sql`load data local infile '/etc/passwd' into table t`)).rejects.toThrow();
      expect(await db.all(sql`select * from t`)).toEqual([]);
    });
  });
});
