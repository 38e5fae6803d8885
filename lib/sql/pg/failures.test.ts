import { inspect } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { type Database, DatabaseError, driverErrorOf, type FailureKind, sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('postgres');
const secret = 's3cret-value';

describe.skipIf(noServer)(`failures of pg${noServer ? `: ${noServer}` : ''}`, () => {
  let url = '';
  let pool: pg.Pool;
  let admin: pg.Client;
  let db: Database;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const server = await startPostgres();
    url = server.url;
    pool = new pg.Pool({ connectionString: url, max: 4 });
    admin = new pg.Client(url);
    await admin.connect();
    await admin.query(`
      create extension btree_gist;
      create table parent (id text primary key);
      create table child (
        id text unique, parent text references parent, must text not null, few text check (length(few) < 5) default '',
        during int4range, exclude using gist (during with &&)
      );
      insert into parent values ('p');
      insert into child values ('${secret}', 'p', 'x', 'a', '[1,5)');
      create table closed (id text);
      create function stops(text) returns void language plpgsql
        as 'begin raise exception using message = $1, detail = $1, hint = $1; end';
      create role guest login password 'guest'`);
    db = database(pool);
    stop = async () => {
      await Promise.all([pool.end(), admin.end()]);
      await server.stop();
    };
  });

  afterAll(() => stop());

  /** Whatever is read of the error, the value is not in it. */
  function expectSilent(error: unknown): void {
    expect(error).toBeInstanceOf(DatabaseError);
    const { message, stack } = error as DatabaseError;
    const all = [
      ...[
        message,
        stack,
        String(error),
        JSON.stringify(error),
        JSON.stringify((error as DatabaseError).toProblem()),
      ],
      ...[
        inspect(error, { showHidden: true, depth: 20, getters: true }),
        JSON.stringify(structuredClone(error)),
      ],
    ];
    for (const text of all) expect(text).not.toContain(secret);
    expect(driverErrorOf(error as DatabaseError)).toBeInstanceOf(Error);
  }

  const caught = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );
  const child = (id: string, parent: string | null, must: string | null, few = '', during = '[7,8)') =>
    db.execute(
      sql`insert into child (id, parent, must, few, during) values (${id}, ${parent}, ${must}, ${few}, ${during}::int4range)`,
    );

  const kinds: [FailureKind, string, object, () => Promise<unknown>][] = [
    [
      'unique',
      '23505',
      { constraint: 'child_id_key', table: 'child', status: 409 },
      () => child(secret, 'p', ''),
    ],
    ['foreign-key', '23503', { constraint: 'child_parent_fkey', status: 409 }, () => child('a', secret, '')],
    ['foreign-key', '23503', { table: 'child' }, () => db.execute(sql`delete from parent where id = ${'p'}`)],
    ['not-null', '23502', { column: 'must', status: 400 }, () => child(secret, 'p', null)],
    ['check', '23514', { constraint: 'child_few_check', status: 400 }, () => child('b', 'p', '', secret)],
    [
      'exclusion',
      '23P01',
      { constraint: 'child_during_excl', status: 409 },
      () => child('c', 'p', '', '', '[2,3)'),
    ],
    ['data', '22P02', { status: 400 }, () => db.execute(sql`select ${secret}::integer`)],
    ['data', '22012', {}, () => db.execute(sql`select length(${secret}) / 0`)],
    [
      'data',
      '22001',
      {},
      () =>
        db.execute(sql`select ${secret}::text into temp short where false`).then(() =>
          db.transaction(async (tx) => {
            await tx.execute(sql`create temp table narrow (a varchar(3)) on commit drop`);
            await tx.execute(sql`insert into narrow values (${secret})`);
          }),
        ),
    ],
    ['schema', '42P01', { status: 500 }, () => db.execute(sql`select ${secret} from nowhere`)],
    ['schema', '42703', {}, () => db.execute(sql`select missing from child where id = ${secret}`)],
    ['schema', '42601', {}, () => db.execute(sql`selec ${secret}`)],
    [
      'schema',
      '42P18',
      { hint: expect.stringContaining('::text') },
      () => db.execute(sql`select ${secret} is null`),
    ],
    ['other', 'P0001', { status: 500 }, () => db.execute(sql`select stops(${secret})`)],
    [
      'read-only',
      '25006',
      {},
      () =>
        db.transaction((tx) => tx.execute(sql`delete from child where id = ${secret}`), { readOnly: true }),
    ],
    [
      'lock-timeout',
      '55P03',
      { status: 503 },
      () =>
        db.transaction(async (tx) => {
          await tx.execute(sql`lock table closed`);
          await db.transaction((other) => other.execute(sql`lock table closed nowait`));
        }),
    ],
    [
      'cancelled',
      '57014',
      {},
      () =>
        db.transaction(async (tx) => {
          await tx.execute(sql`set local statement_timeout = 50`);
          await tx.execute(sql`select ${secret}::text, pg_sleep(30)`);
        }),
    ],
    [
      'timeout',
      '25P03',
      {},
      () =>
        db.transaction(async (tx) => {
          await tx.execute(sql`set local idle_in_transaction_session_timeout = 50`);
          await new Promise((resolve) => setTimeout(resolve, 400));
          await tx.execute(sql`select ${secret}::text`);
        }),
    ],
    [
      'connection',
      '57P01',
      { status: 503 },
      () => db.execute(sql`select ${secret}::text, pg_terminate_backend(pg_backend_pid())`),
    ],
  ];

  it.each(kinds)('%s (%s)', async (kind, databaseCode, names, fail) => {
    const error = await caught(fail());
    expect(error).toMatchObject({ kind, databaseCode, ...names });
    expectSilent(error);
    expect(await db.one(sql`select 1 as one`)).toEqual({ one: 1 });
  });

  it('names the template, and each value as a hole', async () => {
    const error = await caught(db.execute(sql`select ${secret}::integer`));
    expect(error).toMatchObject({ statement: `select \${...}::integer` });
    expect((error as DatabaseError).message).toContain('code 22P02');
  });

  it('tells clients of conflicts, and nothing of the rest', async () => {
    const unique = (await caught(child(secret, 'p', ''))) as DatabaseError;
    expect(unique.toProblem()).toEqual({ type: 'about:blank', title: expect.any(String), status: 409 });
    expect(unique.expose).toBe(true);
    const broken = (await caught(db.execute(sql`selec 1`))) as DatabaseError;
    expect(broken.toProblem()).toEqual({ ...unique.toProblem(), title: expect.any(String), status: 500 });
    expect(broken.expose).toBe(false);
  });

  /** A pool that cannot be used, and what it says. */
  async function failureOf(
    config: pg.PoolConfig,
    work?: (own: pg.Pool) => Promise<unknown>,
  ): Promise<unknown> {
    const own = new pg.Pool(config);
    const error = await caught(work ? work(own) : database(own).all(sql`select ${secret}::text`));
    expectSilent(error);
    expect(own.totalCount - own.idleCount).toBe(0);
    await own.end();
    return error;
  }

  it('tells roles what they may not do', async () => {
    const guest = new URL(url);
    [guest.username, guest.password] = ['guest', 'guest'];
    const denied = (own: pg.Pool) => database(own).execute(sql`select * from closed where id = ${secret}`);
    expect(await failureOf({ connectionString: guest.href }, denied)).toMatchObject({
      ...{ kind: 'permission', databaseCode: '42501', status: 500 },
    });
  });

  it.each([
    ['a wrong password', { password: secret }, { kind: 'login', databaseCode: '28P01' }],
    ['an unknown role', { user: 'nobody', password: secret }, { kind: 'login', databaseCode: '28P01' }],
    ['no password', { password: '' }, { kind: 'login' }],
    ['no such database', { database: 'nowhere' }, { kind: 'login', databaseCode: '3D000' }],
    ['no server', { port: 1 }, { kind: 'connection', databaseCode: 'ECONNREFUSED' }],
    ['no socket', { host: '/nowhere' }, { kind: 'connection', databaseCode: 'ENOENT' }],
    ['a server without TLS', { ssl: true }, { kind: 'connection', hint: 'The server does not support TLS.' }],
  ])('%s', async (_, change, told) => {
    const { hostname, port, username, password } = new URL(url);
    const config = { host: hostname, port: Number(port), user: username, password, database: 'postgres' };
    expect(await failureOf({ ...config, ...change })).toMatchObject({ status: 503, ...told });
    expect(await database(pool).all(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it('a pool that is full, or was ended', async () => {
    const full = await failureOf(
      { connectionString: url, max: 1, connectionTimeoutMillis: 50 },
      async (own) => {
        const held = await own.connect();
        const error = await caught(database(own).all(sql`select ${secret}::text`));
        held.release();
        throw error;
      },
    );
    expect(full).toMatchObject({
      kind: 'pool',
      hint: expect.stringContaining('All connections were in use'),
    });
    const ended = new pg.Pool({ connectionString: url });
    await ended.end();
    await expect(database(ended).all(sql`select 1`)).rejects.toMatchObject({ kind: 'pool' });
  });

  it('a client that was ended, and one that is not connected in time', async () => {
    const client = new pg.Client(url);
    await client.connect();
    const own = database(client);
    expect(await own.all(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    await client.end();
    await expect(own.all(sql`select 1`)).rejects.toMatchObject({ kind: 'connection' });
    await expect(own.transaction((tx) => tx.all(sql`select 1`))).rejects.toMatchObject({
      kind: 'connection',
    });
  });

  it('a server that has no connection left', async () => {
    const clients = Array.from({ length: 60 }, () => new pg.Client(url));
    const results = await Promise.allSettled(clients.map((client) => client.connect()));
    expect(results.some(({ status }) => status === 'rejected')).toBe(true);
    const error = await failureOf({ connectionString: url });
    expect(error).toMatchObject({ kind: 'pool', databaseCode: '53300' });
    await Promise.all(clients.map((client, i) => results[i]?.status === 'fulfilled' && client.end()));
  });

  it("pg's own query_timeout, after which the connection is not used again", async () => {
    const error = await failureOf({ connectionString: url, query_timeout: 50 }, (own) =>
      database(own).all(sql`select ${secret}::text, pg_sleep(1)`),
    );
    expect(error).toMatchObject({ kind: 'timeout', hint: expect.stringContaining('timeoutMs') });
  });
});
