import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { type Database, sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('postgres');

/** Between client and server, to cut a connection where it hurts. */
interface Way {
  readonly url: string;
  /** What the clients sent. */
  sent: string;
  /** Bytes of answers after which the next connection is cut. */
  cutAfter: number;
  /** Resets all connections. */
  reset(): void;
  stop(): void;
}

async function openWay(url: string): Promise<Way> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    sockets.add(client);
    let answered = 0;
    upstream.on('data', (data) => {
      answered += data.length;
      client.write(data);
      if (answered < way.cutAfter) return;
      way.cutAfter = Number.POSITIVE_INFINITY;
      upstream.destroy();
    });
    client.on('data', (data) => {
      way.sent += data.toString('latin1');
      upstream.write(data);
    });
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
    client.on('close', () => {
      sockets.delete(client);
      upstream.destroy();
    });
    upstream.on('close', () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const at = new URL(url);
  at.port = String(port);
  const way: Way = {
    ...{ url: at.href, sent: '', cutAfter: Number.POSITIVE_INFINITY },
    reset() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  return way;
}

describe.skipIf(noServer)(`a lost connection of postgres.js${noServer ? `: ${noServer}` : ''}`, () => {
  let way: Way;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const server = await startPostgres();
    way = await openWay(server.url);
    stop = async () => {
      way.stop();
      await server.stop();
    };
  });

  afterAll(() => stop());

  async function using(work: (db: Database) => Promise<void>): Promise<void> {
    const client = postgres(way.url, { max: 1, backoff: () => 0.01, onnotice: () => undefined });
    try {
      await work(database(client));
    } finally {
      await client.end({ timeout: 1 });
    }
  }

  const asks = [
    ['a statement', (db: Database) => db.one(sql`select 2 as n`)],
    ['one with a value', (db: Database) => db.one(sql`select ${2}::int as n`)],
    ['a transaction', (db: Database) => db.transaction((tx) => tx.one(sql`select 2 as n`))],
  ] as const;

  it.each(asks)('answers %s that is sent between the error of its socket and its end', async (_, ask) => {
    await using(async (db) => {
      await db.one(sql`select 1 as one`);
      const cut = db.one(sql`select pg_sleep(60)`);
      const after = cut.catch(async (error: unknown) => {
        expect(error).toMatchObject({ kind: 'connection' });
        return ask(db);
      });
      setTimeout(way.reset, 100);
      await expect(after).rejects.toMatchObject({ kind: 'connection' });
      // And its answer is nobody else's.
      expect(await db.one(sql`select ${3}::int as n`)).toEqual({ n: 3 });
      expect(await ask(db)).toEqual({ n: 2 });
    });
  });

  it('can be had again when it is lost by what is written on it, and used in the same moment', async () => {
    await using(async (db) => {
      await db.one(sql`select 1 as one`);
      way.reset();
      for (let i = 0; i < 2; i++) await db.all(sql`select 1`).catch(() => undefined);
      expect(await db.all(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    });
  });

  it('begins each answer anew, where one was cut off within its rows', async () => {
    await using(async (db) => {
      await db.one(sql`select 1 as one`);
      way.cutAfter = 100_000;
      const rows = db.all(sql`select n from generate_series(1, 100000) as n`);
      await expect(rows).rejects.toMatchObject({ kind: 'connection' });
      expect(await db.all(sql`select 1 as one`)).toEqual([{ one: 1 }]);
      expect(await db.all(sql`select 1 as one where false`)).toEqual([]);
    });
  });

  it('is opened again without the question for the types of lists, which are known', async () => {
    await using(async (db) => {
      way.sent = '';
      for (let i = 0; i < 3; i++) {
        expect(await db.one(sql`select array[1, 2] as list`)).toEqual({ list: [1, 2] });
        way.reset();
        await sleep(50);
      }
      expect(way.sent.match(/user\0/g)?.length).toBeGreaterThan(1);
      expect(way.sent.match(/pg_catalog\.pg_type a/g)).toHaveLength(1);
    });
  });
});
