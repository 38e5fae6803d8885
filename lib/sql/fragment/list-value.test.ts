import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../../checks/machine/databases.ts';
import { configureEvents } from '../../event/index.ts';
import { type Database, type Sql, sql } from '../index.ts';
import { listPlaces } from '../lex/list-places.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

/** What a client makes of `?name=a&name=b` where the application expects one text. */
const sent = ['a', 'b'] as unknown as string;
const refused = expect.objectContaining({
  ...{ name: 'Refusal', code: 'sql/object-as-value', status: 400 },
  detail: expect.objectContaining({ type: 'list' }),
});
const table = sql.table('t', { id: 'integer', name: 'string', tags: 'string[]', free: 'any' });
const kysely = sql.as(table, 'k');

const elsewhere: readonly (readonly [string, () => Sql])[] = [
  ['equality', () => sql`select 1 from t where name = ${sent}`],
  ['equality, reversed', () => sql`select 1 from t where ${sent} = name`],
  ['inequality', () => sql`select 1 from t where name <> ${sent}`],
  ['is distinct from', () => sql`select 1 from t where name is distinct from ${sent}`],
  ['like', () => sql`select 1 from t where name like ${sent}`],
  ['between', () => sql`select 1 from t where name between ${sent} and ${'z'}`],
  ['a select list', () => sql`select ${sent}`],
  ['the values of an insert', () => sql`insert into t (id, name) values (${1}, ${sent})`],
  ['an update', () => sql`update t set name = ${sent}`],
  ['a concatenation', () => sql`update t set name = name || ${sent}`],
  ['a cast to text', () => sql`update t set name = ${sent}::text`],
  ['a cast to a type with a length', () => sql`select ${sent}::varchar(10)`],
  ['a cast in words', () => sql`select cast(${sent} as text)`],
  ['a function', () => sql`select lower(${sent})`],
  ['the element of array_append', () => sql`update t set tags = array_append(tags, ${sent})`],
  ['the element of array_position', () => sql`select array_position(tags, ${sent}) from t`],
  ['the separator of array_to_string', () => sql`select array_to_string(tags, ${sent}) from t`],
  ['an array constructor', () => sql`select array[${sent}]`],
  ['a condition inside any', () => sql`select 1 where 1 = any(select id from t where name = ${sent})`],
  ['a list inside any', () => sql`select 1 where 'a' = any(values (${sent}))`],
  ['union all', () => sql`select 'a' union all (select ${sent})`],
  ['select all', () => sql`select all (${sent})`],
  ['count(all)', () => sql`select count(all (${sent})) from t`],
  ['limit', () => sql`select 1 limit ${sent}`],
  ['the key of a JSON operator', () => sql`select doc ->> ${sent} from t`],
  ['a fragment of its own', () => sql`select ${sql`${sent}`}`],
  ['parentheses', () => sql`select 1 from t where name = (${sent})`],
  [
    'a cast of what it is compared with',
    () => sql`select 1 from t where name = ${sent} and tags = '{}'::text[]`,
  ],
  ['a cast behind a bracket', () => sql`select (name = ${sent})::text, array[1]::int[] from t`],
  ['a neighbour in values', () => sql`insert into t (name, tags) values (${sent}, ${['x']}::text[])`],
  [
    'a column of a table that takes no array',
    () => sql`select 1 from ${table} where ${table.name} = ${sent}`,
  ],
  ['a column of any type', () => sql`select 1 from ${table} where ${table.free} = ${sent}`],
  ['an identifier', () => sql`select 1 from t where ${sql.identifier('tags', ['tags'])} = ${sent}`],
  [
    'an array column in another comparison',
    () => sql`select 1 where ${table.tags} = '{}' and name = ${sent}`,
  ],
  ['`@>` with a scalar cast', () => sql`select 1 from t where doc @> ${sent}::jsonb`],
  ['`@>` with a range', () => sql`select 1 from t where span @> ${sent}::int4range`],
  ['`&&` with a range', () => sql`select 1 from t where span && (${sent})::int4range`],
  ['`<@` with a scalar cast', () => sql`select 1 from t where ${sent}::jsonb <@ doc`],
  ['a path with a scalar cast', () => sql`select doc #> ${sent}::text from t`],
  [
    'an array column with a scalar cast',
    () => sql`select 1 from ${table} where ${table.tags} = ${sent}::text`,
  ],
  ['sql.join', () => sql`select 1 from t where name in (${sql.join([sent, 'c'])})`],
  ['a record', () => sql`update t set ${sql.set(table, ['name'], { name: sent })}`],
  ['a record with a column of any type', () => sql`update t set ${sql.set(table, ['free'], { free: sent })}`],
];

