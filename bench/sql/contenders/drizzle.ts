import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Pool, QueryResult } from 'pg';
import type { Contender } from '../contender.ts';
import type { Listing, Product, Review } from '../shop.ts';

export function onDrizzle(client: Pool): readonly Contender[] {
  const db = drizzle({ client });
  return [
    {
      name: 'Drizzle, sql tag',
      byId: async (id) =>
        firstOf<Product>(await db.execute(sql`select id, name, price from product where id = ${id}`)),
      search: async (text, maxPrice) =>
        rowsOf<Listing>(
          await db.execute(sql`
              select p.id, p.name, m.name as maker from product p join maker m on m.id = p.maker_id
              where p.name ilike ${`%${text}%`} and p.price < ${maxPrice}
              order by p.price desc, p.id limit 20`),
        ),
      // A list by itself would become one placeholder for each of its values.
      inList: async (ids) =>
        rowsOf<Product>(
          await db.execute(sql`
              select id, name, price from product where id = any(${sql.param(ids)}) order by id`),
        ),
      insert: async ({ product_id, stars, body }) =>
        firstOf<Review>(
          await db.execute(sql`insert into review (product_id, stars, body)
              values (${product_id}, ${stars}, ${body}) returning product_id, stars, body`),
        ),
    },
  ];
}

const rowsOf = <Row>(result: QueryResult): Row[] => result.rows as Row[];
const firstOf = <Row>(result: QueryResult): Row => result.rows[0] as Row;
