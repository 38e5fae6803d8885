import { PGlite } from '@electric-sql/pglite';
import { configureEvents } from 'bulwark/event';
import { database } from 'bulwark/sql/pglite';
import { expectNoInjection } from 'bulwark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore as createDefended } from '../defended/store.ts';
import { seed } from '../run/seed.ts';
import { createStore as createUndefended } from '../undefended/store.ts';

let db: PGlite;
let tables: () => Promise<unknown>;

beforeAll(async () => {
  configureEvents({ sinks: [] });
  db = await PGlite.create();
  await db.exec(seed('undefended').statements);
  tables = async () => (await db.query('select count(*)::int as users, max(id) as last from users')).rows;
});
afterAll(() => db?.close());

type Use = (store: ReturnType<typeof createDefended>) => (payload: string) => unknown;

/** Each place where the undefended shop puts a value into a statement. */
const holes: readonly [name: string, use: Use][] = [
  ['the e-mail at log in', (store) => (payload) => store.logIn(payload, 'x')],
  ['the id of a user', (store) => (payload) => store.user(payload)],
  ['the id of an account', (store) => (payload) => store.account(payload)],
  ['the search for products', (store) => (payload) => store.products({ q: payload })],
  ['the category', (store) => (payload) => store.products({ category: payload })],
  ['the lowest price', (store) => (payload) => store.products({ min: payload })],
  ['the highest price', (store) => (payload) => store.products({ max: payload })],
  ['the order', (store) => (payload) => store.products({ sort: payload })],
  ['suggestions', (store) => (payload) => store.suggestions(payload)],
  ['the month of the report', (store) => (payload) => store.report(payload)],
  ['a comment', (store) => (payload) => store.addComment('Mallory', payload)],
  [
    'the name of a new user',
    (store) => (payload) =>
      store.signUp({ email: 'm@example.com', name: payload, bio: '', website: '', password: 'x' }),
  ],
];

describe('expectNoInjection on the lab', () => {
  it.each(holes)('is red at %s of the undefended shop, and sends no attack', async (_name, use) => {
    // As pg's simple protocol does: several statements in one text all run.
    const main = {
      query: async (text: string) => ((await db.exec(text)).at(-1) ?? { rows: [] }) as { rows: unknown[] },
    };
    const before = await tables();
    await expect(expectNoInjection(db, use(createUndefended({ main, reports: main })))).rejects.toThrow(
      /^SQL injection/,
    );
    if (!use.toString().includes('signUp')) expect(await tables()).toEqual(before);
  });

  it.each(holes)('is green at %s of the defended shop', async (_name, use) => {
    const main = database(db);
    await expectNoInjection(db, use(createDefended({ main, reports: main })), {
      harmless: ['name', '-price'],
    });
  });
});
