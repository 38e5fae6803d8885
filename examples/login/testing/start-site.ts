import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { startPostgres } from '../../../checks/machine/postgres.ts';

export const origin = 'https://members.example.com';

export interface Site {
  readonly base: string;
  /** The pool that the application uses. */
  readonly pool: pg.Pool;
  /** A connection of the test's own. */
  readonly admin: pg.Pool;
  close(): Promise<void>;
}

interface Loaded {
  readonly server: Server;
  readonly pool: pg.Pool;
  readonly guardPool?: pg.Pool;
}

/** Starts one of the two applications on an empty PostgreSQL, with the proxy that ends TLS left out. */
export async function startSite(load: () => Promise<Loaded>): Promise<Site> {
  const postgres = await startPostgres();
  const admin = new pg.Pool({ connectionString: postgres.url });
  await admin.query(readFileSync(new URL('../schema.sql', import.meta.url), 'utf8'));
  Object.assign(process.env, {
    DATABASE_URL: postgres.url,
    APP_KEY: randomBytes(32).toString('base64url'),
    ORIGIN: origin,
    PORT: '0',
  });
  const { server, pool, guardPool } = await load();
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pool,
    admin,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([pool.end(), guardPool?.end(), admin.end()]);
      await postgres.stop();
    },
  };
}
