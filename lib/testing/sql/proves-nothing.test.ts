import { describe, expect, it } from 'vitest';
import { expectNoInjection } from './expect-no-injection.ts';

const made = () => {
  const sent: string[] = [];
  return {
    sent,
    query: async (text: string, _values?: unknown[]) => void sent.push(text),
    connect: async () => ({}),
  };
};
const bound = 'select * from person where name = $1';

describe('expectNoInjection where nothing is proved', () => {
  it.each<[string, (client: ReturnType<typeof made>) => (value: string) => unknown]>([
    ['a value that is not used', (client) => () => client.query('select 1')],
    ['a value that is not handed on', (client) => () => client.query(bound, ['ann'])],
    [
      'a check that no sample passes, with a statement for the rest',
      (client) => (value) =>
        /^ORD-\d+/.test(value)
          ? client.query(`select * from orders where id = '${value}'`)
          : client.query('select * from orders'),
    ],
    [
      'an allow-list that no sample is on',
      (client) => (value) =>
        client.query(`select * from person order by ${['price', 'stock'].includes(value) ? value : 'price'}`),
    ],
    [
      'a log that is written before the check',
      (client) => async (value) => {
        await client.query('insert into visits values (now())');
        if (!value.startsWith('INV/')) throw new Error('400');
        await client.query(`select * from invoice where id = '${value}'`);
      },
    ],
    [
      'a JSON body whose fields are not known',
      (client) => async (value) => {
        let name = '';
        try {
          name = String(JSON.parse(value).name ?? '');
        } catch {}
        await client.query(`select * from person where name = '${name}'`);
      },
    ],
    [
      'a first answer that is kept',
      (client) => {
        let kept: Promise<void> | undefined;
        return (value) => {
          kept ??= client.query(bound, [value]);
          return kept;
        };
      },
    ],
    [
      'a limit that is reached while it runs',
      (client) => {
        let calls = 0;
        return (value) => {
          if (++calls > 30) throw new Error('429');
          return client.query(bound, [value]);
        };
      },
    ],
  ])('is red for %s, and says what to do', async (_what, run) => {
    const client = made();
    await expect(expectNoInjection(client, run(client))).rejects.toMatchObject({
      name: 'AssertionError',
      message: expect.stringMatching(/^This test proves nothing: [\s\S]*what to do: [\s\S]+/),
    });
  });

  it.each<[string, (client: ReturnType<typeof made>) => (value: string) => unknown, string[]?]>([
    ['a value that is bound', (client) => (value) => client.query(bound, [value])],
    [
      'a value that is hashed',
      (client) => (value) => client.query(bound, [Buffer.from(value).toString('base64')]),
    ],
    [
      'a value that decides',
      (client) => (value) => client.query(value.length > 20 ? 'select 1' : 'select 2 as a'),
    ],
    [
      'an allow-list, with what is on it',
      (client) => (value) =>
        client.query(`select * from person order by ${['price', 'stock'].includes(value) ? value : 'price'}`),
      ['stock'],
    ],
    [
      'a direction',
      (client) => (value) =>
        client.query(`select * from person order by a ${value === 'desc' ? 'desc' : 'asc'}`),
    ],
    [
      'an id that is made up each time',
      (client) => (value) => client.query('insert into person values ($1, $2)', [crypto.randomUUID(), value]),
    ],
    [
      'a text that is refused when it comes twice',
      (client) => {
        const known = new Set<string>();
        return async (value) => {
          await client.query(bound, [value]);
          if (known.has(value)) throw new Error('409');
          known.add(value);
          await client.query('insert into person values ($1)', [value]);
        };
      },
    ],
  ])('is green for %s', async (_what, run, harmless) => {
    const client = made();
    await expectNoInjection(client, run(client), harmless ? { harmless } : {});
  });
});
