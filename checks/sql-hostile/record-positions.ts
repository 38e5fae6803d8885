import { type Sql, sql } from '../../lib/sql/index.ts';
import type { Position } from './position.ts';

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

const set = (columns: readonly string[], record: unknown): Sql =>
  sql`update ${table} set ${sql.set(table, columns as never, record as never)} where ${table.id} = ${1}`;
const insert = (columns: readonly string[], rows: unknown): Sql =>
  sql`insert into ${table} ${sql.values(table, columns as never, rows as never)}`;

export const recordPositions: readonly Position[] = [
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
