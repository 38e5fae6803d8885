import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { type Database, sql } from '../index.ts';
import { database } from './index.ts';

const why = missing('postgres');

/** A network between pg and the server that can lose everything on it, as a firewall that forgets a connection does. */
describe.skipIf(why)(`pg behind a network that goes silent${why ? `: ${why}` : ''}`, () => {
  let pool: pg.Pool;
  let db: Database;
  let silent = false;
  const sockets = new Set<Socket>();
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const server = await startPostgres();
    const { port } = new URL(server.url);
    const between = createServer((client) => {
      const upstream = connect(Number(port), '127.0.0.1');
      for (const [from, to] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        sockets.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => to.destroy());
        from.on('data', (chunk) => {
          if (!silent) to.write(chunk);
        });
      }
    });
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
    const url = new URL(server.url);
    url.port = String((between.address() as AddressInfo).port);
    pool = new pg.Pool({ connectionString: url.href, max: 2 });
    db = database(pool);
    stop = async () => {
      for (const socket of sockets) socket.destroy();
      between.close();
      await server.stop();
    };
  });

  afterAll(() => stop());

  it('ends a transaction by its time, whichever command is not answered', async () => {
    await db.transaction(async (tx) => void (await tx.one(sql`select 1 as one`)), { timeoutMs: 20_000 });
    silent = true;
    const begun = db.transaction(async (tx) => void (await tx.one(sql`select 1 as one`)), { timeoutMs: 300 });
    await expect(begun).rejects.toMatchObject({ kind: 'timeout' });
    silent = false;
    const committed = db.transaction(
      async (tx) => {
        await tx.one(sql`select 1 as one`);
        silent = true;
      },
      { timeoutMs: 300 },
    );
    await expect(committed).rejects.toMatchObject({ kind: 'commit-unknown' });
    silent = false;
    expect(pool.totalCount).toBe(0);
    expect(await db.one(sql`select 1 as one`)).toEqual({ one: 1 });
  });
});
