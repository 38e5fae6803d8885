import { contains, endsWith, type Sql, sql, startsWith } from '../../lib/sql/index.ts';

export interface Person {
  readonly id: number;
  readonly name: string;
}

export const people: readonly Person[] = [
  { id: 1, name: 'admin' },
  { id: 2, name: "O'Brien" },
  { id: 3, name: '50% off\\_%|' },
];

/** A place for what a client sends. */
export interface Position {
  readonly name: string;
  /** Untyped, as what comes out of JSON is. */
  write(input: never): Sql;
  /** Other inputs: no statement is to have another text than one of theirs. */
  readonly harmless: readonly unknown[];
  /** Which rows a text finds. */
  means?(text: string, person: Person): boolean;
  /** SQLite's LIKE ignores the case of ASCII. */
  readonly like?: true;
  /** The column of `scratch` that holds the text afterwards. */
  readonly stores?: 'name' | 'note';
  /** Refused whatever the text holds. */
  readonly refuses?: 'sql/unknown-column' | 'sql/unknown-identifier' | 'sql/bad-cursor' | 'sql/invalid-value';
  /** Texts that no database stores are no error here. */
  readonly takesAnyText?: true;
  /** It reads lists, records or JSON on purpose. */
  readonly reads?: true;
  /** It is made of a text: nothing else can be there. */
  readonly textOnly?: true;
  /** The only dialect that has it. */
  readonly only?: 'postgres';
}

const table = sql.table('scratch', {
  ...{
    id: 'integer | default',
    name: 'string',
    note: 'any | null',
    data: 'json | null',
    born: 'date | null',
  },
  ...{
    paid: 'boolean | null',
    price: 'decimal | null',
    amount: 'number | null',
    photo: 'bytes | null',
    tags: 'string[] | null',
  },
} as const);

const x = ['x'];
const listsOf = (item: unknown): unknown[] => [0, 1, 2, 3, 4].map((length) => new Array(length).fill(item));
const same = (text: string, { name }: Person): boolean => name === text;
const select = sql`select id from people where`;

const keyColumns = {
  name: { column: 'name', type: 'string' },
  id: { column: 'id', type: 'integer' },
} as const;

const orders = [
  'id',
  '-id',
  'name',
  '-name',
  'name,id',
  '-name,id',
  'name,-id',
  '-name,-id',
  'id,name',
  '-id,name',
  'id,-name',
  '-id,-name',
];

function page(options: object): Sql {
  const { where, orderBy, limit, key } = sql.keyset(keyColumns, {
    unique: 'id',
    size: 10,
    ...options,
  } as never);
  return sql`select id, ${key} from people where ${where} ${orderBy} ${limit}`;
}

/** What cannot be written as JSON comes in no cursor. */
function cursor(...content: unknown[]): string {
  let text = 'no JSON';
  try {
    text = JSON.stringify(content);
  } catch (error) {
    if (!/BigInt|circular|stack/.test(String(error))) throw error;
  }
  return Buffer.from(text).toString('base64url');
}

const set = (columns: readonly string[], record: unknown): Sql =>
  sql`update ${table} set ${sql.set(table, columns as never, record as never)} where ${table.id} = ${1}`;
const insert = (columns: readonly string[], rows: unknown): Sql =>
  sql`insert into ${table} ${sql.values(table, columns as never, rows as never)}`;

const holes: readonly Position[] = [
  { name: 'a hole', write: (v) => sql`${select} name = ${v}`, harmless: x, means: same },
  {
    name: 'holes beside literals, names and comments',
    write: (v) => sql`${select} /* it's ? $1 */ name = ${v} and 'it''s ? $1 :a' <> ${'b'} -- ' end`,
    harmless: x,
    means: same,
  },
  {
    name: 'the first and the last hole',
    write: (v) => sql`select id from people where ${v} = name and name = ${v}`,
    harmless: x,
    means: same,
  },
  {
    name: 'a list',
    write: (v) => sql`${select} name = any(${['admin', v]})`,
    harmless: x,
    means: (t, p) => same(t, p) || p.name === 'admin',
    only: 'postgres',
  },
  { name: 'a limit', write: (v) => sql`select id from people limit ${v}`, harmless: [1] },
  {
    name: 'an inner statement',
    write: (v) => sql`${select} id in (${sql`${select} name = ${v}`})`,
    harmless: x,
    means: same,
  },
];

