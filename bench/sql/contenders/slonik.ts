import { createPool, type Interceptor, type QueryResultRow, SchemaValidationError, sql } from 'slonik';
import { type Connected, type Contender, poolSize } from '../contender.ts';
import { zod3Rows } from '../row-schemas.ts';

/** As slonik's own documentation has it: a query's type checks nothing without one. */
const checkRows: Interceptor = {
  name: 'check rows',
  transformRow({ resultParser }, query, row) {
    if (!resultParser) return row;
    const checked = resultParser.safeParse(row);
    if (!checked.success) throw new SchemaValidationError(query, row, checked.error.issues);
    return checked.data as QueryResultRow;
  },
};

export async function connectSlonik(url: string): Promise<Connected> {
  const pool = await createPool(url, {
    maximumPoolSize: poolSize,
    idleTimeout: 'DISABLE_TIMEOUT',
    interceptors: [checkRows],
  });
  return {
    contenders: [
      asking('slonik', { product: sql.unsafe, listing: sql.unsafe, review: sql.unsafe }),
      asking('slonik, zod 3', {
        product: sql.type(zod3Rows.product),
        listing: sql.type(zod3Rows.listing),
        review: sql.type(zod3Rows.review),
      }),
    ],
    close: () => pool.end(),
  };

  type Tag = typeof sql.unsafe;
  function asking(
    name: string,
    tags: { readonly product: Tag; readonly listing: Tag; readonly review: Tag },
  ): Contender {
    return {
      name,
      byId: (id) => pool.one(tags.product`select id, name, price from product where id = ${id}`),
      search: (text, maxPrice) =>
        pool.any(tags.listing`
          select p.id, p.name, m.name as maker from product p join maker m on m.id = p.maker_id
          where p.name ilike ${`%${text}%`} and p.price < ${maxPrice} order by p.price desc, p.id limit 20`),
      inList: (ids) =>
        pool.any(tags.product`
          select id, name, price from product where id = any(${sql.array(ids, 'int4')}) order by id`),
      insert: ({ product_id, stars, body }) =>
        pool.one(tags.review`insert into review (product_id, stars, body)
          values (${product_id}, ${stars}, ${body}) returning product_id, stars, body`),
    };
  }
}
