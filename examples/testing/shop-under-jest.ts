/**
 * Under jest, which reads ES modules by `NODE_OPTIONS=--experimental-vm-modules`: `npm run jest`. Where bulwark is installed
 * from a registry, its configuration needs no `moduleNameMapper`.
 */
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { configureEvents } from 'bulwark/event';
import { type Database, sql } from 'bulwark/sql';
import { database } from 'bulwark/sql/pglite';
import { expectInert, expectNoEgress, expectNoInjection, expectRefusal, ssrfPayloads } from 'bulwark/testing';
import { preview, search, searchPage } from './shop.ts';

let connection: PGlite;
let db: Database;

beforeAll(async () => {
  configureEvents({ sinks: [] });
  connection = await PGlite.create();
  db = database(connection);
  await db.execute(sql`create table products (name text)`);
});
afterAll(() => connection.close());

describe('the shop', () => {
  it('searches by a parameter', async () => {
    await expectNoInjection(connection, (q) => search(db, q));
  });

  it('shows what was searched for as text', async () => {
    await expectInert((q) => searchPage(q, [q]));
  });

  it('previews nothing of our own network', async () => {
    for (const { url, answers } of ssrfPayloads) {
      const names = answers ? { [new URL(url).hostname]: answers } : {};
      await expectNoEgress(() => expectRefusal(preview(url), 'fetch/*'), { names });
    }
  });
});

/** Red, each of them, to show what jest says of a hole; `jest.long.test.ts` sees to it that they stay so. */
describe('a shop without guards', () => {
  it('searches by a statement put together', async () => {
    await expectNoInjection(connection, (q) =>
      connection.query(`select name from products where name = '${q}'`),
    );
  });

  it('shows what was searched for as markup', async () => {
    await expectInert((q) => `<ul><li>${q}</li></ul>`);
  });

  it('previews an address of our own network', async () => {
    await expectNoEgress(() => fetch('http://169.254.169.254/'));
  });

  it('refuses nothing', async () => {
    await expectRefusal(() => Promise.resolve('the page'), 'fetch/*');
  });
});
