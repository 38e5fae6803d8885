import { createRequire } from 'node:module';

/**
 * A peer with a lock file of its own: it needs a newer Node than the workspace, or says that it does.
 *
 * @throws Error that says what to install
 */
export function peer<T>(name: string): T {
  try {
    return createRequire(new URL('./peers/package.json', import.meta.url))(name) as T;
  } catch (cause) {
    throw new Error(`${name} does not load. Install the peers: npm ci --prefix bench/peers`, { cause });
  }
}
