import { randomBytes } from 'node:crypto';
import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverAccount } from './account.ts';
import { findProgram } from './program.ts';
import { type Restartable, runAs, startServer } from './server.ts';

/**
 * A real MariaDB on 127.0.0.1, with an empty database and an account that may do everything in the URL, such as
 * `mysql://bulwark:6f0c...@127.0.0.1:40213/bulwark`. It keeps nothing on stop. `extra` are options of the server.
 */
export async function startMariadb(
  extra: readonly string[] = [],
): Promise<Restartable & { readonly url: string }> {
  const install = required('mariadb-install-db');
  const mariadbd = required('mariadbd');
  const account = serverAccount('mysql');
  const password = randomBytes(16).toString('hex');
  const { port, ...running } = await startServer({
    name: 'mariadb',
    account,
    ready: /ready for connections/,
    stopSignal: 'SIGTERM',
    async prepare(folder, chosen) {
      const data = join(folder, 'data');
      await runAs(account, folder, install, [
        '--no-defaults',
        `--datadir=${data}`,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
        '--skip-name-resolve',
      ]);
      const first = join(folder, 'first.sql');
      writeFileSync(
        first,
        `create database bulwark;\n` +
          `create user 'bulwark'@'127.0.0.1' identified by '${password}';\n` +
          `grant all on *.* to 'bulwark'@'127.0.0.1' with grant option;\n` +
          `alter user 'root'@'localhost' identified by '${password}';\n`,
        { mode: 0o600 },
      );
      if (account) chownSync(first, account.uid, account.gid);
      const args = [
        '--no-defaults',
        `--datadir=${data}`,
        `--init-file=${first}`,
        '--bind-address=127.0.0.1',
        `--port=${chosen}`,
        // Relative to the data folder: a socket's path may have 107 bytes at most.
        '--socket=socket',
        '--skip-name-resolve',
        '--skip-log-bin',
        '--innodb-flush-log-at-trx-commit=0',
        '--innodb-buffer-pool-size=32M',
        '--innodb-log-file-size=8M',
        ...extra,
      ];
      return { command: mariadbd, args };
    },
  });
  return { url: `mysql://bulwark:${password}@127.0.0.1:${port}/bulwark`, ...running };
}

function required(name: string): string {
  const program = findProgram(name);
  if (program === undefined) throw new Error(`${name} is not installed. Run checks/machine/install.sh.`);
  return program;
}
