/** Under vitest. The oracles throw, and know no runner: `shop-under-node.ts` and `shop-under-jest.ts` are the same. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { configureEvents } from 'bulwark/event';
import { type Database, sql } from 'bulwark/sql';
import { database } from 'bulwark/sql/pglite';
import { expectInert, expectNoEgress, expectNoInjection, expectRefusal, ssrfPayloads } from 'bulwark/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

it('is the same under node:test', async () => {
  const file = new URL('shop-under-node.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--test', file], {
    env: { PATH: process.env['PATH'] },
    timeout: 60_000,
  });
  expect(stdout).toMatch(/pass 4\n. fail 0/);
});
