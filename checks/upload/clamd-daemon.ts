import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../machine/program.ts';
import { type Running, startServer } from '../machine/server.ts';

/** What the test's own signature finds, anywhere in a file. */
export const malware = 'BULWARK-TEST-SIGNATURE';

/**
 * A real clamd on 127.0.0.1 that knows one signature, the test's own.
 *
 * @param settings lines of clamd.conf, such as `{ StreamMaxLength: '1M' }`
 */
export async function startClamd(
  settings: Readonly<Record<string, string>> = {},
): Promise<Running & { readonly port: number }> {
  const command = findProgram('clamd');
  if (command === undefined) throw new Error('clamd is not installed. Run checks/machine/install.sh.');
  return startServer({
    name: 'clamd',
    account: undefined,
    ready: /Self checking every/,
    stopSignal: 'SIGTERM',
    async prepare(folder, port) {
      const database = join(folder, 'database');
      mkdirSync(database);
      const signature = Buffer.from(malware).toString('hex');
      writeFileSync(join(database, 'test.ndb'), `Bulwark.Test:0:*:${signature}\n`);
      const lines = {
        Foreground: 'yes',
        TCPAddr: '127.0.0.1',
        TCPSocket: String(port),
        DatabaseDirectory: database,
        TemporaryDirectory: folder,
        ...settings,
      };
      const file = join(folder, 'clamd.conf');
      writeFileSync(
        file,
        Object.entries(lines)
          .map(([name, value]) => `${name} ${value}\n`)
          .join(''),
      );
      return { command, args: ['-c', file] };
    },
  });
}
