import { sql } from '../../lib/sql/index.ts';
import type { DialectCase } from './run-case.ts';

const columns = {
  id: 'goods.id',
  stock: 'stock',
  double: sql`stock * ${2}`,
  price: { column: 'price', nulls: 'last' },
  unpriced: { column: sql`coalesce(price, ${null})`, nulls: 'first' },
} as const;
const order = (input: unknown, max?: number) => {
  return sql.orderBy(input, columns, { default: ['-stock', 'id'], ...(max !== undefined && { max }) });
};
export const orderCases: readonly DialectCase[] = [
  {
    name: 'one key',
    query: () => sql`select id from goods ${order('id')}`,
    postgres: { text: 'select id from goods order by "goods"."id"', values: [] },
    mysql: { text: 'select id from goods order by `goods`.`id`', values: [] },
    sqlite: { text: 'select id from goods order by `goods`.`id`', values: [] },
    rows: [['1'], ['2'], ['3'], ['4'], ['5'], ['6']],
  },
  {
    name: 'a key downwards',
    query: () => sql`select id from goods ${order('-id')}`,
    postgres: { text: 'select id from goods order by "goods"."id" desc', values: [] },
    mysql: { text: 'select id from goods order by `goods`.`id` desc', values: [] },
    sqlite: { text: 'select id from goods order by `goods`.`id` desc', values: [] },
    rows: [['6'], ['5'], ['4'], ['3'], ['2'], ['1']],
  },
  {
    name: 'several keys',
    query: () => sql`select id from goods ${order('stock,-id')}`,
    postgres: { text: 'select id from goods order by "stock", "goods"."id" desc', values: [] },
    mysql: { text: 'select id from goods order by `stock`, `goods`.`id` desc', values: [] },
    sqlite: { text: 'select id from goods order by `stock`, `goods`.`id` desc', values: [] },
    rows: [['4'], ['6'], ['5'], ['1'], ['3'], ['2']],
  },
  {
    name: 'a key with ties, ended by the unique one',
    query: () => {
      const order = sql.orderBy('stock', columns, { default: 'price', unique: 'id' });
      return sql`select id from goods ${order} limit ${6}`;
    },
    postgres: { text: 'select id from goods order by "stock", "goods"."id" limit $1', values: [6] },
    mysql: { text: 'select id from goods order by `stock`, `goods`.`id` limit ?', values: [6] },
    sqlite: { text: 'select id from goods order by `stock`, `goods`.`id` limit ?', values: [6] },
    rows: [['4'], ['5'], ['6'], ['1'], ['2'], ['3']],
  },
  {
    name: 'keys in a list',
    query: () => sql`select id from goods ${order(['-stock', '-id'])}`,
    postgres: { text: 'select id from goods order by "stock" desc, "goods"."id" desc', values: [] },
    mysql: { text: 'select id from goods order by `stock` desc, `goods`.`id` desc', values: [] },
    sqlite: { text: 'select id from goods order by `stock` desc, `goods`.`id` desc', values: [] },
    rows: [['3'], ['2'], ['1'], ['6'], ['5'], ['4']],
  },
  {
    name: 'an expression with a value',
    query: () => sql`select id from goods ${order('-double,id')}`,
    postgres: { text: 'select id from goods order by stock * $1 desc, "goods"."id"', values: [2] },
    mysql: { text: 'select id from goods order by stock * ? desc, `goods`.`id`', values: [2] },
    sqlite: { text: 'select id from goods order by stock * ? desc, `goods`.`id`', values: [2] },
    rows: [['2'], ['3'], ['1'], ['5'], ['6'], ['4']],
  },
  {
    name: 'the default order',
    query: () => sql`select id from goods ${order(undefined)}`,
    postgres: { text: 'select id from goods order by "stock" desc, "goods"."id"', values: [] },
    mysql: { text: 'select id from goods order by `stock` desc, `goods`.`id`', values: [] },
    sqlite: { text: 'select id from goods order by `stock` desc, `goods`.`id`', values: [] },
    rows: [['2'], ['3'], ['1'], ['5'], ['6'], ['4']],
  },
  {
    name: 'an unknown key',
    query: () => sql`select id from goods ${order('id; drop table goods')}`,
    postgres: { text: 'select id from goods order by "stock" desc, "goods"."id"', values: [] },
    mysql: { text: 'select id from goods order by `stock` desc, `goods`.`id`', values: [] },
    sqlite: { text: 'select id from goods order by `stock` desc, `goods`.`id`', values: [] },
    rows: [['2'], ['3'], ['1'], ['5'], ['6'], ['4']],
  },
  {
    name: 'an unknown key beside a known one',
    query: () => sql`select id from goods ${order('constructor,-id')}`,
    postgres: { text: 'select id from goods order by "goods"."id" desc', values: [] },
    mysql: { text: 'select id from goods order by `goods`.`id` desc', values: [] },
    sqlite: { text: 'select id from goods order by `goods`.`id` desc', values: [] },
    rows: [['6'], ['5'], ['4'], ['3'], ['2'], ['1']],
  },
  {
    name: 'more keys than count',
    query: () => sql`select id from goods ${order('-stock,-id,price', 2)}`,
    postgres: { text: 'select id from goods order by "stock" desc, "goods"."id" desc', values: [] },
    mysql: { text: 'select id from goods order by `stock` desc, `goods`.`id` desc', values: [] },
    sqlite: { text: 'select id from goods order by `stock` desc, `goods`.`id` desc', values: [] },
    rows: [['3'], ['2'], ['1'], ['6'], ['5'], ['4']],
  },
  {
    name: 'NULL at the end',
    query: () => sql`select id from goods ${order('price,id')}`,
    postgres: { text: 'select id from goods order by "price" nulls last, "goods"."id"', values: [] },
    mysql: { text: 'select id from goods order by `price` is null, `price`, `goods`.`id`', values: [] },
    sqlite: { text: 'select id from goods order by `price` nulls last, `goods`.`id`', values: [] },
    rows: [['4'], ['1'], ['2'], ['5'], ['3'], ['6']],
  },
  {
    name: 'NULL at the end, downwards',
    query: () => sql`select id from goods ${order('-price,-id')}`,
    postgres: {
      text: 'select id from goods order by "price" desc nulls last, "goods"."id" desc',
      values: [],
    },
    mysql: { text: 'select id from goods order by `price` desc, `goods`.`id` desc', values: [] },
    sqlite: { text: 'select id from goods order by `price` desc nulls last, `goods`.`id` desc', values: [] },
    rows: [['5'], ['2'], ['1'], ['4'], ['6'], ['3']],
  },
  {
    name: 'NULL at the start',
    query: () => sql`select id from goods ${order('unpriced,id')}`,
    postgres: {
      text: 'select id from goods order by coalesce(price, $1) nulls first, "goods"."id"',
      values: [null],
    },
    mysql: { text: 'select id from goods order by coalesce(price, ?), `goods`.`id`', values: [null] },
    sqlite: {
      text: 'select id from goods order by coalesce(price, ?) nulls first, `goods`.`id`',
      values: [null],
    },
    rows: [['3'], ['6'], ['4'], ['1'], ['2'], ['5']],
  },
  {
    name: 'NULL at the start, downwards',
    query: () => sql`select id from goods ${order('-unpriced,id')}`,
    postgres: {
      text: 'select id from goods order by coalesce(price, $1) desc nulls first, "goods"."id"',
      values: [null],
    },
    mysql: {
      text: 'select id from goods order by (coalesce(price, ?)) is not null, coalesce(price, ?) desc, `goods`.`id`',
      values: [null, null],
    },
    sqlite: {
      text: 'select id from goods order by coalesce(price, ?) desc nulls first, `goods`.`id`',
      values: [null],
    },
    rows: [['3'], ['6'], ['5'], ['1'], ['2'], ['4']],
  },
];
