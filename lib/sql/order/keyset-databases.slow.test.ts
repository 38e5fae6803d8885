import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../../checks/machine/databases.ts';
import { configureEvents } from '../../event/index.ts';
import { type Database, type KeysetColumn, sql } from '../index.ts';

interface Row {
  readonly id: number;
  readonly price: string | null;
  readonly score: number;
  readonly name: string;
  readonly born: string | null;
  readonly flag: boolean;
  readonly big: bigint;
}

const p = sql.table('pages', {
  id: 'integer',
  price: 'decimal | null',
  score: 'number',
  name: 'string',
  born: 'date | null',
  flag: 'boolean',
  big: 'integer',
});

/** Numbers from 0 to 1, the same in each run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const prices = [null, '0', '0.1', '0.3', '-7.25', '123456789012.3456', '123456789012.3457', '9', '10'];
const scores = [0, 0.1, 0.2, 0.1 + 0.2, 1 / 3, -1e300, 1e300, 5e-300, 1e21, 123456789.12345679, -0.5];
const names = [
  '',
  'a',
  'A',
  "a'b",
  'a"b',
  '%',
  '\\',
  '$1',
  '?',
  'z ',
  'b',
  '\u00e9',
  '\u{1f600}',
  '1',
  '10',
  '9',
];
const born = [
  null,
  '2024-02-29 12:00:00.123456',
  '2024-02-29 12:00:00.123457',
  '2024-02-29 12:00:00',
  '1999-01-01 00:00:00',
];
const bigs = [0n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 53n + 2n, 2n ** 63n - 1n, -(2n ** 63n), 7n];

function rowsOf(random: () => number, from: number, count: number): Row[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, (_, i) => ({
    id: from + i,
    price: pick(prices),
    score: random() < 0.7 ? pick(scores) : random() * 10 ** Math.floor(random() * 40 - 20),
    name: pick(names),
    born: pick(born),
    flag: random() < 0.5,
    big: pick(bigs),
  }));
}

const names7 = ['id', 'price', 'score', 'name', 'born', 'flag', 'big'] as const;

describe.each(databaseKinds)('pages on $title', ({ why, open, types }) => {
  describe.skipIf(why)(`with a database of it${why ? `: ${why}` : ''}`, () => {
    let db: Database;
    let stop: () => unknown = () => undefined;

    beforeAll(async () => {
      configureEvents({ sinks: [] });
      ({ db, stop } = await open());
      await db.execute(
        sql`create table pages (id integer not null primary key, price decimal(20, 4), score ${types.double} not null,
          name varchar(100) not null, born ${types.instant}, flag boolean not null, big bigint not null)`,
      );
    });

    afterAll(() => stop());

    const insert = (rows: readonly Row[]) => db.execute(sql`insert into ${p} ${sql.values(p, names7, rows)}`);

    const columnsWith = (nulls: 'first' | 'last') =>
      ({
        id: { column: p.id, type: 'integer' },
        price: { column: p.price, type: 'decimal', nulls },
        score: { column: p.score, type: 'number' },
        name: { column: 'pages.name', type: 'string' },
        lower: { column: sql`lower(${p.name})`, type: 'string' },
        born: { column: p.born, type: 'date', nulls },
        flag: { column: p.flag, type: 'boolean' },
        big: { column: p.big, type: 'integer' },
        // Of an expression a database does not take the type over to what it is compared with.
        most: { column: sql`coalesce(${p.big}, ${p.big})`, type: 'integer' },
        cost: { column: sql`coalesce(${p.price}, ${p.price})`, type: 'decimal', nulls },
        sum: { column: sql`${p.score} + ${1}`, type: 'number' },
      }) as const satisfies Record<string, KeysetColumn>;

    async function walk(
      sort: string,
      nulls: 'first' | 'last',
      size: number,
      between: () => Promise<unknown>,
      secret?: string,
    ): Promise<number[]> {
      const ids: number[] = [];
      let after: string | undefined;
      for (let i = 0; i < 200; i++) {
        const page = sql.keyset(columnsWith(nulls), { sort, unique: 'id', after, size, max: 5, secret });
        const found = await db.all<{ id: number; page_key: unknown }>(
          sql`select ${p.id} as id, ${page.key} from ${p} where ${page.where} ${page.orderBy} ${page.limit}`,
        );
        const { rows, next } = page.take(found);
        expect(rows.length).toBeLessThanOrEqual(size);
        ids.push(...rows.map(({ id }) => id));
        if (next === undefined) return ids;
        after = next;
        await between();
      }
      throw new Error('The pages have no end.');
    }

    async function full(sort: string, nulls: 'first' | 'last'): Promise<number[]> {
      const page = sql.keyset(columnsWith(nulls), { sort, unique: 'id', size: 1, max: 5 });
      const found = await db.all<{ id: number }>(sql`select ${p.id} as id from ${p} ${page.orderBy}`);
      return found.map(({ id }) => id);
    }

    const keys = ['price', 'score', 'name', 'lower', 'born', 'flag', 'big', 'sum', 'most', 'cost', 'id'];

    it('put together are the whole list, each row once', { timeout: 120_000 }, async () => {
      const random = randomFrom(7);
      for (let run = 0; run < 30; run++) {
        await db.execute(sql`delete from ${p}`);
        await insert(rowsOf(random, 0, 60));
        const sort = [...keys]
          .sort(() => random() - 0.5)
          .slice(0, 1 + Math.floor(random() * 4))
          .map((key) => (random() < 0.5 ? `-${key}` : key))
          .join(',');
        const nulls = random() < 0.5 ? 'first' : 'last';
        const size = 1 + Math.floor(random() * 9);
        const secret = random() < 0.5 ? undefined : 's'.repeat(32);
        const ids = await walk(sort, nulls, size, async () => undefined, secret);
        expect({ sort, nulls, ids }).toEqual({ sort, nulls, ids: await full(sort, nulls) });
        expect(new Set(ids).size).toBe(60);
      }
    });

    it('lose and repeat no row while others are added and deleted', { timeout: 120_000 }, async () => {
      const random = randomFrom(11);
      for (let run = 0; run < 10; run++) {
        await db.execute(sql`delete from ${p}`);
        await insert(rowsOf(random, 1000, 40));
        const kept = await full('id', 'first');
        let id = 0;
        const sort = ['-price,name', 'born,-score', 'flag,-big', '-name'][run % 4] as string;
        const ids = await walk(sort, 'last', 3, async () => {
          if (random() < 0.5)
            await db.execute(sql`delete from ${p} where ${p.id} < ${1000} and ${p.id} < ${id - 2}`);
          await insert(rowsOf(random, random() < 0.5 ? id++ : 5000 + id++, 1));
        });
        expect(ids.filter((each) => each >= 1000 && each < 5000).sort((a, b) => a - b)).toEqual(kept);
        expect(new Set(ids).size).toBe(ids.length);
      }
    });

    it('of one, and of none', async () => {
      await db.execute(sql`delete from ${p}`);
      expect(await walk('price', 'last', 20, async () => undefined)).toEqual([]);
      await insert(rowsOf(randomFrom(1), 0, 20));
      expect(await walk('-id', 'last', 20, async () => undefined)).toEqual([...Array(20).keys()].reverse());
    });

    it('are no error of the database, whatever a client makes of a cursor', async () => {
      const sort = 'price,score,name,born,flag,big';
      const good = ['1', '2', 'x', '2024-01-01', 'true', '3', '4'];
      const odd = [
        '',
        '1e400',
        '1e-400',
        '1e308',
        '-1e308',
        '99999999999999999999',
        '-9223372036854775809',
        'NaN',
        'Infinity',
        '-infinity',
        '18446744073709551615',
        'null',
        "1' or '1'='1",
        '0x10',
        '2024-02-30',
        '0001-01-01',
        '9999-12-31T23:59:59.999999999+15:59',
        '-0',
        '9'.repeat(400),
        `0.${'1'.repeat(400)}`,
        'true',
        '\u{1f600}',
      ];
      let refused = 0;
      for (const value of odd) {
        for (let i = 0; i < good.length; i++) {
          const forged = [`${sort},id`, ...good.map((text, j) => (i === j ? value : text))];
          const after = Buffer.from(JSON.stringify(forged)).toString('base64url');
          try {
            const page = sql.keyset(columnsWith('last'), { sort, unique: 'id', after, size: 3, max: 16 });
            await db.all(sql`select ${page.key} from ${p} where ${page.where} ${page.orderBy} ${page.limit}`);
          } catch (error) {
            refused++;
            expect({ value, i, error }).toMatchObject({ error: { name: 'Refusal' } });
          }
        }
      }
      expect(refused).toBeGreaterThan(80);
      expect(refused).toBeLessThan(odd.length * good.length - 20);
    });
  });
});
