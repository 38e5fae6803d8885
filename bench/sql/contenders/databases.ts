import databases, { sql } from '@databases/pg';
import { type Connected, poolSize } from '../contender.ts';

export function connectDatabases(connectionString: string): Connected {
  const db = databases.default({
    connectionString,
    poolSize,
    idleTimeoutMilliseconds: 0,
    ssl: false,
    bigIntMode: 'bigint',
  });
  return {
    contenders: [
      {
        name: '@databases/pg',
        byId: async (id) => (await db.query(sql`select id, name, price from product where id = ${id}`))[0],
        search: (text, maxPrice) =>
          db.query(sql`
            select p.id, p.name, m.name as maker from product p join maker m on m.id = p.maker_id
            where p.name ilike ${`%${text}%`} and p.price < ${maxPrice} order by p.price desc, p.id limit 20`),
        inList: (ids) =>
          db.query(sql`select id, name, price from product where id = any(${ids}) order by id`),
        insert: async ({ product_id, stars, body }) =>
          (
            await db.query(sql`insert into review (product_id, stars, body)
              values (${product_id}, ${stars}, ${body}) returning product_id, stars, body`)
          )[0],
      },
    ],
    close: () => db.dispose(),
  };
}
