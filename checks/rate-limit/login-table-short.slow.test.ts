import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/record.ts';
import { loginAttacks } from './login-attacks.ts';
import { ours } from './login-server.ts';
import { loginTable, markdownOf, peers } from './login-table.ts';
import { type OpenedStore, testedStores } from './open-stores.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

describe.each(testedStores.filter(({ name }) => name !== 'node-redis'))(
  'log-ins limited in $name',
  ({ name, reason, open }) => {
    let opened: OpenedStore | undefined;
    afterAll(async () => opened?.close());

    it.skipIf(reason)(
      `get as many tries as the table says, on real sockets${reason ? `: ${reason}` : ''}`,
      async () => {
        opened = await open();
        const rows = await loginTable([ours(name, opened.store)], 'short');
        const expected = loginAttacks.map(({ name: attack, guesses, ours: tries }) => {
          const count = Math.max(100, guesses / 20);
          return {
            attack: attack(count),
            results: { [name]: typeof tries === 'function' ? tries(count) : tries },
          };
        });
        expect(rows).toEqual(expected);
      },
      120_000,
    );
  },
);

describe('the table', () => {
  it('shows what the peer lets through in the same run', async () => {
    const rows = await loginTable(peers, 'short');
    const spread = rows.find(({ attack }) => attack.startsWith('500 addresses'));
    expect(Object.values(spread?.results ?? {})).toEqual([500, 500]);
    expect(markdownOf(rows).split('\n')).toHaveLength(loginAttacks.length + 2);
  }, 60_000);
});
