import { randomBytes } from 'node:crypto';
import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverAccount } from './account.ts';
import { findProgram } from './program.ts';
import { type Restartable, startServer } from './server.ts';

/** Lines of redis.conf that are set otherwise than here, such as `{ appendonly: 'yes', appendfsync: 'always' }`. */
export type RedisSettings = Readonly<Record<string, string>>;

/**
 * A real Redis on 127.0.0.1 with a password in the URL, such as `redis://:6f0c...@127.0.0.1:40213`. It keeps nothing on
 * stop. `restart` kills it by SIGKILL, so that it comes back with what its settings have made it write.
 */
export async function startRedis(extra: RedisSettings = {}): Promise<Restartable & { readonly url: string }> {
  const command = findProgram('redis-server');
  if (command === undefined) {
    throw new Error('redis-server is not installed. Run checks/machine/install.sh.');
  }
  const account = serverAccount('redis');
  const password = randomBytes(16).toString('hex');
  const { port, ...running } = await startServer({
    name: 'redis',
    account,
    ready: /Ready to accept connections/,
    stopSignal: 'SIGTERM',
    async prepare(folder, chosen) {
      const settings = join(folder, 'redis.conf');
      const lines = Object.entries({
        bind: '127.0.0.1',
        port: chosen,
        requirepass: password,
        save: '""',
        appendonly: 'no',
        dir: folder,
        ...extra,
      });
      writeFileSync(settings, lines.map(([name, value]) => `${name} ${value}\n`).join(''), { mode: 0o600 });
      if (account) chownSync(settings, account.uid, account.gid);
      return { command, args: [settings] };
    },
  });
  return { url: `redis://:${password}@127.0.0.1:${port}`, ...running };
}
