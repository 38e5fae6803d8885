import { contains, type Database, sql } from 'bulwark/sql';
import { database } from 'bulwark/sql/pg';
import type { Connected, Contender } from '../contender.ts';
import type { Listing, Product, Review } from '../shop.ts';
import { connectPool } from './pg.ts';

export function connectBulwark(url: string): Connected {
  const pool = connectPool(url);
  return {
    contenders: [asking('bulwark', database(pool))],
    close: () => pool.end(),
  };
}

function asking(name: string, db: Database): Contender {
  return {
    name,
    byId: (id) => db.one<Product>(sql`select id, name, price from product where id = ${id}`),
    search: (text, maxPrice) =>
      db.all<Listing>(sql`
        select p.id, p.name, m.name as maker from product p join maker m on m.id = p.maker_id
        where p.name ilike ${contains(text)} and p.price < ${maxPrice} order by p.price desc, p.id limit 20`),
    inList: (ids) =>
      db.all<Product>(sql`select id, name, price from product where id = any(${ids}) order by id`),
    insert: ({ product_id, stars, body }) =>
      db.one<Review>(sql`insert into review (product_id, stars, body)
        values (${product_id}, ${stars}, ${body}) returning product_id, stars, body`),
  };
}