const helpers: readonly Position[] = [
  {
    name: 'sql.in',
    write: (v) => sql`${select} name ${sql.in([v, 'admin'])}`,
    harmless: x,
    means: (t, p) => same(t, p) || p.name === 'admin',
  },
  {
    name: 'sql.in as the list',
    write: (v) => sql`${select} name ${sql.in(v)}`,
    harmless: listsOf('x'),
    reads: true,
  },
  {
    name: 'sql.notIn',
    write: (v) => sql`${select} name ${sql.notIn([v, 'admin'])}`,
    harmless: x,
    means: (t, p) => !same(t, p) && p.name !== 'admin',
  },
  {
    name: 'sql.notIn as the list',
    write: (v) => sql`${select} name ${sql.notIn(v)}`,
    harmless: listsOf('x'),
    reads: true,
  },
  {
    name: 'sql.join',
    write: (v) => sql`${select} name in (${sql.join([v, 'admin'])})`,
    harmless: x,
    means: (t, p) => same(t, p) || p.name === 'admin',
  },
  {
    name: 'sql.join as the parts',
    write: (v) => sql`select ${sql.join(v)} from people`,
    harmless: listsOf('x'),
    reads: true,
  },
  {
    name: 'sql.join as the separator',
    write: (v) => sql`${select} name in (${sql.join(['a', 'b'], v)})`,
    harmless: [undefined],
  },
  {
    name: 'sql.and',
    write: (v) => sql`${select} ${sql.and(sql`name = ${v}`, sql`id > ${0}`)}`,
    harmless: x,
    means: same,
  },
  {
    name: 'sql.or',
    write: (v) => sql`${select} ${sql.or(sql`name = ${v}`, sql`id = ${1}`)}`,
    harmless: x,
    means: (t, p) => same(t, p) || p.id === 1,
  },
  {
    name: 'sql.and as a condition',
    write: (v) => sql`${select} ${sql.and(v, sql`id > ${0}`)}`,
    harmless: [undefined],
    refuses: 'sql/invalid-value',
    takesAnyText: true,
  },
  {
    name: 'sql.or as a condition',
    write: (v) => sql`${select} ${sql.or(sql`id > ${0}`, v)}`,
    harmless: [undefined],
    refuses: 'sql/invalid-value',
    takesAnyText: true,
  },
  {
    name: 'contains',
    write: (v) => sql`${select} name like ${contains(v)}`,
    like: true,
    harmless: x,
    means: (t, { name }) => name.includes(t),
  },
  {
    name: 'startsWith',
    write: (v) => sql`${select} name like ${startsWith(v)}`,
    like: true,
    harmless: x,
    means: (t, { name }) => name.startsWith(t),
  },
  {
    name: 'endsWith',
    write: (v) => sql`${select} name like ${endsWith(v)}`,
    like: true,
    harmless: x,
    means: (t, { name }) => name.endsWith(t),
  },
  {
    name: 'sql.json',
    write: (v) => sql`insert into scratch (data) values (${sql.json(v)})`,
    harmless: x,
    reads: true,
  },
  {
    name: 'sql.json as a key',
    write: (v) => sql`insert into scratch (data) values (${sql.json({ [String(v)]: 1 })})`,
    textOnly: true,
    harmless: x,
    reads: true,
  },
  {
    name: 'sql.jsonPath',
    write: (v) => sql`${select} ${sql.jsonPath('data', [v])} is not null`,
    harmless: ['x', 1],
    reads: true,
  },
  {
    name: 'sql.jsonPath behind others',
    write: (v) => sql`${select} ${sql.jsonPath('data', ['a', 0, v])} = ${'x'}`,
    harmless: ['x', 1],
    reads: true,
  },
  {
    name: 'sql.jsonPath as the path',
    write: (v) => sql`${select} ${sql.jsonPath('data', v)} = ${'x'}`,
    harmless: [['x'], [1], ['x', 'x'], [1, 'x'], ['x', 1], [1, 1]],
    reads: true,
  },
];

