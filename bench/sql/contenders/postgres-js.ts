import postgres from 'postgres';
import { type Connected, poolSize } from '../contender.ts';
import type { Listing, Product, Review } from '../shop.ts';

export function connectPostgresJs(url: string): Connected {
  const sql = postgres(url, { max: poolSize, max_lifetime: null });
  return {
    contenders: [
      {
        name: 'postgres.js',
        byId: async (id) =>
          (await sql<Product[]>`select id, name, price from product where id = ${id}`)[0] as Product,
        search: (text, maxPrice) => sql<Listing[]>`
          select p.id, p.name, m.name as maker from product p join maker m on m.id = p.maker_id
          where p.name ilike ${`%${text}%`} and p.price < ${maxPrice} order by p.price desc, p.id limit 20`,
        inList: (ids) => sql<Product[]>`
          select id, name, price from product where id = any(${[...ids]}) order by id`,
        insert: async ({ product_id, stars, body }) =>
          (
            await sql<Review[]>`insert into review (product_id, stars, body)
              values (${product_id}, ${stars}, ${body}) returning product_id, stars, body`
          )[0] as Review,
      },
    ],
    close: () => sql.end(),
  };
}
