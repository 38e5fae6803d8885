import { contains, sql } from '../../lib/sql/index.ts';
import type { DialectCase } from './run-case.ts';

const keys = {
  id: { column: 'goods.id', type: 'integer' },
  stock: { column: 'stock', type: 'integer' },
  price: { column: 'price', type: 'decimal', nulls: 'last' },
  made: { column: 'made', type: 'date', nulls: 'first' },
  active: { column: 'active', type: 'boolean' },
  half: { column: sql`stock / 2.0e0`, type: 'number' },
} as const;
const page = (sort: string, ...values: readonly (string | null)[]) => {
  const cursor = Buffer.from(JSON.stringify([sort, ...values])).toString('base64url');
  return sql.keyset(keys, {
    sort,
    unique: 'id',
    size: 2,
    max: 5,
    after: values.length > 0 ? cursor : undefined,
  });
};
const read = ({ where, orderBy, limit }: ReturnType<typeof page>) => {
  return sql`select id from goods where ${where} ${orderBy} ${limit}`;
};

export const pageCases: readonly DialectCase[] = [
  {
    name: 'a first page',
    query: () => read(page('-stock')),
    postgres: {
      text: 'select id from goods where true order by "stock" desc, "goods"."id" limit $1',
      values: [3],
    },
    mysql: {
      text: 'select id from goods where true order by `stock` desc, `goods`.`id` limit ?',
      values: [3],
    },
    sqlite: {
      text: 'select id from goods where true order by `stock` desc, `goods`.`id` limit ?',
      values: [3],
    },
    rows: [['2'], ['3'], ['1']],
  },
  {
    name: 'the key of a page',
    query: () =>
      sql`select id from (select goods.id, ${page('-stock,half,made,id').key} from goods) as g where page_key like ${contains('7')} order by id`,
    postgres: {
      text: 'select id from (select goods.id, cast(json_build_array(cast("stock" as text), cast(cast(stock / 2.0e0 as double precision) as text), "made", cast("goods"."id" as text)) as text) as page_key from goods) as g where page_key like $1 order by id',
      values: ['%7%'],
    },
    mysql: {
      text: "select id from (select goods.id, json_array(cast(`stock` as char), cast(stock / 2.0e0 + 0e0 as char), cast(`made` as char), cast(`goods`.`id` as char)) as page_key from goods) as g where page_key like ? escape '|' order by id",
      values: ['%7%'],
    },
    sqlite: {
      text: "select id from (select goods.id, json_array(cast(`stock` as text), (select case when typeof(v) <> 'real' then cast(v as text) when abs(v) > ? then printf('%!.17g', v * ?) || 'p640' when v <> 0 and abs(v) < ? then printf('%!.17g', v * ?) || 'p-1000' when v <> 0 and abs(v) < ? then printf('%!.17g', v * ?) || 'p-640' else printf('%!.17g', v) end from (select stock / 2.0e0 as v)), cast(`made` as text), cast(`goods`.`id` as text)) as page_key from goods) as g where page_key like ? escape '|' order by id",
      values: [2 ** 380, 2 ** -640, 2 ** -900, 2 ** 1000, 2 ** -260, 2 ** 640, '%7%'],
    },
    rows: [['1'], ['2'], ['3']],
  },
  {
    name: 'a page behind a row',
    query: () => read(page('-stock,id', '7', '3')),
    postgres: {
      text: 'select id from goods where ("stock" <= cast($1 as bigint) and ("stock" < cast($2 as bigint) or ("stock" = cast($3 as bigint) and "goods"."id" > cast($4 as bigint)))) order by "stock" desc, "goods"."id" limit $5',
      values: ['7', '7', '7', '3', 3],
    },
    mysql: {
      text: 'select id from goods where (`stock` <= cast(? as signed) and (`stock` < cast(? as signed) or (`stock` = cast(? as signed) and `goods`.`id` > cast(? as signed)))) order by `stock` desc, `goods`.`id` limit ?',
      values: ['7', '7', '7', '3', 3],
    },
    sqlite: {
      text: 'select id from goods where (`stock` <= ? and (`stock` < ? or (`stock` = ? and `goods`.`id` > ?))) order by `stock` desc, `goods`.`id` limit ?',
      values: [7n, 7n, 7n, 3n, 3],
    },
    rows: [['1'], ['5'], ['6']],
  },
  {
    name: 'a page in two directions',
    query: () => read(page('-stock,active,-id', '1', 'true', '6')),
    postgres: {
      text: 'select id from goods where ("stock" <= cast($1 as bigint) and ("stock" < cast($2 as bigint) or ("stock" = cast($3 as bigint) and ("active" > cast($4 as boolean) or ("active" = cast($5 as boolean) and "goods"."id" < cast($6 as bigint)))))) order by "stock" desc, "active", "goods"."id" desc limit $7',
      values: ['1', '1', '1', 'true', 'true', '6', 3],
    },
    mysql: {
      text: 'select id from goods where (`stock` <= cast(? as signed) and (`stock` < cast(? as signed) or (`stock` = cast(? as signed) and (`active` > cast(? as signed) or (`active` = cast(? as signed) and `goods`.`id` < cast(? as signed)))))) order by `stock` desc, `active`, `goods`.`id` desc limit ?',
      values: ['1', '1', '1', '1', '1', '6', 3],
    },
    sqlite: {
      text: 'select id from goods where (`stock` <= ? and (`stock` < ? or (`stock` = ? and (`active` > ? or (`active` = ? and `goods`.`id` < ?))))) order by `stock` desc, `active`, `goods`.`id` desc limit ?',
      values: [1n, 1n, 1n, true, true, 6n, 3],
    },
    rows: [['4']],
  },
  {
    name: 'a page behind a decimal',
    query: () => read(page('price,id', '12.50', '1')),
    postgres: {
      text: 'select id from goods where (("price" > cast($1 as numeric) or "price" is null) or ("price" = cast($2 as numeric) and "goods"."id" > cast($3 as bigint))) order by "price" nulls last, "goods"."id" limit $4',
      values: ['12.50', '12.50', '1', 3],
    },
    mysql: {
      text: 'select id from goods where ((`price` > cast(? as decimal(65, 30)) or `price` is null) or (`price` = cast(? as decimal(65, 30)) and `goods`.`id` > cast(? as signed))) order by `price` is null, `price`, `goods`.`id` limit ?',
      values: ['12.50', '12.50', '1', 3],
    },
    sqlite: {
      text: 'select id from goods where ((`price` > ? or `price` is null) or (`price` = ? and `goods`.`id` > ?)) order by `price` nulls last, `goods`.`id` limit ?',
      values: [12.5, 12.5, 1n, 3],
    },
    rows: [['2'], ['5'], ['3']],
  },
  {
    name: 'a page behind NULL at the end',
    query: () => read(page('price,id', null, '3')),
    postgres: {
      text: 'select id from goods where (false or ("price" is null and "goods"."id" > cast($1 as bigint))) order by "price" nulls last, "goods"."id" limit $2',
      values: ['3', 3],
    },
    mysql: {
      text: 'select id from goods where (false or (`price` is null and `goods`.`id` > cast(? as signed))) order by `price` is null, `price`, `goods`.`id` limit ?',
      values: ['3', 3],
    },
    sqlite: {
      text: 'select id from goods where (false or (`price` is null and `goods`.`id` > ?)) order by `price` nulls last, `goods`.`id` limit ?',
      values: [3n, 3],
    },
    rows: [['6']],
  },
  {
    name: 'a page behind NULL at the start',
    query: () => read(page('made,id', null, '5')),
    postgres: {
      text: 'select id from goods where ("made" is not null or ("made" is null and "goods"."id" > cast($1 as bigint))) order by "made" nulls first, "goods"."id" limit $2',
      values: ['5', 3],
    },
    mysql: {
      text: 'select id from goods where (`made` is not null or (`made` is null and `goods`.`id` > cast(? as signed))) order by `made`, `goods`.`id` limit ?',
      values: ['5', 3],
    },
    sqlite: {
      text: 'select id from goods where (`made` is not null or (`made` is null and `goods`.`id` > ?)) order by `made` nulls first, `goods`.`id` limit ?',
      values: [5n, 3],
    },
    rows: [['6'], ['1'], ['2']],
  },
  {
    name: 'a page behind a date',
    query: () => read(page('made,id', '1970-01-01T00:00:00.000Z', '1')),
    postgres: {
      text: 'select id from goods where ("made" > $1 or ("made" = $2 and "goods"."id" > cast($3 as bigint))) order by "made" nulls first, "goods"."id" limit $4',
      values: ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', '1', 3],
    },
    mysql: {
      text: 'select id from goods where (`made` > cast(? as datetime(6)) or (`made` = cast(? as datetime(6)) and `goods`.`id` > cast(? as signed))) order by `made`, `goods`.`id` limit ?',
      values: ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', '1', 3],
    },
    sqlite: {
      text: 'select id from goods where (`made` > ? or (`made` = ? and `goods`.`id` > ?)) order by `made` nulls first, `goods`.`id` limit ?',
      values: ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', 1n, 3],
    },
    rows: [['2']],
  },
  {
    name: 'a page behind a float',
    query: () => read(page('half,id', '1.5', '1')),
    postgres: {
      text: 'select id from goods where ((stock / 2.0e0) >= cast($1 as double precision) and ((stock / 2.0e0) > cast($2 as double precision) or ((stock / 2.0e0) = cast($3 as double precision) and "goods"."id" > cast($4 as bigint)))) order by stock / 2.0e0, "goods"."id" limit $5',
      values: ['1.5', '1.5', '1.5', '1', 3],
    },
    mysql: {
      text: 'select id from goods where ((stock / 2.0e0) >= (? + 0e0) and ((stock / 2.0e0) > (? + 0e0) or ((stock / 2.0e0) = (? + 0e0) and `goods`.`id` > cast(? as signed)))) order by stock / 2.0e0, `goods`.`id` limit ?',
      values: ['1.5', '1.5', '1.5', '1', 3],
    },
    sqlite: {
      text: 'select id from goods where ((stock / 2.0e0) >= ? and ((stock / 2.0e0) > ? or ((stock / 2.0e0) = ? and `goods`.`id` > ?))) order by stock / 2.0e0, `goods`.`id` limit ?',
      values: [1.5, 1.5, 1.5, 1n, 3],
    },
    rows: [['2'], ['3']],
  },
  {
    name: 'a page by the unique key alone',
    query: () => read(page('-id', '5')),
    postgres: {
      text: 'select id from goods where "goods"."id" < cast($1 as bigint) order by "goods"."id" desc limit $2',
      values: ['5', 3],
    },
    mysql: {
      text: 'select id from goods where `goods`.`id` < cast(? as signed) order by `goods`.`id` desc limit ?',
      values: ['5', 3],
    },
    sqlite: {
      text: 'select id from goods where `goods`.`id` < ? order by `goods`.`id` desc limit ?',
      values: [5n, 3],
    },
    rows: [['4'], ['3'], ['2']],
  },
];
