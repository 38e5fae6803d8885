import { contains, type Database, type Sql, sql } from 'bulwark/sql';
import { database } from 'bulwark/sql/pg';
import type { Connected, Contender } from '../contender.ts';
import { zod3Rows, zod4Rows } from '../row-schemas.ts';
import type { Listing, Product, Review } from '../shop.ts';
import { connectPool, namedZod3, namedZod4 } from './pg.ts';

export function connectBulwark(url: string): Connected {
  const pool = connectPool(url);
  const auto = database(pool);
  return {
    contenders: [
      asking('bulwark', auto),
      asking('bulwark, prepare: never', database(pool, { prepare: 'never' })),
      checking('bulwark, rows checked by zod 3', namedZod3, auto, zod3Rows),
      checking('bulwark, rows checked by zod 4', namedZod4, auto, zod4Rows),
    ],
    close: () => pool.end(),
  };
}

const byId = (id: number): Sql => sql`select id, name, price from product where id = ${id}`;

const search = (text: string, maxPrice: number): Sql => sql`
  select p.id, p.name, m.name as maker from product p join maker m on m.id = p.maker_id
  where p.name ilike ${contains(text)} and p.price < ${maxPrice} order by p.price desc, p.id limit 20`;

const inList = (ids: readonly number[]): Sql =>
  sql`select id, name, price from product where id = any(${ids}) order by id`;

const insert = ({ product_id, stars, body }: Review): Sql => sql`
  insert into review (product_id, stars, body) values (${product_id}, ${stars}, ${body})
  returning product_id, stars, body`;

function asking(name: string, db: Database): Contender {
  return {
    name,
    byId: (id) => db.one<Product>(byId(id)),
    search: (text, maxPrice) => db.all<Listing>(search(text, maxPrice)),
    inList: (ids) => db.all<Product>(inList(ids)),
    insert: (review) => db.one<Review>(insert(review)),
  };
}

function checking(
  name: string,
  twin: string,
  db: Database,
  rows: typeof zod3Rows | typeof zod4Rows,
): Contender {
  return {
    name,
    twin,
    byId: (id) => db.one<Product>(byId(id), { row: rows.product }),
    search: (text, maxPrice) => db.all<Listing>(search(text, maxPrice), { row: rows.listing }),
    inList: (ids) => db.all<Product>(inList(ids), { row: rows.product }),
    insert: (review) => db.one<Review>(insert(review), { row: rows.review }),
  };
}