describe('a list in place of one value', () => {
  it.each(elsewhere)('is refused in %s', (name, write) => {
    const code = name.startsWith('a record') ? 'sql/wrong-type' : 'sql/object-as-value';
    expect(write).toThrow(expect.objectContaining({ name: 'Refusal', code, status: 400 }));
  });

  it('is refused in `in (...)`, with a hint that names `sql.in`', () => {
    for (const write of [
      () => sql`select 1 from t where name in (${sent})`,
      () => sql`select 1 from t where name not in (${'x'}, ${sent})`,
    ]) {
      expect(write).toThrow(refused);
      expect(write).toThrow(expect.objectContaining({ hint: expect.stringContaining(`\${sql.in(list)}`) }));
    }
    expect(() => sql`select 1 from t where name ${sql.in(['a', 'b'])}`).not.toThrow();
  });

  it('is refused with the hole, the statement, and what to write', () => {
    expect(() => sql`select 1 from t where id = ${1} and name = ${sent}`).toThrow(
      expect.objectContaining({
        detail: { type: 'list', hole: 2, statement: expect.stringContaining('and name =') },
        hint: expect.stringContaining(`\${list}::text[]`),
      }),
    );
  });

  it('is one value where one comes', () => {
    for (const one of ['a', 1, null, new Date(0), new Uint8Array(1)]) {
      expect(() => sql`select 1 from t where name = ${one}`).not.toThrow();
    }
  });
});

const list = ['a', 'b'];
const accepted: readonly (readonly [string, () => Sql, unknown])[] = [
  ['any', () => sql`select id as found from t where name = any(${list})`, 1],
  ['any with a cast', () => sql`select id as found from t where id = any(${[1, 2]}::int[])`, 1],
  ['any with white space and capitals', () => sql`select id as found from t where name = ANY ( ${list} )`, 1],
  ['any in parentheses', () => sql`select id as found from t where name = any((${list}))`, 1],
  ['some', () => sql`select id as found from t where name = some (${list})`, 1],
  ['like any', () => sql`select id as found from t where name like any(${['a%']})`, 1],
  ['not ilike all', () => sql`select id as found from t where name not ilike all (${['b', 'c']})`, 1],
  ['<> all', () => sql`select id as found from t where name <> all(${['b']})`, 1],
  ['unnest', () => sql`select count(*)::int as found from unnest(${list}::text[]) x`, 2],
  [
    'unnest of several',
    () => sql`select count(*)::int as found from unnest(${[1]}::int[], ${list}::text[]) x(a, b)`,
    2,
  ],
  ['a cast', () => sql`select cardinality(${list}::text[]) as found`, 2],
  ['a cast with a size', () => sql`select (${[1, 2]}::int[2])[2] as found`, 2],
  ['a cast in words', () => sql`select cardinality(cast(${list} as text[])) as found`, 2],
  ['a cast to `text array`', () => sql`select cardinality(cast(${list} as text array)) as found`, 2],
  ['a cast of parentheses', () => sql`select cardinality((${list})::text[]) as found`, 2],
  ['a cast by the inner name', () => sql`select cardinality(${list}::_text) as found`, 2],
  ['a cast with a schema', () => sql`select cardinality(${list}::pg_catalog.text[]) as found`, 2],
  ['a cast to a quoted type', () => sql`select cardinality(${list}::"text"[]) as found`, 2],
  [
    'a cast to a type of several words',
    () => sql`select cardinality(${[1]}::double precision[]) as found`,
    1,
  ],
  ['a cast with a precision', () => sql`select cardinality(${[1]}::numeric(10, 2)[]) as found`, 1],
  [
    'a cast to a time with a zone',
    () => sql`select cardinality(${[new Date(0)]}::timestamp(3) with time zone[]) as found`,
    1,
  ],
  ['a second cast', () => sql`select cardinality(${list}::text::text[]) as found`, 2],
  [
    'a cast to another type behind the array',
    () => sql`select cardinality(${list}::text[]::varchar[]) as found`,
    2,
  ],
  ['contains, with a cast', () => sql`select id as found from t where tags @> ${['a']}::text[]`, 1],
  [
    'contains an empty list, with a cast',
    () => sql`select id as found from t where tags @> ${[]}::text[]`,
    1,
  ],
  ['an overlap', () => sql`select id as found from t where tags && ${list}`, 1],
  ['an overlap, reversed', () => sql`select id as found from t where ${list} && tags`, 1],
  ['contains', () => sql`select id as found from t where tags @> ${['a']}`, 1],
  ['is contained in', () => sql`select id as found from t where tags <@ ${['a', 'b', 'c']}`, 1],
  ['a path', () => sql`select doc #>> ${['k', 'l']} as found from t`, 'v'],
  ['keys', () => sql`select (doc ?| ${['k']})::int as found from t`, 1],
  ['jsonb_set', () => sql`select jsonb_set(doc, ${['k', 'l']}, '1') #>> '{k,l}' as found from t`, '1'],
  ['array_cat', () => sql`select cardinality(array_cat(tags, ${['x']})) as found from t`, 3],
  ['array_position', () => sql`select array_position(${list}::text[], 'b') as found`, 2],
  ['variadic', () => sql`select concat_ws('-', variadic ${list}::text[]) as found`, 'a-b'],
  ['json_object', () => sql`select json_object(${list}) ->> 'a' as found`, 'b'],
  ['an array column', () => sql`select ${table.id} as found from ${table} where ${table.tags} = ${list}`, 1],
  [
    'an array column, reversed',
    () => sql`select ${kysely.id} as found from ${kysely} where ${list} = ${kysely.tags}`,
    1,
  ],
  [
    'an array column in `is not distinct from`',
    () => sql`select ${table.id} as found from ${table} where ${table.tags} is not distinct from ${list}`,
    1,
  ],
  [
    'an array column and `||`',
    () => sql`select cardinality(${table.tags} || ${list}) as found from ${table}`,
    4,
  ],
  [
    'a record with an array column',
    () =>
      sql`update t set ${sql.set(table, ['tags'], { tags: list })} where id = 1 returning cardinality(tags) as found`,
    2,
  ],
  ['sql.in', () => sql`select id as found from t where name ${sql.in(list)}`, 1],
  ['sql.json', () => sql`select jsonb_array_length(${sql.json(list)}::jsonb) as found`, 2],
];

