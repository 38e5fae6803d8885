import { PGlite } from '@electric-sql/pglite';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../../../checks/machine/mariadb.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { missingSqlite } from '../../../checks/machine/sqlite.ts';
import { expectNoInjection, type NoInjectionOptions } from './expect-no-injection.ts';

interface Client {
  readonly db: object;
  raw(text: string): unknown;
  /** `column = value`, with the value as a parameter. */
  bound(column: 'id' | 'name', value: unknown): unknown;
}

const schema = 'create table person (id int, name varchar(400))';
const stops: (() => unknown)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

const clients: readonly [name: string, reason: string | undefined, open: () => Promise<Client>][] = [
  [
    'pg',
    missing('postgres'),
    async () => {
      const server = await startPostgres();
      const db = new pg.Pool({ connectionString: server.url, max: 2 });
      stops.push(server.stop, () => db.end());
      await db.query(schema);
      return {
        db,
        raw: (text) => db.query(text),
        bound: (column, value) => db.query(`select * from person where ${column}::text = $1`, [value]),
      };
    },
  ],
  [
    'mysql2',
    missing('mariadb'),
    async () => {
      const server = await startMariadb();
      const db = mysql.createPool({ uri: server.url, connectionLimit: 2 });
      stops.push(server.stop, () => db.end());
      await db.query(schema);
      return {
        db,
        raw: (text) => db.query(text),
        bound: (column, value) => db.execute(`select * from person where ${column} = ?`, [value as string]),
      };
    },
  ],
  [
    'better-sqlite3',
    missingSqlite('better-sqlite3'),
    async () => {
      const { default: BetterSqlite3 } = await import('better-sqlite3');
      const db = new BetterSqlite3(':memory:');
      stops.push(() => db.close());
      db.exec(schema);
      return {
        db,
        raw: (text) => db.prepare(text).all(),
        bound: (column, value) => db.prepare(`select * from person where ${column} = ?`).all(value),
      };
    },
  ],
  [
    'PGlite',
    undefined,
    async () => {
      const db = await PGlite.create();
      stops.push(() => db.close());
      await db.exec(schema);
      return {
        db,
        raw: (text) => db.query(text),
        bound: (column, value) => db.query(`select * from person where ${column}::text = $1`, [value]),
      };
    },
  ],
];

/** What the input takes, and how a handler reads the value from it. What is not taken is refused by an error. */
interface Input {
  readonly what: string;
  /** A check that lets more through than it should. */
  readonly loose: (value: string) => boolean;
  /** The check that was meant. */
  readonly strict: (value: string) => boolean;
  readonly read?: (value: string) => string;
  readonly bare?: (value: string) => string;
  readonly harmless?: readonly string[];
}

const matches =
  (pattern: RegExp) =>
  (value: string): boolean =>
    pattern.test(value);
const any = (): boolean => true;
const where = (value: string): string => `select * from person where id = ${value}`;
const decoded =
  (encoding: BufferEncoding) =>
  (value: string): string =>
    Buffer.from(value, encoding).toString();

