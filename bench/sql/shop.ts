import type { Pool } from 'pg';

/** One row of three columns, as `byId` and `inList` give it. */
export interface Product {
  readonly id: number;
  readonly name: string;
  readonly price: number;
}

/** A row of `search`. */
export interface Listing {
  readonly id: number;
  readonly name: string;
  readonly maker: string;
}

/** What `insert` writes and gives back. */
export interface Review {
  readonly product_id: number;
  readonly stars: number;
  readonly body: string;
}

export const products = 400;

/** Anew each time. Small enough that the client's share of the time shows. */
export async function createShop(pool: Pool): Promise<void> {
  await pool.query(`
    drop table if exists maker, product, review;
    create table maker (id integer primary key, name text not null);
    insert into maker select i, 'Maker ' || i from generate_series(1, 20) i;
    create table product (
      id integer primary key,
      name text not null,
      price integer not null,
      maker_id integer not null references maker
    );
    insert into product
      select i, 'Product ' || md5(i::text), 100 + i % 97, 1 + i % 20 from generate_series(1, ${products}) i;
    create unlogged table review (product_id integer not null, stars integer not null, body text not null);
    analyze;
  `);
}
