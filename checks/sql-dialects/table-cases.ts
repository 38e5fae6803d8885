import { sql } from '../../lib/sql/index.ts';
import { type DialectCase, goods } from './run-case.ts';

const g = sql.as(goods, 'g');
const upsert = (
  update: readonly ('name' | 'stock')[],
  ...rows: readonly { id: number; name?: string; stock?: number }[]
) => {
  return sql.upsert(goods, { columns: ['id', 'name', 'stock'], rows, conflict: ['id'], update });
};
const all = () => sql`select ${g.id}, ${g.name}, ${g.stock} from ${g} where ${g.id} > ${5} order by ${g.id}`;

export const tableCases: readonly DialectCase[] = [
  {
    name: 'an insert of a record',
    query: () => sql`insert into ${goods} ${sql.values(goods, ['id', 'name'], [{ id: 7, name: "it's" }])}`,
    after: all,
    postgres: { text: 'insert into "goods" ("id", "name") values ($1, $2)', values: [7, "it's"] },
    mysql: { text: 'insert into `goods` (`id`, `name`) values (?, ?)', values: [7, "it's"] },
    sqlite: { text: 'insert into `goods` (`id`, `name`) values (?, ?)', values: [7, "it's"] },
    rows: [
      ['6', null, '1'],
      ['7', "it's", '0'],
    ],
  },
  {
    name: 'an insert of several',
    query: () =>
      sql`insert into ${goods} ${sql.values(
        goods,
        ['id', 'name', 'stock'],
        [
          { id: 7, name: 'x', stock: 1 },
          { stock: 2, id: 8, name: null },
        ],
      )}`,
    after: all,
    postgres: {
      text: 'insert into "goods" ("id", "name", "stock") values ($1, $2, $3), ($4, $5, $6)',
      values: [7, 'x', 1, 8, null, 2],
    },
    mysql: {
      text: 'insert into `goods` (`id`, `name`, `stock`) values (?, ?, ?), (?, ?, ?)',
      values: [7, 'x', 1, 8, null, 2],
    },
    sqlite: {
      text: 'insert into `goods` (`id`, `name`, `stock`) values (?, ?, ?), (?, ?, ?)',
      values: [7, 'x', 1, 8, null, 2],
    },
    rows: [
      ['6', null, '1'],
      ['7', 'x', '1'],
      ['8', null, '2'],
    ],
  },
  {
    name: 'an insert in which names are missing',
    query: () =>
      sql`insert into ${goods} ${sql.values(goods, ['id', 'name'], [{ id: 7 }, { id: 8, name: 'y' }])}`,
    after: all,
    postgres: {
      text: 'insert into "goods" ("id", "name") values ($1, $2), ($3, $4)',
      values: [7, null, 8, 'y'],
    },
    mysql: { text: 'insert into `goods` (`id`, `name`) values (?, ?), (?, ?)', values: [7, null, 8, 'y'] },
    sqlite: { text: 'insert into `goods` (`id`, `name`) values (?, ?), (?, ?)', values: [7, null, 8, 'y'] },
    rows: [
      ['6', null, '1'],
      ['7', null, '0'],
      ['8', 'y', '0'],
    ],
  },
  {
    name: 'an insert in which defaults are missing from some',
    query: () =>
      sql`insert into ${goods} ${sql.values(goods, ['id', 'stock'], [{ id: 7, stock: 4 }, { id: 8 }])}`,
    after: all,
    postgres: {
      text: 'insert into "goods" ("id", "stock") values ($1, $2), ($3, default)',
      values: [7, 4, 8],
    },
    mysql: { text: 'insert into `goods` (`id`, `stock`) values (?, ?), (?, default)', values: [7, 4, 8] },
    sqlite: { refused: 'sql/missing-value' },
    rows: [
      ['6', null, '1'],
      ['7', null, '4'],
      ['8', null, '0'],
    ],
  },
  {
    name: 'an insert in which a default is missing from all',
    query: () => sql`insert into ${goods} ${sql.values(goods, ['id', 'stock'], [{ id: 7 }])}`,
    after: all,
    postgres: { text: 'insert into "goods" ("id", "stock") values ($1, default)', values: [7] },
    mysql: { text: 'insert into `goods` (`id`, `stock`) values (?, default)', values: [7] },
    sqlite: { text: 'insert into `goods` (`id`) values (?)', values: [7] },
    rows: [
      ['6', null, '1'],
      ['7', null, '0'],
    ],
  },
  {
    name: 'an insert of each type',
    query: () =>
      sql`insert into ${goods} ${sql.values(goods, ['id', 'name', 'price', 'stock', 'active', 'tags', 'made', 'raw'], [{ id: 7, name: '\\', price: '0.25', stock: 9, active: false, tags: { a: 1 }, made: '1970-01-02T00:00:00Z', raw: new Uint8Array([1]) }])}`,
    after: () =>
      sql`select id, stock, active, raw, ${sql.jsonPath('tags', ['a'])} as a from goods where id = ${7} and made = ${'1970-01-02T00:00:00Z'}`,
    postgres: {
      text: 'insert into "goods" ("id", "name", "price", "stock", "active", "tags", "made", "raw") values ($1, $2, $3, $4, $5, $6, $7, $8)',
      values: [7, '\\', '0.25', 9, false, '{"a":1}', '1970-01-02T00:00:00Z', new Uint8Array([1])],
    },
    mysql: {
      text: 'insert into `goods` (`id`, `name`, `price`, `stock`, `active`, `tags`, `made`, `raw`) values (?, ?, ?, ?, ?, ?, ?, ?)',
      values: [7, '\\', '0.25', 9, false, '{"a":1}', new Date(86400000), new Uint8Array([1])],
    },
    sqlite: {
      text: 'insert into `goods` (`id`, `name`, `price`, `stock`, `active`, `tags`, `made`, `raw`) values (?, ?, ?, ?, ?, ?, ?, ?)',
      values: [7, '\\', '0.25', 9, false, '{"a":1}', '1970-01-02T00:00:00Z', new Uint8Array([1])],
    },
    rows: [['7', '9', '0', '01', '1']],
  },
  {
    name: 'an insert of an expression',
    query: () =>
      sql`insert into ${goods} ${sql.values(goods, ['id', 'stock'], [{ id: sql`coalesce(${7}, 0)`, stock: 1 }])}`,
    after: all,
    postgres: { text: 'insert into "goods" ("id", "stock") values (coalesce($1, 0), $2)', values: [7, 1] },
    mysql: { text: 'insert into `goods` (`id`, `stock`) values (coalesce(?, 0), ?)', values: [7, 1] },
    sqlite: { text: 'insert into `goods` (`id`, `stock`) values (coalesce(?, 0), ?)', values: [7, 1] },
    rows: [
      ['6', null, '1'],
      ['7', null, '1'],
    ],
  },
  {
    name: 'an insert that leaves other keys out',
    query: () =>
      sql`insert into ${goods} ${sql.values(goods, ['id'], [JSON.parse('{"id":7,"stock":9}')], { extra: 'ignore' })}`,
    after: all,
    postgres: { text: 'insert into "goods" ("id") values ($1)', values: [7] },
    mysql: { text: 'insert into `goods` (`id`) values (?)', values: [7] },
    sqlite: { text: 'insert into `goods` (`id`) values (?)', values: [7] },
    rows: [
      ['6', null, '1'],
      ['7', null, '0'],
    ],
  },
  {
    name: 'an update from a record',
    query: () =>
      sql`update ${goods} set ${sql.set(goods, ['name', 'stock'], { stock: 5, name: "' --" })} where ${goods.id} = ${6}`,
    after: all,
    postgres: {
      text: 'update "goods" set "name" = $1, "stock" = $2 where "goods"."id" = $3',
      values: ["' --", 5, 6],
    },
    mysql: {
      text: 'update `goods` set `name` = ?, `stock` = ? where `goods`.`id` = ?',
      values: ["' --", 5, 6],
    },
    sqlite: {
      text: 'update `goods` set `name` = ?, `stock` = ? where `goods`.`id` = ?',
      values: ["' --", 5, 6],
    },
    rows: [['6', "' --", '5']],
  },
  {
    name: 'an update of one column',
    query: () =>
      sql`update ${goods} set ${sql.set(goods, ['name', 'stock'], { stock: 5 })} where ${goods.id} = ${6}`,
    after: all,
    postgres: { text: 'update "goods" set "stock" = $1 where "goods"."id" = $2', values: [5, 6] },
    mysql: { text: 'update `goods` set `stock` = ? where `goods`.`id` = ?', values: [5, 6] },
    sqlite: { text: 'update `goods` set `stock` = ? where `goods`.`id` = ?', values: [5, 6] },
    rows: [['6', null, '5']],
  },
  {
    name: 'an update to NULL',
    query: () =>
      sql`update ${goods} set ${sql.set(goods, ['price'], { price: null })} where ${goods.id} = ${1}`,
    after: () => sql`select id from goods where price is null order by id`,
    postgres: { text: 'update "goods" set "price" = $1 where "goods"."id" = $2', values: [null, 1] },
    mysql: { text: 'update `goods` set `price` = ? where `goods`.`id` = ?', values: [null, 1] },
    sqlite: { text: 'update `goods` set `price` = ? where `goods`.`id` = ?', values: [null, 1] },
    rows: [['1'], ['3'], ['6']],
  },
  {
    name: 'an update by an expression',
    query: () =>
      sql`update ${goods} set ${sql.set(goods, ['stock'], { stock: sql`${goods.stock} + ${10}` })} where ${goods.id} = ${6}`,
    after: all,
    postgres: {
      text: 'update "goods" set "stock" = "goods"."stock" + $1 where "goods"."id" = $2',
      values: [10, 6],
    },
    mysql: {
      text: 'update `goods` set `stock` = `goods`.`stock` + ? where `goods`.`id` = ?',
      values: [10, 6],
    },
    sqlite: {
      text: 'update `goods` set `stock` = `goods`.`stock` + ? where `goods`.`id` = ?',
      values: [10, 6],
    },
    rows: [['6', null, '11']],
  },
  {
    name: 'an upsert of a new row',
    query: () => upsert(['name'], { id: 7, name: 'new', stock: 2 }),
    after: all,
    postgres: {
      text: 'insert into "goods" ("id", "name", "stock") values ($1, $2, $3) on conflict ("id") do update set "name" = "excluded"."name"',
      values: [7, 'new', 2],
    },
    mysql: {
      text: 'insert into `goods` (`id`, `name`, `stock`) values (?, ?, ?) on duplicate key update `name` = values(`name`)',
      values: [7, 'new', 2],
    },
    sqlite: {
      text: 'insert into `goods` (`id`, `name`, `stock`) values (?, ?, ?) on conflict (`id`) do update set `name` = `excluded`.`name`',
      values: [7, 'new', 2],
    },
    rows: [
      ['6', null, '1'],
      ['7', 'new', '2'],
    ],
  },
  {
    name: 'an upsert of a known row',
    query: () => upsert(['name'], { id: 6, name: 'changed', stock: 9 }),
    after: all,
    postgres: {
      text: 'insert into "goods" ("id", "name", "stock") values ($1, $2, $3) on conflict ("id") do update set "name" = "excluded"."name"',
      values: [6, 'changed', 9],
    },
    mysql: {
      text: 'insert into `goods` (`id`, `name`, `stock`) values (?, ?, ?) on duplicate key update `name` = values(`name`)',
      values: [6, 'changed', 9],
    },
    sqlite: {
      text: 'insert into `goods` (`id`, `name`, `stock`) values (?, ?, ?) on conflict (`id`) do update set `name` = `excluded`.`name`',
      values: [6, 'changed', 9],
    },
    rows: [['6', 'changed', '1']],
  },
  {
    name: 'an upsert of both',
    query: () => upsert(['name', 'stock'], { id: 6, name: 'c', stock: 9 }, { id: 7, name: 'n', stock: 8 }),
    after: all,
    postgres: {
      text: 'insert into "goods" ("id", "name", "stock") values ($1, $2, $3), ($4, $5, $6) on conflict ("id") do update set "name" = "excluded"."name", "stock" = "excluded"."stock"',
      values: [6, 'c', 9, 7, 'n', 8],
    },
    mysql: {
      text: 'insert into `goods` (`id`, `name`, `stock`) values (?, ?, ?), (?, ?, ?) on duplicate key update `name` = values(`name`), `stock` = values(`stock`)',
      values: [6, 'c', 9, 7, 'n', 8],
    },
    sqlite: {
      text: 'insert into `goods` (`id`, `name`, `stock`) values (?, ?, ?), (?, ?, ?) on conflict (`id`) do update set `name` = `excluded`.`name`, `stock` = `excluded`.`stock`',
      values: [6, 'c', 9, 7, 'n', 8],
    },
    rows: [
      ['6', 'c', '9'],
      ['7', 'n', '8'],
    ],
  },
  {
    name: 'an upsert that changes nothing',
    query: () => upsert([], { id: 6, name: 'c', stock: 9 }, { id: 7, name: 'n', stock: 8 }),
    after: all,
    postgres: {
      text: 'insert into "goods" ("id", "name", "stock") values ($1, $2, $3), ($4, $5, $6) on conflict ("id") do nothing',
      values: [6, 'c', 9, 7, 'n', 8],
    },
    mysql: {
      text: 'insert into `goods` (`id`, `name`, `stock`) values (?, ?, ?), (?, ?, ?) on duplicate key update `id` = `id`',
      values: [6, 'c', 9, 7, 'n', 8],
    },
    sqlite: {
      text: 'insert into `goods` (`id`, `name`, `stock`) values (?, ?, ?), (?, ?, ?) on conflict (`id`) do nothing',
      values: [6, 'c', 9, 7, 'n', 8],
    },
    rows: [
      ['6', null, '1'],
      ['7', 'n', '8'],
    ],
  },
  {
    name: 'a delete',
    query: () => sql`delete from ${goods} where ${goods.id} ${sql.in([6])}`,
    after: all,
    postgres: { text: 'delete from "goods" where "goods"."id" = any($1)', values: [[6]] },
    mysql: { text: 'delete from `goods` where `goods`.`id` in (?)', values: [6] },
    sqlite: { text: 'delete from `goods` where `goods`.`id` in (?)', values: [6] },
    rows: [],
  },
];