describe.each(databaseKinds.filter(({ dialect }) => dialect === 'postgres'))(
  'lists on $title',
  ({ why, open }) => {
    describe.skipIf(why)(`with a server of it${why ? `: ${why}` : ''}`, () => {
      let db: Database;
      let stop: () => unknown = () => undefined;

      beforeAll(async () => {
        ({ db, stop } = await open());
        await db.execute(sql`create table t (id int, name text, tags text[], doc jsonb)`);
        await db.execute(sql`insert into t values (1, 'a', '{a,b}', '{"k": {"l": "v"}}')`);
      });

      afterAll(() => stop());

      it.each(accepted)('are arrays in %s', async (_, write, found) => {
        expect(await db.one(write())).toEqual({ found });
      });
    });
  },
);

describe.each(databaseKinds.filter(({ dialect }) => dialect !== 'postgres'))(
  'lists on $title',
  ({ why, open }) => {
    it.skipIf(why)('are refused wherever they stand, and `sql.in` takes them', async () => {
      const { db, stop } = await open();
      try {
        await expect(db.all(sql`select 1 where 'a' = any(${list})`)).rejects.toThrow(refused);
        expect(await db.all(sql`select 1 as one where 'a' ${sql.in(list)}`)).toEqual([{ one: 1 }]);
      } finally {
        await stop();
      }
    });
  },
);

describe('the places of lists', () => {
  const word = fc.constantFrom(
    ...['\0', '(', ')', '[', ']', ',', ':', ':', '=', '|', '&', '@', '>', '<', '"', "'", '0', '.', '#', '?'],
    ...[
      'any',
      'in',
      'cast',
      'as',
      'array',
      'unnest',
      'text',
      'select',
      'variadic',
      'is',
      'distinct',
      'from',
      '_text',
    ],
  );

  it('are as many as the holes, for any tokens', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const places = listPlaces(words);
        expect(places.length).toBe(words.filter((each) => each === '\0').length);
        for (const { beside } of places) {
          if (beside !== undefined) expect(beside).toBeLessThan(places.length);
        }
      }),
      { numRuns: 3000, seed: 20261201 },
    );
  });

  it('are found in time that grows with the length', () => {
    for (const piece of [
      ['('],
      ['\0', ')'],
      ['\0', ':', ':'],
      ['(', '\0', ')'],
      ['\0', ':', ':', 'a', '.'],
      ['\0', '='],
    ]) {
      const words = new Array<readonly string[]>(50_000).fill(piece).flat();
      const start = performance.now();
      listPlaces(words);
      expect(performance.now() - start).toBeLessThan(2_000);
    }
  });
});
