import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../../checks/machine/databases.ts';
import { configureEvents } from '../../event/index.ts';
import { type Database, DatabaseError, type Sql, sql } from '../index.ts';

const secret = 'hunter2';

async function errorOf(run: Promise<unknown>): Promise<DatabaseError> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseError);
  return error as DatabaseError;
}

/** A statement with a mistake, what the message names, and the text in the line that the caret stands below. */
const mistakes: readonly (readonly [string, () => Sql, named: string, at: string])[] = [
  ['a column', () => sql`select nmae from people where name = ${secret}`, 'nmae', 'nmae from'],
  [
    'a column of a table, in the third line',
    () => sql`
      select name from people p
      where p.nmae = ${secret}`,
    'nmae',
    'nmae =',
  ],
  ['a table', () => sql`select name from peple where name = ${secret}`, 'peple', 'peple where'],
  ['a function', () => sql`select lowr(name) from people where name = ${secret}`, 'lowr', 'lowr('],
  ['a keyword', () => sql`select name form people where name = ${secret}`, 'people', 'people where'],
  ['a column in an insert', () => sql`insert into people (id, nmae) values (1, ${secret})`, 'nmae', 'nmae)'],
  [
    'a column behind text beyond ASCII',
    () => sql`select '\u{1F600}\u00fc', nmae from people where name = ${secret}`,
    'nmae',
    'nmae from',
  ],
];

/** What PostgreSQL says without a position, or with a name that is not in the text as it quotes it. */
const furtherMistakes: readonly (readonly [string, () => Sql, says: string, at: string])[] = [
  [
    'a column that is not grouped',
    () => sql`select name, count(*) from people where name = ${secret}`,
    'column "people.name" must appear in the GROUP BY clause or be used in an aggregate function.',
    'name, count',
  ],
  [
    'a column of an alias that is not grouped',
    () => sql`select p.name, count(*) from people p where p.name = ${secret}`,
    'column "p.name" must appear in the GROUP BY clause',
    'p.name, count',
  ],
  [
    'a collation',
    () => sql`select name from people where name = ${secret} order by name collate "nowhere"`,
    'collation "nowhere" for encoding "UTF8" does not exist.',
    'collate "nowhere"',
  ],
  [
    'a schema',
    () => sql`select nowhere.f(1) where ${secret} = 'a'`,
    'schema "nowhere" does not exist.',
    'nowhere.f',
  ],
  [
    'a schema to create in',
    () => sql`create table nowhere.t (id int)`,
    'schema "nowhere" does not exist.',
    'nowhere.t',
  ],
  [
    'a role',
    () => sql`grant select on people to nobody_here`,
    'role "nobody_here" does not exist.',
    'nobody_here',
  ],
  [
    'a conflict without a constraint',
    () => sql`insert into people (id, name) values (${7}, ${secret}) on conflict (name) do nothing`,
    'there is no unique or exclusion constraint matching the ON CONFLICT specification.',
    'on conflict (name)',
  ],
  [
    'a conflict without a constraint, in capitals',
    () => sql`INSERT INTO people (id) VALUES (${7}) ON CONFLICT (name) DO NOTHING`,
    'there is no unique or exclusion constraint matching the ON CONFLICT specification.',
    'ON CONFLICT (name)',
  ],
  [
    'a constraint',
    () =>
      sql`insert into people (id, name) values (${7}, ${secret}) on conflict on constraint nope do nothing`,
    'constraint "nope" for table "people" does not exist.',
    'nope do',
  ],
];

