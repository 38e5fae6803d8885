import { inspect } from 'node:util';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { usePostgresJs } from '../../../checks/sql-drivers/use-postgres-js.ts';
import { DatabaseError, driverErrorOf, type Sql, sql } from '../index.ts';
import { database as onPg } from '../pg/index.ts';
import { database, forPostgres } from './index.ts';
import { send } from './send.ts';

const noServer = missing('postgres');

describe.skipIf(noServer)(`postgres.js${noServer ? `: ${noServer}` : ''}`, () => {
  const server = usePostgresJs();

  it('refuses a second statement on the server, even without values, as postgres.js alone does not', async () => {
    const stacked = 'select 1 as a; select 2 as b';
    await expect(server.client.unsafe(stacked, [])).resolves.toHaveLength(2);
    // What forPostgres makes, with a text that the tag would not have taken.
    const [, values, options] = forPostgres(server.client, sql`select 1`);
    await expect(server.client.unsafe(stacked, values, options)).rejects.toMatchObject({ code: '42601' });
    for (const prepare of [true, false]) {
      for (const text of [stacked, 'select 1; delete from fruit', 'begin; delete from fruit; commit']) {
        await expect(send(server.client, { text, values: [], prepare })).rejects.toMatchObject({
          code: '42601',
        });
      }
    }
    expect(await server.db.one(sql`select count(*)::int as n from fruit`)).toEqual({ n: 2 });
  });

  it('gives statements to code that calls unsafe itself', async () => {
    const query = sql`select name, ${true} as ripe, ${sql.json({ a: 1 })}::jsonb as doc from fruit where id = ${1}`;
    const rows = await server.client.unsafe(...forPostgres(server.client, query));
    expect([...rows]).toEqual([{ name: 'apple', ripe: 'true', doc: { a: 1 } }]);
    const batches: unknown[] = [];
    for await (const batch of server.client
      .unsafe(...forPostgres(server.client, sql`select id from fruit`))
      .cursor(1)) {
      batches.push(...batch);
    }
    expect(batches).toHaveLength(2);
  });

  it('takes a client, and nothing else', () => {
    for (const other of [undefined, null, {}, 'postgres://', server.pool]) {
      expect(() => database(other as never)).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    }
    expect(() => database(server.client, { prepare: 'sometimes' as never })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it.each(['auto', 'never'] as const)('gives rows and counts, prepare: %s', async (prepare) => {
    const on = database(server.client, { prepare });
    for (let i = 0; i < 3; i++) {
      expect(await on.all(sql`select id from fruit order by id`)).toEqual([{ id: 1 }, { id: 2 }]);
      expect(await on.one(sql`select name from fruit where id = ${1}`)).toEqual({ name: 'apple' });
      expect(await on.maybe(sql`select name from fruit where id = ${9}`)).toBeUndefined();
      expect(await on.execute(sql`update fruit set price = ${1.5}`)).toBe(2);
      expect(await on.execute(sql`update fruit set price = ${2} where id = ${1} returning id`)).toBe(1);
      expect(await on.execute(sql`select * from fruit`)).toBe(2);
      expect(await on.execute(sql`set statement_timeout = 0`)).toBe(0);
    }
  });

  it('shows the place of a mistake in a statement, and nothing of its values', async () => {
    for (const query of [sql`select nmae from fruit where name = ${'s3cret'}`, sql`select nmae from fruit`]) {
      await expect(server.db.all(query)).rejects.toMatchObject({
        kind: 'schema',
        message: expect.stringMatching(
          /column "nmae" does not exist\.[\s\S]*Line 1, column 8:\n\n {2}select nmae/,
        ),
      });
      await expect(server.db.all(query)).rejects.not.toMatchObject({
        message: expect.stringContaining('s3cret'),
      });
    }
    await expect(server.db.all(sql`select ${'s3cret'}::regclass`)).rejects.not.toMatchObject({
      message: expect.stringContaining('s3cret'),
    });
  });

  it('keeps rows alone of an answer, without the key of the connection', async () => {
    const rows = await server.db.all(sql`select 1 as one`);
    expect(Object.getPrototypeOf(rows)).toBe(Array.prototype);
    expect(Reflect.ownKeys(rows)).toEqual(['0', 'length']);
  });

  it('stores the same as pg does, whatever the kind of value', async () => {
    const statement = (): Sql => {
      const [bytes, date] = [new Uint8Array([0, 39, 92, 255]), new Date(1_700_000_000_123)];
      return sql`select ${"it's"}::text as text, ${'true'}::boolean as spoken, ${false}::boolean as no, ${1}::boolean as one,
        ${2 ** 53 - 1}::bigint as big, ${-0}::float8 as zero, ${1e300}::float8 as huge, ${2n ** 80n}::numeric as bigger,
        ${5e-324}::float8::text as tiny, ${2_147_483_648}::bigint as beyond, ${null}::text as nothing,
        ${date}::timestamptz::text as instant, ${date}::timestamp::text as clock, ${date}::date::text as day,
        ${new Date('0001-01-01T00:00:00Z')}::timestamptz::text as first, ${new Date(-1e14)}::timestamptz::text as bc,
        ${new Date(8.64e15)}::timestamptz::text as last,
        ${bytes}::bytea as bytes, ${sql.json({ a: [1, "'", null] })}::jsonb as doc, ${sql.json('x')}::json as string,
        to_jsonb(${['a,b', '"', '\\', 'NULL', '{}', '', null]}::text[]) as texts, to_jsonb(${[1, null, 2 ** 40]}::bigint[]) as numbers,
        to_jsonb(${[true, null, false]}::boolean[]) as flags, to_jsonb(${[date, null]}::timestamptz[]) as dates,
        to_jsonb(${[bytes, null]}::bytea[]) as lists, to_jsonb(${[10n ** 30n]}::numeric[]) as bigs, to_jsonb(${[]}::int[]) as none`;
    };
    const expected = await onPg(server.pool).one(statement());
    expect(expected).toMatchObject({ spoken: true, one: true, texts: expect.arrayContaining([null]) });
    for (const prepare of ['auto', 'never'] as const) {
      const on = database(server.client, { prepare });
      expect(await on.one(statement())).toEqual(expected);
      expect(await on.one(statement())).toEqual(expected);
    }
  });

  it('reads columns as pg does, but for days', async () => {
    const query = sql`select 1::int2 as a, 1::int8 as b, 1.50::numeric as c, true as d, now()::timestamptz(0) as e,
      '{"a":1}'::json as f, '\\x00ff'::bytea as g, 'x'::text as h, array[1, -2] as i, array['a','b'] as j, null as k,
      timestamp '2023-11-14 22:13:20' as l`;
    const strip = ({ e, ...row }: Record<string, unknown>) => row;
    expect(strip(await server.db.one(query))).toEqual(strip(await onPg(server.pool).one(query)));
    // As postgres.js reads them.
    const odd = sql`select date '2023-11-14' as day`;
    expect(await server.db.one(odd)).toEqual({ day: new Date('2023-11-14T00:00:00Z') });
  });

  it('keeps values as they are when a prepared statement is prepared anew', async () => {
    const one = postgres(server.url, { max: 1 });
    const on = database(one);
    await on.execute(sql`create table altered (ripe boolean, bytes bytea, doc jsonb)`);
    const write = () =>
      on.one(
        sql`insert into altered (ripe, bytes, doc) values (${true}, ${new Uint8Array([1, 2])}, ${sql.json({ a: 1 })}) returning *`,
      );
    const row = { ripe: true, bytes: Buffer.from([1, 2]), doc: { a: 1 } };
    expect(await write()).toEqual(row);
    await server.db.execute(sql`alter table altered add column more integer`);
    expect(await write()).toEqual({ ...row, more: null });
    await one.end();
  });

  it('throws errors of the database without their values', async () => {
    const error: unknown = await server.db
      .all(sql`select ${'s3cret'}::integer`)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error).toMatchObject({
      ...{ kind: 'data', databaseCode: '22P02', status: 400, statement: `select \${...}::integer` },
    });
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('s3cret');
    expect(driverErrorOf(error as DatabaseError)).toBeInstanceOf(postgres.PostgresError);
    await expect(server.db.execute(sql`insert into counter values (${1}, ${0})`)).rejects.toMatchObject({
      ...{ kind: 'unique', constraint: 'counter_pkey', table: 'counter', schema: 'public' },
    });
    await expect(server.db.execute(sql`insert into counter (id) values (${7})`)).rejects.toMatchObject({
      ...{ kind: 'not-null', column: 'n' },
    });
    await expect(server.db.all(sql`select nope from fruit`)).rejects.toMatchObject({ kind: 'schema' });
  });

  it('explains what postgres.js says itself', async () => {
    const refused = postgres('postgres://127.0.0.1:1/x', { connect_timeout: 2 });
    await expect(database(refused).all(sql`select 1`)).rejects.toMatchObject({
      ...{ kind: 'connection', databaseCode: 'ECONNREFUSED' },
    });
    await expect(database(refused).transaction((tx) => tx.all(sql`select 1`))).rejects.toMatchObject({
      ...{ kind: 'connection', databaseCode: 'ECONNREFUSED' },
    });
    await refused.end({ timeout: 0 });
    const ended = postgres(server.url);
    await ended.end();
    await expect(database(ended).all(sql`select 1`)).rejects.toMatchObject({
      ...{ kind: 'pool', databaseCode: 'CONNECTION_ENDED' },
    });
    const wrong = postgres(server.url, { password: 'wrong' });
    await expect(database(wrong).all(sql`select 1`)).rejects.toMatchObject({ kind: 'login' });
    await wrong.end({ timeout: 0 });
    const many = new Array<number>(65_535).fill(1);
    await expect(server.db.all(sql`select 1 where 1 in (${sql.join(many)})`)).rejects.toMatchObject({
      databaseCode: 'MAX_PARAMETERS_EXCEEDED',
    });
  });

  it('gives no answer to a copy, and goes on', async () => {
    const one = postgres(server.url, { max: 1 });
    const on = database(one);
    await expect(on.execute(sql`copy fruit to stdout`)).rejects.toMatchObject({ kind: 'other' });
    expect(await on.one(sql`select 1 as one`)).toEqual({ one: 1 });
    await expect(on.execute(sql`/* */ copy fruit to stdout`)).rejects.toMatchObject({ kind: 'other' });
    await expect(on.execute(sql`copy fruit from stdin`)).rejects.toMatchObject({ kind: 'other' });
    expect(await on.one(sql`select count(*)::int as n from fruit`)).toEqual({ n: 2 });
    await one.end();
  });

  it.each([
    ['simple', true],
    ['prepare', true],
    ['onexecute', () => false],
    ['parameters', ['evil']],
    ['retried', new Error('evil')],
    ['onlyDescribe', true],
    ['cursorFn', () => undefined],
    ['cursorName', 'evil'],
    ['forEachFn', () => undefined],
    ['isRaw', true],
    ['raw', []],
    ['array', { 705: 16 }],
    ['type', 16],
    ['streaming', true],
    ['reserve', () => undefined],
    ['savepoint', () => undefined],
    ['signal', AbortSignal.abort()],
    ['values', ['evil']],
  ])('gives the same answer with a polluted Object.prototype.%s', async (name, value) => {
    const [bytes, date] = [new Uint8Array([0, 39]), new Date(1_700_000_000_000)];
    // One connection, open before: what opens another one then, Node itself does, which reads such options too.
    const client = postgres(server.url, { max: 1 });
    const on = database(client);
    const ask = () =>
      on.one(
        sql`select ${'a'}::text as text, ${['b', 'c']}::text[] as list, ${date}::timestamptz as date,
          ${bytes}::bytea as bytes, ${1}::integer as number, ${sql.json({ c: 1 })}::jsonb as json`,
      );
    const expected = {
      ...{ text: 'a', list: ['b', 'c'], date, bytes: Buffer.from(bytes), number: 1, json: { c: 1 } },
    };
    expect(await ask()).toEqual(expected);
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    try {
      expect(await ask()).toEqual(expected);
      expect(await on.all(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
      await client.end();
    }
  });

  it('runs nothing that the tag did not make, by a rejection', async () => {
    const code = 'sql/string-built-query';
    const others: unknown[] = [
      'select 1',
      { text: 'select 1' },
      undefined,
      server.client`select 1`,
      ['select 1'],
    ];
    for (const query of others) {
      await expect(server.db.all(query as Sql)).rejects.toMatchObject({ code });
      await expect(server.db.execute(query as Sql)).rejects.toMatchObject({ code });
    }
  });

  it("takes nothing of postgres.js' own, and nothing like it, as a value", () => {
    const others: unknown[] = [
      server.client.typed('x', 25),
      server.client('fruit'),
      server.client({ id: 1 }),
      server.client`select 1`,
      { raw: ['; drop table fruit'], length: 1 },
      { value: 'x', type: 25, array: false },
      Object.defineProperty({}, 'then', { value: (done: (x: string) => void) => done('x') }),
      Object.assign([server.client('fruit')], { raw: [''] }),
    ];
    for (const other of others) {
      expect(() => sql`select ${other as string}`).toThrow(
        expect.objectContaining({ code: 'sql/object-as-value' }),
      );
    }
    expect(() => sql`select ${'x'}`).not.toThrow();
  });
});
