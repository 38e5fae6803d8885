import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { type Database, sql } from '../index.ts';
import { database } from '../pg/index.ts';

const why = missing('postgres');

const columns = {
  id: { column: 'id', type: 'uuid' },
  float: { column: 'float', type: 'number' },
  day: { column: 'day', type: 'date' },
  local: { column: 'local', type: 'date' },
  instant: { column: 'instant', type: 'date' },
  small: { column: 'small', type: 'integer' },
  fixed: { column: 'fixed', type: 'string' },
  mood: { column: 'mood', type: 'string' },
  amount: { column: 'amount', type: 'decimal' },
} as const;

describe.skipIf(why)(`pages by PostgreSQL's own types${why ? `: ${why}` : ''}`, () => {
  let db: Database;
  let stop: () => unknown = () => undefined;

  beforeAll(async () => {
    const server = await startPostgres();
    // Zones with seconds in them before 1940, and dates that are not written as ISO 8601.
    const options = '-c TimeZone=Europe/Amsterdam -c DateStyle=SQL,DMY';
    const pool = new pg.Pool({ connectionString: server.url, max: 2, options });
    db = database(pool);
    stop = () => pool.end().then(server.stop);
    await db.execute(sql`create type mood as enum ('sad', 'ok', 'happy')`);
    await db.execute(
      sql`create table odd (id uuid primary key, float real not null, day date not null, local timestamp not null,
        instant timestamptz not null, small smallint not null, fixed char(5) not null, mood mood not null,
        amount numeric not null)`,
    );
    await db.execute(
      sql`insert into odd select cast(md5(cast(n as text)) as uuid), (n % 17) / 7.0, date '1890-01-01' + n * 150,
        timestamp '2020-01-01' + n % 40 * interval '1 microsecond',
        case n when 7 then 'infinity' else timestamptz '1890-01-01' + n * interval '100 days 1.000001 seconds' end,
        n % 5, substr(md5(cast(n as text)), 1, n % 4), (array['sad', 'ok', 'happy'])[1 + n % 3]::mood,
        case n % 9 when 0 then 'NaN' else n % 11 / 3.0 end
        from generate_series(1, 300) as n`,
    );
  });

  afterAll(() => stop());

  it.each(['float', '-day', 'local', '-instant', 'small,-fixed', '-mood', 'amount', '-amount,float', '-id'])(
    'put together are the whole list: %s',
    async (sort) => {
      const ids: unknown[] = [];
      let after: string | undefined;
      for (let i = 0; i < 100; i++) {
        const page = sql.keyset(columns, { sort, unique: 'id', size: 7, after });
        const { rows, next } = page.take(
          await db.all<{ id: string; page_key: string }>(
            sql`select id, ${page.key} from odd where ${page.where} ${page.orderBy} ${page.limit}`,
          ),
        );
        ids.push(...rows.map(({ id }) => id));
        if (next === undefined) break;
        after = next;
      }
      const { orderBy } = sql.keyset(columns, { sort, unique: 'id', size: 7 });
      const all = await db.all<{ id: string }>(sql`select id from odd ${orderBy}`);
      expect(ids).toEqual(all.map(({ id }) => id));
    },
  );

  it('are read from an index', async () => {
    await db.execute(sql`create table long (id bigint primary key, amount bigint not null)`);
    await db.execute(sql`insert into long select n, n / 3 from generate_series(1, 50000) as n`);
    await db.execute(sql`create index on long (amount desc, id)`);
    await db.execute(sql`analyze long`);
    const whole = {
      id: { column: 'id', type: 'integer' },
      amount: { column: 'amount', type: 'integer' },
    } as const;
    const after = Buffer.from('["-amount,id","5","7"]').toString('base64url');
    const page = sql.keyset(whole, { sort: '-amount', unique: 'id', size: 20, after });
    const plan = await db.all<object>(
      sql`explain select id, ${page.key} from long where ${page.where} ${page.orderBy} ${page.limit}`,
    );
    const text = plan.flatMap((row) => Object.values(row)).join('\n');
    expect(text).toMatch(/Index Cond: \(amount <= '?5/);
    expect(text).not.toMatch(/Sort/);
  });
});