const choices: readonly Position[] = [
  {
    name: 'sql.orderBy',
    write: (v) => sql`select id from people ${sql.orderBy(v, { id: 'id', name: 'name' }, { default: 'id' })}`,
    harmless: orders,
    means: () => true,
    takesAnyText: true,
    reads: true,
  },
  {
    name: 'sql.orderBy as one of a list',
    write: (v) =>
      sql`select id from people ${sql.orderBy([v, 'name'], { id: 'id', name: 'name' }, { default: 'id' })}`,
    harmless: [...orders, ',,,'],
    means: () => true,
    takesAnyText: true,
    reads: true,
  },
  {
    name: 'sql.identifier',
    write: (v) => sql`select id from ${sql.identifier(v, ['people'])}`,
    harmless: ['people'],
    means: () => true,
    refuses: 'sql/unknown-identifier',
    takesAnyText: true,
  },
  {
    name: 'sql.identifier by a record',
    write: (v) => sql`select id from ${sql.identifier(v, { people: 'people' })}`,
    harmless: ['people'],
    means: () => true,
    refuses: 'sql/unknown-identifier',
    takesAnyText: true,
  },
  {
    name: 'the order of a keyset',
    write: (v) => page({ sort: v }),
    harmless: [...orders, ''],
    means: () => true,
    takesAnyText: true,
    reads: true,
  },
  {
    name: 'the cursor of a keyset',
    write: (v) => page({ sort: 'name', after: v }),
    harmless: ['', cursor('name,id', 'x', '1')],
    refuses: 'sql/bad-cursor',
    takesAnyText: true,
  },
  {
    name: 'a value in a cursor',
    write: (v) => page({ sort: 'name', after: cursor('name,id', v, '1') }),
    harmless: ['x'],
    reads: true,
    takesAnyText: true,
  },
  {
    name: 'an integer in a cursor',
    write: (v) => page({ sort: 'id', after: cursor('id', v) }),
    harmless: ['1'],
    reads: true,
    takesAnyText: true,
  },
  {
    name: 'the order in a cursor',
    write: (v) => page({ sort: 'name', after: cursor(v, 'x', '1') }),
    harmless: ['name,id'],
    reads: true,
    refuses: 'sql/bad-cursor',
    takesAnyText: true,
  },
  {
    name: 'the content of a cursor',
    write: (v) => page({ sort: 'name', after: Buffer.from(String(v)).toString('base64url') }),
    textOnly: true,
    harmless: ['["name,id","x","1"]', ''],
    reads: true,
    takesAnyText: true,
  },
];

const records: readonly Position[] = [
  { name: 'a value of sql.set', write: (v) => set(['name'], { name: v }), harmless: x },
  { name: 'a value of any type of sql.set', write: (v) => set(['note'], { note: v }), harmless: x },
  ...(['data', 'born', 'paid', 'price', 'amount', 'photo', 'tags'] as const).map(
    (column): Position => ({
      name: `a value of sql.set for ${column}`,
      write: (v) => set([column], { [column]: v }),
      harmless: [null],
      reads: true,
    }),
  ),
  {
    name: 'a key of sql.set',
    write: (v) => set(['name'], JSON.parse(`{${JSON.stringify(String(v))}: "x"}`)),
    textOnly: true,
    harmless: ['name'],
    refuses: 'sql/unknown-column',
    reads: true,
    takesAnyText: true,
  },
  {
    name: 'the record of sql.set',
    write: (v) => set(['name', 'note'], v),
    harmless: [{ name: 'x' }, { note: 'x' }, { name: 'x', note: 'x' }],
    reads: true,
  },
  {
    name: 'a value of sql.values',
    write: (v) =>
      insert(
        ['name', 'note'],
        [
          { name: 'x', note: 'x' },
          { name: v, note: 'x' },
        ],
      ),
    stores: 'name',
    harmless: x,
  },
  {
    name: 'a value of any type of sql.values',
    write: (v) => insert(['name', 'note'], [{ name: 'x', note: v }]),
    stores: 'note',
    harmless: x,
  },
  {
    name: 'a key of sql.values',
    write: (v) => insert(['name', 'note'], [JSON.parse(`{"name": "a", ${JSON.stringify(String(v))}: "x"}`)]),
    textOnly: true,
    harmless: ['name', 'note'],
    refuses: 'sql/unknown-column',
    reads: true,
    takesAnyText: true,
  },
  {
    name: 'a record of sql.values',
    write: (v) => insert(['name', 'note'], [{ name: 'x' }, v]),
    harmless: [{ name: 'x' }],
    reads: true,
  },
  {
    name: 'the records of sql.values',
    write: (v) => insert(['name', 'note'], v),
    harmless: [[{ name: 'x' }], [{ name: 'x' }, { name: 'x' }]],
    reads: true,
  },
  {
    name: 'the record where others are left out',
    write: (v) => sql`insert into ${table} ${sql.values(table, ['name'], [v], { extra: 'ignore' })}`,
    harmless: [{ name: 'x' }],
    reads: true,
  },
  {
    name: 'a value of sql.upsert',
    write: (v) =>
      sql.upsert(table, {
        columns: ['name', 'note'],
        rows: [{ name: v, note: v }],
        conflict: ['name'],
        update: ['note'],
      }),
    stores: 'note',
    harmless: x,
  },
  {
    name: 'a column of a table',
    write: (v) => sql`select ${(table as never)[String(v)]} from ${table}`,
    textOnly: true,
    harmless: Object.keys(table),
    reads: true,
    takesAnyText: true,
  },
];

export const positions: readonly Position[] = [...holes, ...helpers, ...choices, ...records];