const inputs: readonly Input[] = [
  { what: 'a number by its beginning', loose: matches(/^\d+/), strict: matches(/^\d+$/), bare: where },
  {
    what: 'a number by parseInt',
    loose: (v) => Number.parseInt(v, 10) > 0,
    strict: matches(/^\d+$/),
    bare: where,
  },
  { what: 'a number in one of its lines', loose: matches(/^\d+$/m), strict: matches(/^\d+$/), bare: where },
  { what: 'digits anywhere', loose: matches(/\d{7}/), strict: matches(/^\d{7}$/) },
  {
    what: 'a limit',
    loose: matches(/^\d{1,9}/),
    strict: matches(/^\d{1,9}$/),
    bare: (value) => `select * from person limit ${value}`,
  },
  { what: 'a price', loose: matches(/^\d+\.\d\d/), strict: matches(/^\d+\.\d\d$/), bare: where },
  {
    what: 'a list of ids',
    loose: matches(/^\d+,\d/),
    strict: matches(/^\d+(?:,\d+)+$/),
    bare: (value) => `select * from person where id in (${value})`,
  },
  {
    what: 'a direction',
    loose: matches(/^(?:asc|desc)/i),
    strict: matches(/^(?:asc|desc)$/i),
    bare: (value) => `select * from person order by name ${value}`,
  },
  {
    what: 'a date by its beginning',
    loose: matches(/^\d{4}-\d\d-\d\d/),
    strict: matches(/^\d{4}-\d\d-\d\d$/),
  },
  { what: 'a date by its end', loose: matches(/\d{4}-\d\d-\d\d$/), strict: matches(/^\d{4}-\d\d-\d\d$/) },
  {
    what: 'a date by Date.parse',
    loose: (value) => !/^\d{1,9}$/.test(value) && !Number.isNaN(Date.parse(value)),
    strict: matches(/^\d{4}-\d\d-\d\d$/),
  },
  { what: 'a time', loose: matches(/^\d\d:\d\d/), strict: matches(/^\d\d:\d\d$/) },
  { what: 'a phone number', loose: matches(/^\+\d[\d ]{5}/), strict: matches(/^\+\d[\d ]{5,20}$/) },
  {
    what: 'a UUID by its beginning',
    loose: matches(/^[\da-f]{8}-[\da-f]{4}-/i),
    strict: matches(/^[\da-f-]{36}$/i),
  },
  {
    what: 'a UUID by its length',
    loose: (value) => value.length === 36 && value.split('-').length === 5,
    strict: matches(/^[\da-f-]{36}$/i),
  },
  { what: 'a colour', loose: matches(/^#[\da-f]{6}/i), strict: matches(/^#[\da-f]{6}$/i) },
  {
    what: 'a URL by its beginning',
    loose: matches(/^https:\/\//),
    strict: matches(/^https:\/\/[\w.-]+\/[\w/?=-]*$/),
  },
  {
    what: 'a URL by its parser',
    loose: (value) => URL.canParse(value) && new URL(value).protocol === 'https:',
    strict: matches(/^https:\/\/[\w.-]+\/[\w/?=-]*$/),
  },
  { what: 'an e-mail address', loose: matches(/^\S+@\S+\.\S+$/), strict: matches(/^[\w.]+@[\w.-]+$/) },
  { what: 'a mention', loose: matches(/^@\w/), strict: matches(/^@\w+$/), read: (value) => value.slice(1) },
  { what: 'an IP address', loose: matches(/^\d+\.\d+\.\d+\.\d+/), strict: matches(/^\d+\.\d+\.\d+\.\d+$/) },
  { what: 'a locale', loose: matches(/^[a-z]{2}-[A-Z]{2}/), strict: matches(/^[a-z]{2}-[A-Z]{2}$/) },
  {
    what: 'the name of a file',
    loose: matches(/\.(?:png|jpg|pdf)$/),
    strict: matches(/^\w+\.(?:png|jpg|pdf)$/),
  },
  {
    what: 'a number of an order',
    loose: matches(/^ORD-\d+/),
    strict: matches(/^ORD-\d+$/),
    harmless: ['ORD-20317'],
  },
  {
    what: 'base64',
    loose: any,
    strict: () => false,
    read: decoded('base64'),
  },
  { what: 'hexadecimal digits', loose: matches(/^[\da-f]+$/i), strict: () => false, read: decoded('hex') },
  {
    what: 'a text that is decoded once more',
    loose: (value) => !/['"]/.test(value),
    strict: () => false,
    read: (value) => decodeURIComponent(value),
  },
  {
    what: 'JSON',
    loose: any,
    strict: () => false,
    read: (value) => String((JSON.parse(value) as { user: { name: string } }).user.name),
    harmless: ['{"user":{"name":"ann"},"page":2}'],
  },
  {
    what: 'a cursor: JSON in base64',
    loose: any,
    strict: () => false,
    read: (value) => String((JSON.parse(decoded('base64url')(value)) as { after: string }).after),
    harmless: [Buffer.from('{"after":"ann"}').toString('base64url')],
  },
  {
    what: 'a form',
    loose: any,
    strict: () => false,
    read: (value) => {
      const name = new URLSearchParams(value).get('name');
      if (!name) throw new Error('400');
      return name;
    },
    harmless: ['name=ann&age=7'],
  },
];

const quoted = (value: string): string => `select * from person where name = '${value}'`;

describe.each(clients)('expectNoInjection behind checks, on %s', (name, reason, open) => {
  describe.skipIf(reason)(reason ? `: ${reason}` : name, () => {
    let client: Client;
    beforeAll(async () => {
      client = await open();
    });

    it.each(inputs)('is red for $what that ends up in the text', async ({ loose, read, bare, harmless }) => {
      const options: NoInjectionOptions = harmless ? { harmless } : {};
      const run = (value: string): unknown => {
        if (!loose(value)) throw new Error('400');
        return client.raw((bare ?? quoted)((read ?? String)(value)));
      };
      await expect(expectNoInjection(client.db, run, options)).rejects.toThrow(/^SQL injection/);
    });

    it.each(inputs)('is green for $what that is bound', async ({ loose, read, harmless }) => {
      const options: NoInjectionOptions = harmless ? { harmless } : {};
      const run = (value: string): unknown => {
        if (!loose(value)) throw new Error('400');
        return client.bound('name', (read ?? String)(value));
      };
      await expectNoInjection(client.db, run, options);
    });

    const checked = inputs.filter(({ read, bare }) => bare !== undefined || read === undefined);
    it.each(checked)(
      'is green for $what behind the check that was meant',
      async ({ strict, bare, harmless }) => {
        const options: NoInjectionOptions = harmless ? { harmless } : {};
        const run = (value: string): unknown => {
          if (!strict(value)) throw new Error('400');
          return client.raw((bare ?? quoted)(value));
        };
        await expectNoInjection(client.db, run, options);
      },
    );

    it.each<[string, (value: string) => unknown]>([
      ['parseInt', (value) => where(String(Number.parseInt(value, 10) || 1))],
      ['Number', (value) => where(String(Number(value) || 1))],
      ['parseFloat', (value) => where(String(Number.parseFloat(value)))],
      ['a page', (value) => `select * from person limit ${Number.parseInt(value, 10) || 10}`],
      [
        'a bounded page',
        (value) => `select * from person limit 10 offset ${Math.max(0, Math.trunc(Number(value)) || 0)}`,
      ],
      ['Date', (value) => quoted(new Date(value).toISOString())],
    ])('is green for what %s made of the value', async (_what, textOf) => {
      await expectNoInjection(client.db, (value) => client.raw(String(textOf(value))));
    });
  });
});
