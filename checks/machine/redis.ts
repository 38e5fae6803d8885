import { randomBytes } from 'node:crypto';
import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverAccount } from './account.ts';
import { findProgram } from './program.ts';
import { type Running, startServer } from './server.ts';

/**
 * A real Redis on 127.0.0.1 with a password in the URL, such as `redis://:6f0c...@127.0.0.1:40213`. It keeps nothing
 * on stop.
 */
export async function startRedis(): Promise<Running & { readonly url: string }> {
  const command = findProgram('redis-server');
  if (command === undefined) {
    throw new Error('redis-server is not installed. Run checks/machine/install.sh.');
  }
  const account = serverAccount('redis');
  const password = randomBytes(16).toString('hex');
  const { port, stop } = await startServer({
    name: 'redis',
    account,
    ready: /Ready to accept connections/,
    stopSignal: 'SIGTERM',
    async prepare(folder, chosen) {
      const settings = join(folder, 'redis.conf');
      writeFileSync(
        settings,
        `bind 127.0.0.1\nport ${chosen}\nrequirepass ${password}\nsave ""\nappendonly no\ndir ${folder}\n`,
        { mode: 0o600 },
      );
      if (account) chownSync(settings, account.uid, account.gid);
      return { command, args: [settings] };
    },
  });
  return { url: `redis://:${password}@127.0.0.1:${port}`, stop };
}
