import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverAccount } from '../machine/account.ts';
import { makeCertificate } from '../machine/certificate.ts';
import { findProgram } from '../machine/program.ts';
import { type Running, startServer } from '../machine/server.ts';

export interface TlsMariadb extends Running {
  /** An administrator's, verified. */
  readonly url: string;
  /** The same as another account of 127.0.0.1. */
  as(user: string, password: string, database?: string): string;
}

/**
 * A MariaDB that speaks TLS with a certificate for `hosts`, with a database `shop_db` and the lines of an option file.
 * `/var/lib/mysql-files` in them becomes a folder of its own.
 */
export async function startTlsMariadb(
  lines: readonly string[],
  hosts: readonly string[] = ['127.0.0.1'],
): Promise<TlsMariadb> {
  const certificate = makeCertificate(hosts);
  const [install, mariadbd] = ['mariadb-install-db', 'mariadbd'].map(findProgram);
  if (install === undefined || mariadbd === undefined) throw new Error('MariaDB is not installed.');
  const account = serverAccount('mysql');
  const password = randomBytes(16).toString('hex');
  const { port, stop } = await startServer({
    name: 'mariadb',
    account,
    ready: /ready for connections/,
    stopSignal: 'SIGTERM',
    async prepare(folder, chosen) {
      const data = join(folder, 'data');
      const files = join(folder, 'files');
      execFileSync(
        install,
        [
          '--no-defaults',
          `--datadir=${data}`,
          '--auth-root-authentication-method=normal',
          '--skip-test-db',
          '--skip-name-resolve',
        ],
        { cwd: folder, stdio: 'pipe', ...account },
      );
      mkdirSync(files);
      const texts = {
        'server.key': certificate.key,
        'server.crt': certificate.cert,
        'first.sql':
          `create database shop_db;\ncreate user 'admin'@'127.0.0.1' identified by '${password}';\n` +
          "grant all on *.* to 'admin'@'127.0.0.1' with grant option;\n",
        'my.cnf': `${lines.join('\n').replace('/var/lib/mysql-files', files)}\n`,
      };
      for (const [name, text] of Object.entries(texts)) {
        writeFileSync(join(folder, name), text, { mode: 0o600 });
        if (account) chownSync(join(folder, name), account.uid, account.gid);
      }
      if (account) chownSync(files, account.uid, account.gid);
      const args = [
        `--defaults-file=${join(folder, 'my.cnf')}`,
        ...[`--datadir=${data}`, `--init-file=${join(folder, 'first.sql')}`, '--bind-address=127.0.0.1'],
        ...[`--port=${chosen}`, '--socket=socket', '--skip-name-resolve', '--skip-log-bin'],
        // A certificate switches TLS on again, whatever the file says.
        ...(lines.includes('skip_ssl')
          ? []
          : [`--ssl-cert=${join(folder, 'server.crt')}`, `--ssl-key=${join(folder, 'server.key')}`]),
        ...[
          '--innodb-flush-log-at-trx-commit=0',
          '--innodb-buffer-pool-size=32M',
          '--innodb-log-file-size=8M',
        ],
      ];
      return { command: mariadbd, args };
    },
  });
  const as = (user: string, secret: string, database = 'shop_db'): string =>
    `mysql://${[user, secret].map(encodeURIComponent).join(':')}@127.0.0.1:${port}/${encodeURIComponent(database)}?sslrootcert=${certificate.file}`;
  return {
    url: as('admin', password),
    as,
    async stop() {
      await stop();
      certificate.remove();
    },
  };
}
