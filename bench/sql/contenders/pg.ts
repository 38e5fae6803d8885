import pg, { type QueryConfig, type QueryResultRow } from 'pg';
import { type Contender, poolSize } from '../contender.ts';
import { zod3Rows, zod4Rows } from '../row-schemas.ts';
import type { Listing, Product, Review } from '../shop.ts';

export function connectPool(connectionString: string): pg.Pool {
  return new pg.Pool({ connectionString, max: poolSize, idleTimeoutMillis: 0 });
}

const texts = {
  byId: 'select id, name, price from product where id = $1',
  search: `select p.id, p.name, m.name as maker from product p join maker m on m.id = p.maker_id
    where p.name ilike $1 and p.price < $2 order by p.price desc, p.id limit 20`,
  inList: 'select id, name, price from product where id = any($1) order by id',
  insert:
    'insert into review (product_id, stars, body) values ($1, $2, $3) returning product_id, stars, body',
};

/** What most code has: a text with values, planned by the server for each call. */
export const unprepared = 'pg, unprepared';
/** The reference: the fastest that pg itself does. */
export const named = 'pg, named statements';
export const namedZod3: string = `${named}, zod 3 by hand`;
export const namedZod4: string = `${named}, zod 4 by hand`;

export function onPg(pool: pg.Pool): readonly Contender[] {
  return [
    asking(unprepared, (name, values) => ({ text: texts[name], values })),
    asking(named, (name, values) => ({ name, text: texts[name], values })),
    checking(namedZod3, zod3Rows),
    checking(namedZod4, zod4Rows),
  ];

  function asking(
    name: string,
    query: (name: keyof typeof texts, values: unknown[]) => QueryConfig,
  ): Contender {
    const ask = async <Row extends QueryResultRow>(
      of: keyof typeof texts,
      values: unknown[],
    ): Promise<Row[]> => (await pool.query<Row>(query(of, values))).rows;
    return {
      name,
      byId: async (id) => (await ask<Product>('byId', [id]))[0] as Product,
      search: (text, maxPrice) => ask<Listing>('search', [`%${text}%`, maxPrice]),
      inList: (ids) => ask<Product>('inList', [ids]),
      insert: async ({ product_id, stars, body }) =>
        (await ask<Review>('insert', [product_id, stars, body]))[0] as Review,
    };
  }

  function checking(name: string, rows: typeof zod3Rows | typeof zod4Rows): Contender {
    const inner = asking(name, (of, values) => ({ name: of, text: texts[of], values }));
    return {
      name,
      byId: async (id) => rows.product.parse(await inner.byId(id)),
      search: async (text, maxPrice) =>
        (await inner.search(text, maxPrice)).map((row) => rows.listing.parse(row)),
      inList: async (ids) => (await inner.inList(ids)).map((row) => rows.product.parse(row)),
      insert: async (review) => rows.review.parse(await inner.insert(review)),
    };
  }
}
