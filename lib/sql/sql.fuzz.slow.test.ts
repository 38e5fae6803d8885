import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { startPostgres } from '../../checks/machine/postgres.ts';
import { configureEvents } from '../event/index.ts';
import { Misuse } from '../refusal/index.ts';
import { contains, type Database, endsWith, type Sql, sql, startsWith } from './index.ts';
import { database, forPg } from './pg/index.ts';

const special = [
  "'",
  '"',
  '\\',
  '%',
  '_',
  '$',
  ';',
  '-',
  '/',
  '*',
  '(',
  ')',
  ',',
  '{',
  '}',
  '\n',
  'e',
  '1',
  ' ',
];
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...special), maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const unstorable = /[\0\p{Cs}]/u;
const storable = text.filter((value) => !unstorable.test(value));

/** What PostgreSQL's scanner treats specially, to build templates of, and what closes it behind a hole. */
const openers = ["'", "'", "'", '\\', 'E', '"', '$$', '$a$', '\n', '--', '/*', '*/', 'a', ' ', '1', '+'];
const closers = ['', "'", '"', '*/ 1', '$$', '$a$', '\n1', "''", "\\''", "' '", '*/ */ 1', '1 /* */'];

/** The tag at a call site that the fuzzer wrote: `source` is the code between the backticks, each hole a NUL. */
function site(texts: readonly string[]): Sql {
  const raw = texts.map((part) => part.replace(/[\\`$]/g, '\\$&'));
  const holes = texts.map((_, i) => i).slice(1);
  const code = raw.map((part, i) => (i === 0 ? part : `\${values[${i - 1}]}${part}`)).join('');
  const write = new Function('sql', 'values', `return sql\`${code}\`;`);
  return write(
    sql,
    holes.map((hole) => `v${hole}`),
  ) as Sql;
}

const reason = missing('postgres');

describe.skipIf(reason)(`on PostgreSQL${reason ? `: ${reason}` : ''}`, () => {
  let db: Database;
  let client: pg.Client;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const server = await startPostgres();
    client = new pg.Client(server.url);
    await client.connect();
    db = database(client);
    stop = async () => {
      await client.end();
      await server.stop();
    };
  });

  afterAll(() => stop());

  it('a text comes back as it went in, alone, in a list and in JSON', async () => {
    await fc.assert(
      fc.asyncProperty(storable, fc.array(storable, { maxLength: 4 }), async (value, list) => {
        const row = await db.one(
          sql`select ${value}::text as value, ${list}::text[] as list, ${sql.json({ [value]: list })}::jsonb as document`,
        );
        expect(row).toEqual({ value, list, document: JSON.parse(JSON.stringify({ [value]: list })) });
      }),
      { numRuns: 500 },
    );
  });

  it('a LIKE pattern finds what holds the text, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(storable, storable, storable, async (before, needle, other) => {
        for (const hay of [before + needle + other, other, needle, `${needle}x`]) {
          const row = await db.one(
            sql`select ${hay}::text like ${contains(needle)} as c, ${hay}::text like ${startsWith(needle)} as s,
                ${hay}::text like ${endsWith(needle)} as e`,
          );
          expect(row).toEqual({
            c: hay.includes(needle),
            s: hay.startsWith(needle),
            e: hay.endsWith(needle),
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('any sort input gives a clause of the keys that are offered', async () => {
    const columns = { name: 'name', price: sql`price * 2`, order: 'order' };
    const clause =
      /^order by ("name"|price \* 2|"order")( desc)?(, ("name"|price \* 2|"order")( desc)?){0,2}$/;
    const key = fc.constantFrom('name', 'price', 'order', '-name', '-price', 'constructor', '__proto__');
    const input = fc.oneof(
      text,
      fc.array(key).map((keys) => keys.join(',')),
      fc.array(key),
      fc.anything(),
    );
    fc.assert(
      fc.property(input, (sort) => {
        expect(forPg(sql.orderBy(sort, columns, { default: 'name' })).text).toMatch(clause);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['on', 'off'])(
    'a hole in a template that is accepted is a placeholder to the server, standard_conforming_strings %s',
    async (setting) => {
      await client.query(`set standard_conforming_strings = ${setting}; set backslash_quote = on`);
      let accepted = 0;
      const part = fc.array(fc.constantFrom(...openers), { maxLength: 7 }).map((parts) => parts.join(''));
      const comma = fc.constantFrom(', ', ' ', '');
      await fc.assert(
        fc.asyncProperty(part, comma, comma, fc.constantFrom(...closers), async (a, before, after, b) => {
          let query: { text: string; values: unknown[] };
          try {
            query = forPg(site([`select ${a}${before}`, `${after}${b}`]));
          } catch (error) {
            if (error instanceof Misuse) return;
            throw error;
          }
          accepted++;
          try {
            await client.query(query);
          } catch (error) {
            const { code, message } = error as { code: string; message: string };
            // 08P01: the server found another number of placeholders than there are values.
            expect({ code, message, text: query.text }).not.toMatchObject({ code: '08P01' });
          }
        }),
        { numRuns: 3_000 },
      );
      await client.query('reset standard_conforming_strings');
      expect(accepted).toBeGreaterThan(100);
    },
  );

  it('templates of whole literals and comments are accepted, and run', async () => {
    const literals = [
      ...["'a'", "'it''s'", "E'\\''", "$$it's$$", '$a$ $$ -- $a$', "'/*'", "'--'", "U&'a'", "N'a'", "'\\\\'"],
      ...["E'a'\n'\\' '", '"x"', 'x', "x /* it's */", "x -- it's\n", 'x /* /* " */ */'],
    ];
    const part = fc.array(fc.constantFrom(...literals), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(part, part, async (a, b) => {
        const list = (parts: readonly string[]) => parts.map((item) => `${item}::text`).join(', ');
        const query = site([`select ${list(a)}, `, `::text as hole, ${list(b)} from (select 'x' as x) t`]);
        expect(await db.one(query)).toMatchObject({ hole: 'v1' });
      }),
      { numRuns: 300 },
    );
  });
});
