import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { serverAccount } from '../machine/account.ts';
import { makeCertificate } from '../machine/certificate.ts';
import { startPostgres } from '../machine/postgres.ts';
import type { Running } from '../machine/server.ts';

export interface TlsPostgres extends Running {
  /** A superuser's, verified. */
  readonly url: string;
  /** The same as another user, in another database if that is given. */
  as(user: string, password: string, database?: string): string;
}

/** A PostgreSQL that speaks TLS with a certificate for 127.0.0.1, which `sslrootcert` of its URLs names. */
export async function startTlsPostgres(): Promise<TlsPostgres> {
  const certificate = makeCertificate(['127.0.0.1']);
  const server = await startPostgres();
  const client = new Client(server.url);
  await client.connect();
  try {
    const { rows } = await client.query<{ folder: string }>(
      "select current_setting('data_directory') as folder",
    );
    const folder = rows[0]?.folder ?? '';
    const account = serverAccount('postgres');
    for (const [name, text] of [
      ['server.key', certificate.key],
      ['server.crt', certificate.cert],
    ] as const) {
      const file = join(folder, name);
      writeFileSync(file, text, { mode: 0o600 });
      if (account) chownSync(file, account.uid, account.gid);
    }
    await client.query("alter system set ssl = 'on'");
    await client.query('select pg_reload_conf()');
  } finally {
    await client.end();
  }
  const { host, password } = new URL(server.url);
  const as = (user: string, secret: string, database = 'postgres'): string =>
    `postgres://${[user, secret].map(encodeURIComponent).join(':')}@${host}/${encodeURIComponent(database)}?sslrootcert=${certificate.file}`;
  return {
    url: as('postgres', password),
    as,
    async stop() {
      await server.stop();
      certificate.remove();
    },
  };
}
