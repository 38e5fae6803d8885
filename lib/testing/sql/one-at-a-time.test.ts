import type { PGlite } from '@electric-sql/pglite';
import { describe, expect, it } from 'vitest';
import { missingSqlite } from '../../../checks/machine/sqlite.ts';
import { expectNoInjection } from './expect-no-injection.ts';

const payloads = ["' or '1'='1"];
const never = (): Promise<never> => new Promise(() => {});

describe('expectNoInjection on a client that is in use', () => {
  const made = () => {
    const sent: string[] = [];
    const query = async (text: string, _values?: unknown[]) => void sent.push(text);
    return { sent, query, connect: async () => ({}) };
  };

  it('does not run twice at the same time, so that neither hides what the other would see', async () => {
    const client = made();
    const slow = expectNoInjection(
      client,
      async (value) => {
        await new Promise((done) => setImmediate(done));
        await client.query(`select '${value}'`);
      },
      { payloads },
    );
    const second = expectNoInjection(client, (value) => client.query('select $1', [value]), { payloads });
    await expect(second).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
    await expect(slow).rejects.toThrow(/changed the statement/);
    await client.query('select 1 as never_seen');
    expect(client.sent).toContain('select 1 as never_seen');
    await expectNoInjection(client, (value) => client.query('select $1', [value]), { payloads });
  });

  it('runs on two clients at the same time', async () => {
    const clients = [made(), made()];
    await Promise.all(
      clients.map((client) =>
        expectNoInjection(client, (value) => client.query('select $1', [value]), { payloads }),
      ),
    );
  });

  it('names the value with which the run did not end, and leaves the client as it was', async () => {
    const client = made();
    const run = expectNoInjection(
      client,
      async (value) => {
        await client.query('select $1', [value]);
        if (payloads.includes(value)) await never();
      },
      { payloads, timeoutMs: 20 },
    );
    await expect(run).rejects.toMatchObject({
      name: 'AssertionError',
      message: expect.stringMatching(/not end within 20 ms.*\n.*or '1'/),
    });
    await client.query('select 1 as never_seen');
    expect(client.sent).toContain('select 1 as never_seen');
  });

  it('sees what run starts and does not await', async () => {
    const client = made();
    const run = expectNoInjection(
      client,
      (value) => void setImmediate(() => void client.query(`select '${value}'`).catch(() => {})),
      { payloads },
    );
    await expect(run).rejects.toThrow(/changed the statement/);
    expect(client.sent.join()).not.toContain("' or '");
  });

  it('tells of the injection where a run that was stopped does not end', async () => {
    const client = made();
    const run = expectNoInjection(client, (value) => client.query(`select '${value}'`).catch(never), {
      payloads,
      timeoutMs: 20,
    });
    await expect(run).rejects.toThrow(/changed the statement/);
  });
});

const reason = missingSqlite('better-sqlite3');

describe.skipIf(reason)(`expectNoInjection on a database of SQLite${reason ? `: ${reason}` : ''}`, () => {
  it('lets the statements of another one be', async () => {
    const { default: BetterSqlite3 } = await import('better-sqlite3');
    const [db, other] = [new BetterSqlite3(':memory:'), new BetterSqlite3(':memory:')];
    const run = (value: string): void => {
      db.prepare('select ?').get(value);
      if (payloads.includes(value)) expect(other.prepare('select 2').pluck().get()).toBe(2);
    };
    await expectNoInjection(db, run, { payloads });
    const first = expectNoInjection(db, run, { payloads });
    // They share the methods of their statements.
    await expect(expectNoInjection(other, () => {})).rejects.toMatchObject({
      code: 'bulwark/invalid-option',
    });
    await first;
    db.close();
    other.close();
  });
});

describe('expectNoInjection on PGlite', () => {
  it('reads each message of a buffer', async () => {
    const sent: unknown[] = [];
    const db = {
      execProtocolRaw: async (messages: Uint8Array) => void sent.push(messages),
    } as unknown as PGlite;
    const message = (text: string): Buffer => {
      const body = Buffer.from(`${text}\0`);
      const head = Buffer.from('Q\0\0\0\0');
      head.writeInt32BE(body.length + 4, 1);
      return Buffer.concat([head, body]);
    };
    const both = (text: string) => db.execProtocolRaw(Buffer.concat([message('select 1'), message(text)]));
    await expectNoInjection(db, (value) => both(value.length > 20 ? 'select 2' : 'select 3'), { payloads });
    const count = sent.length;
    const run = expectNoInjection(db, (value) => both(`select '${value}'`), { payloads });
    await expect(run).rejects.toThrow(/changed the statement/);
    // Each of two harmless values, twice.
    expect(sent.length).toBe(count + 4);
  });
});
