import { afterAll, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/record.ts';
import { loginAttacks } from './login-attacks.ts';
import { ours } from './login-server.ts';
import { loginTable } from './login-table.ts';
import { type OpenedStore, testedStores } from './open-stores.ts';

const opened: OpenedStore[] = [];
afterAll(async () => {
  for (const one of opened) await one.close();
});

it.each(testedStores)(
  '$name lets through what the table says, at full length',
  async ({ name, reason, open }) => {
    expect(reason).toBeUndefined();
    configureEvents({ sinks: [] });
    const store = await open();
    opened.push(store);
    const rows = await loginTable([ours(name, store.store)], 'full');
    expect(rows.map(({ results }) => results[name])).toEqual(
      loginAttacks.map(({ guesses, ours: tries }) => (typeof tries === 'function' ? tries(guesses) : tries)),
    );
  },
  900_000,
);
