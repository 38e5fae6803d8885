/** Under node:test: `node --import tsx --test shop-under-node.ts`. */
import assert from 'node:assert';
import { after, before, test } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { configureEvents } from 'bulwark/event';
import { type Database, sql } from 'bulwark/sql';
import { database } from 'bulwark/sql/pglite';
import { expectInert, expectNoEgress, expectNoInjection, expectRefusal } from 'bulwark/testing';
import { preview, search, searchPage } from './shop.ts';

let connection: PGlite;
let db: Database;

before(async () => {
  configureEvents({ sinks: [] });
  connection = await PGlite.create();
  db = database(connection);
  await db.execute(sql`create table products (name text)`);
});
after(() => connection.close());

test('searches by a parameter', async () => {
  await expectNoInjection(connection, (q) => search(db, q));
});

test('shows what was searched for as text', async () => {
  await expectInert((q) => searchPage(q, [q]));
});

test('previews nothing of our own network', async () => {
  await expectNoEgress(() => expectRefusal(preview('http://169.254.169.254/'), 'fetch/cloud-metadata'));
  const names = { 'rebind.example': ['10.0.0.5'] };
  await expectNoEgress(() => expectRefusal(preview('http://rebind.example/'), 'fetch/private-address'), {
    names,
  });
});

test('a hole is an AssertionError', async () => {
  const joined = (q: string): unknown => connection.query(`select name from products where name = '${q}'`);
  await assert.rejects(expectNoInjection(connection, joined), assert.AssertionError);
});
