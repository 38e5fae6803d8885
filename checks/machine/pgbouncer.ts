import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverAccount } from './account.ts';
import { findProgram } from './program.ts';
import { type Running, startServer } from './server.ts';

export interface PgbouncerPlan {
  /** The server behind it. */
  readonly url: string;
  /** What a client has a connection of the server for. */
  readonly mode: 'session' | 'transaction' | 'statement';
  /** How many prepared statements it keeps for each connection; with 0 it mixes up those of its clients. */
  readonly preparedStatements: number;
  /** Connections to the server: 2 unless told. */
  readonly connections?: number;
}

/** A real PgBouncer on 127.0.0.1 in front of a PostgreSQL, with the same account in the URL. */
export async function startPgbouncer(plan: PgbouncerPlan): Promise<Running & { readonly url: string }> {
  const pgbouncer = findProgram('pgbouncer');
  if (pgbouncer === undefined) throw new Error('pgbouncer is not installed. Run checks/machine/install.sh.');
  const account = serverAccount('postgres');
  const { hostname, port: serverPort, username, password, pathname } = new URL(plan.url);
  const database = pathname.slice(1);
  const { port, stop } = await startServer({
    name: 'pgbouncer',
    account,
    ready: /process up/,
    stopSignal: 'SIGTERM',
    async prepare(folder, chosen) {
      const config = join(folder, 'pgbouncer.ini');
      const users = join(folder, 'users.txt');
      writeFileSync(users, `"${username}" "${password}"\n`, { mode: 0o600 });
      const settings = {
        listen_addr: '127.0.0.1',
        listen_port: chosen,
        unix_socket_dir: '',
        auth_type: 'scram-sha-256',
        auth_file: users,
        pool_mode: plan.mode,
        max_prepared_statements: plan.preparedStatements,
        default_pool_size: plan.connections ?? 2,
        max_client_conn: 100,
      };
      const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
      const databases = `[databases]\n${database} = host=${hostname} port=${serverPort} dbname=${database}\n`;
      writeFileSync(config, `${databases}[pgbouncer]\n${lines.join('')}`, { mode: 0o600 });
      if (account) for (const file of [config, users]) chownSync(file, account.uid, account.gid);
      return { command: pgbouncer, args: [config] };
    },
  });
  return { url: `postgres://${username}:${password}@127.0.0.1:${port}/${database}`, stop };
}
