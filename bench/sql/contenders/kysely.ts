import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Pool } from 'pg';
import type { Contender } from '../contender.ts';
import type { Listing, Product, Review } from '../shop.ts';

interface Shop {
  readonly maker: { id: number; name: string };
  readonly product: Product & { maker_id: number };
  readonly review: Review;
}

export function onKysely(pool: Pool): readonly Contender[] {
  const db = new Kysely<Shop>({ dialect: new PostgresDialect({ pool }) });
  return [
    {
      name: 'Kysely, builder',
      byId: (id) =>
        db
          .selectFrom('product')
          .select(['id', 'name', 'price'])
          .where('id', '=', id)
          .executeTakeFirstOrThrow(),
      search: (text, maxPrice) =>
        db
          .selectFrom('product as p')
          .innerJoin('maker as m', 'm.id', 'p.maker_id')
          .select(['p.id', 'p.name', 'm.name as maker'])
          .where('p.name', 'ilike', `%${text}%`)
          .where('p.price', '<', maxPrice)
          .orderBy('p.price', 'desc')
          .orderBy('p.id')
          .limit(20)
          .execute(),
      inList: (ids) =>
        db
          .selectFrom('product')
          .select(['id', 'name', 'price'])
          .where('id', 'in', ids)
          .orderBy('id')
          .execute(),
      insert: (review) =>
        db
          .insertInto('review')
          .values(review)
          .returning(['product_id', 'stars', 'body'])
          .executeTakeFirstOrThrow(),
    },
    {
      name: 'Kysely, sql tag',
      byId: async (id) =>
        (await sql<Product>`select id, name, price from product where id = ${id}`.execute(db))
          .rows[0] as Product,
      search: async (text, maxPrice) =>
        (
          await sql<Listing>`
              select p.id, p.name, m.name as maker from product p join maker m on m.id = p.maker_id
              where p.name ilike ${`%${text}%`} and p.price < ${maxPrice}
              order by p.price desc, p.id limit 20`.execute(db)
        ).rows,
      inList: async (ids) =>
        (
          await sql<Product>`
              select id, name, price from product where id = any(${ids}) order by id`.execute(db)
        ).rows,
      insert: async ({ product_id, stars, body }) =>
        (
          await sql<Review>`insert into review (product_id, stars, body)
              values (${product_id}, ${stars}, ${body}) returning product_id, stars, body`.execute(db)
        ).rows[0] as Review,
    },
  ];
}
