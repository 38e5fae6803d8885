import { randomBytes } from 'node:crypto';
import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverAccount } from './account.ts';
import { findPostgresProgram } from './program.ts';
import { type Restartable, runAs, startServer } from './server.ts';

/** What is set otherwise than here, such as `{ fsync: 'on' }`. */
export type PostgresSettings = Readonly<Record<string, string | number>>;

/**
 * A real PostgreSQL on 127.0.0.1, empty, with a superuser in the URL. It keeps nothing on stop.
 *
 * @example
 * ```ts
 * import { startPostgres } from '../checks/machine/postgres.ts';
 *
 * const server = await startPostgres();
 * server.url; // 'postgres://postgres:6f0c...@127.0.0.1:40213/postgres'
 * await server.stop();
 * ```
 */
export async function startPostgres(
  extra: PostgresSettings = {},
): Promise<Restartable & { readonly url: string }> {
  const initdb = required('initdb');
  const postgres = required('postgres');
  const account = serverAccount('postgres');
  const password = randomBytes(16).toString('hex');
  const { port, ...running } = await startServer({
    name: 'postgres',
    account,
    ready: /ready to accept connections/,
    // Smart shutdown first: a pool's `end` is over before its sockets are closed, and a client that nobody listens to any
    // more would end the process when it is told that the server goes.
    farewellSignal: 'SIGTERM',
    // Fast shutdown: sessions are cut off, and shared memory is given back.
    stopSignal: 'SIGINT',
    // Immediate shutdown: nothing is written any more, and the next start recovers from the log.
    crashSignal: 'SIGQUIT',
    async prepare(folder, chosen) {
      const passwordFile = join(folder, 'password');
      writeFileSync(passwordFile, password, { mode: 0o600 });
      if (account) chownSync(passwordFile, account.uid, account.gid);
      const data = join(folder, 'data');
      await runAs(account, folder, initdb, [
        ...['--pgdata', data, '--username', 'postgres', '--pwfile', passwordFile],
        ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C.UTF-8', '--no-sync'],
      ]);
      const settings = {
        listen_addresses: '127.0.0.1',
        port: chosen,
        unix_socket_directories: '',
        fsync: 'off',
        synchronous_commit: 'off',
        full_page_writes: 'off',
        shared_buffers: '32MB',
        max_connections: 50,
        ...extra,
      };
      const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
      return { command: postgres, args: ['-D', data, ...flags] };
    },
  });
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, ...running };
}

function required(name: string): string {
  const program = findPostgresProgram(name);
  if (program === undefined) throw new Error(`${name} is not installed. Run checks/machine/install.sh.`);
  return program;
}