describe.each(databaseKinds)('a mistake in a statement on $title', ({ dialect, why, open }) => {
  describe.skipIf(why)(`with a server of it${why ? `: ${why}` : ''}`, () => {
    let db: Database;
    let stop: () => unknown = () => undefined;

    beforeAll(async () => {
      configureEvents({ sinks: [] });
      ({ db, stop } = await open());
      await db.execute(sql`create table people (id integer primary key, name varchar(50))`);
      await db.execute(
        sql`create table pets (owner integer not null references people (id), name varchar(50))`,
      );
      await db.execute(sql`insert into people values (1, 'Ann')`);
    });

    afterAll(() => stop());

    it.each(mistakes)('is shown with its name and its place: %s', async (name, write, named, at) => {
      const error = await errorOf(db.all(write()));
      expect(error).toMatchObject({ kind: 'schema', status: 500 });
      expect(error.message).toContain(named);
      const [line = '', caret = ''] = error.message.split('\n').slice(-2);
      // MySQL and SQLite tell no column of a qualified name; the caret is below its last part.
      const shown = line.slice(caret.indexOf('^'));
      expect(name.includes('of a table') ? shown.replace(/^p\./, '') : shown).toMatch(startsWith(at));
      expect(error.message).not.toContain(secret);
      expect(error.toProblem()).toMatchObject({
        title: 'The request could not be carried out.',
        status: 500,
      });
      expect(JSON.stringify(error.toProblem())).not.toContain(named);
    });

    it.each(dialect === 'postgres' ? furtherMistakes : [])(
      'is shown with its sentence and its place: %s',
      async (_, write, says, at) => {
        const error = await errorOf(db.all(write()));
        expect(error).toMatchObject({ kind: 'schema', status: 500 });
        expect(error.message).toContain(`PostgreSQL says: ${says}`);
        const [line = '', caret = ''] = error.message.split('\n').slice(-2);
        expect(line.slice(caret.indexOf('^'))).toMatch(startsWith(at));
        expect(error.message).not.toContain(secret);
      },
    );

    // SQLite has no other databases.
    if (dialect !== 'sqlite')
      it('is not taken for a rejected login: a database that does not exist', async () => {
        const query =
          dialect === 'postgres'
            ? sql`select pg_database_size(${secret})`
            : sql`select * from nowhere.people`;
        const error = await errorOf(db.all(query));
        expect(error).toMatchObject({ kind: 'schema', status: 500 });
        expect(error.message).not.toContain('login');
        expect(error.message).not.toContain(secret);
      });

    it('is shown in the same way in a stream and in a transaction', async () => {
      const query = sql`select nmae from people`;
      const stream = async (): Promise<void> => {
        for await (const _ of db.stream(query));
      };
      const inside = (): Promise<unknown> => db.transaction((tx) => tx.all(query));
      for (const run of [stream, inside]) {
        const { message } = await errorOf(run());
        const [line = '', caret = ''] = message.split('\n').slice(-2);
        expect(line.slice(caret.indexOf('^'))).toBe('nmae from people');
      }
    });

    it('is shown with the line that called the database', async () => {
      const error = await errorOf(db.all(sql`select nmae from people`));
      expect(error.stack).toContain('schema-mistake.test.ts');
    });

    it('of a value is not shown', async () => {
      const attempts: { readonly [D in typeof dialect]: readonly (() => Sql)[] } = {
        postgres: [
          () => sql`select ${secret}::regclass`,
          () => sql`select ${`${secret}(`}::regtype`,
          () => sql`select jsonb_path_query('{}', ${`$ ${secret} !`}::jsonpath)`,
          () => sql`select to_tsvector(${secret}::regconfig, 'a')`,
          () => sql`select nextval(${secret})`,
          () => sql`select query_to_xml(${`select ${secret} from people`}, true, true, '')`,
          () => sql`select current_setting(${`a.${secret}`})`,
          () => sql`select has_table_privilege(${secret}, 'select')`,
          () => sql`select pg_has_role(${secret}, 'usage')`,
          () => sql`select has_schema_privilege(${secret}, 'usage')`,
          () => sql`select ${secret}::regrole`,
          () => sql`select ${secret}::regcollation`,
          () => sql`select set_config('role', ${secret}, false)`,
          () => sql`select pg_has_role('hunter' || 2, 'usage')`,
        ],
        mysql: [
          () => sql`select extractvalue('<a/>', ${secret})`,
          () => sql`select json_extract('{}', ${secret})`,
        ],
        sqlite: [() => sql`select json_extract('{}', ${secret})`, () => sql`select json(${secret})`],
      };
      for (const write of attempts[dialect]) {
        const result = await db.all(write()).catch((error: unknown) => error);
        if (!(result instanceof DatabaseError)) continue;
        expect(result.message).not.toContain(secret);
        expect(JSON.stringify(result)).not.toContain(secret);
      }
    });

    it('is none where a foreign key does not hold: that is the 409 of the client', async () => {
      if (dialect === 'sqlite') await db.execute(sql`pragma foreign_keys = on`).catch(() => undefined);
      const missing = await errorOf(db.execute(sql`insert into pets values (${7}, 'Rex')`));
      expect(missing).toMatchObject({ kind: 'foreign-key', status: 409, expose: true });
      expect(missing.toProblem()).toMatchObject({
        status: 409,
        title: 'The request refers to something that does not exist, or removes something still in use.',
      });
      await db.execute(sql`insert into pets values (${1}, 'Rex')`);
      const used = await errorOf(db.execute(sql`delete from people where id = ${1}`));
      expect(used).toMatchObject({ kind: 'foreign-key', status: 409 });
      const twice = await errorOf(db.execute(sql`insert into people values (${1}, 'Bob')`));
      expect(twice.toProblem()).toMatchObject({
        status: 409,
        title: 'Something with these values already exists.',
      });
      const none = await errorOf(db.execute(sql`insert into pets values (${null}, 'Rex')`));
      expect(none.toProblem()).toMatchObject({ status: 400, title: 'A required value is missing.' });
    });
  });
});

function startsWith(text: string): RegExp {
  return new RegExp(`^${text.replace(/[()*+?.[\]\\^$|]/g, '\\$&')}`);
}
