import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { RunningApp } from '../conformance/contract.ts';
import { build } from './build.ts';

/**
 * Builds and starts the application in checks/next/site.
 *
 * `proxied`: with a proxy.js, by `next start`, and all pages dynamic. `static`: its server is ours, and sends static pages with hashes.
 */
export async function startSite(variant: 'proxied' | 'static'): Promise<RunningApp> {
  const out = await build('site', { BULWARK_NEXT_VARIANT: variant });
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', BULWARK_NEXT_OUT: out };
  const server = fork(join(import.meta.dirname, 'site/server.ts'), {
    ...{ cwd: import.meta.dirname, execArgv: ['--import', 'tsx'] },
    env: { ...env, BULWARK_NEXT_VARIANT: variant },
  });
  const port = await portOf(server);
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const ended = once(server, 'exit');
      server.disconnect();
      await ended;
    },
  };
}

async function portOf(server: ChildProcess): Promise<number> {
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`The server ended with ${code}.`);
  });
  const [{ port }] = (await Promise.race([once(server, 'message'), ended])) as [{ port: number }];
  return port;
}
