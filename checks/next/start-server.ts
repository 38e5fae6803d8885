import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AppOptions, RunningApp } from '../conformance/contract.ts';
import { build } from './build.ts';

/**
 * Starts the application in checks/next/conformance, in a process of its own.
 *
 * @param bare without the server of `bulwark/next/server`
 */
export async function startServer(options: AppOptions, bare = false): Promise<RunningApp> {
  const out = await build('conformance');
  const server = fork('conformance/server.ts', {
    ...{ cwd: import.meta.dirname, execArgv: ['--import', 'tsx'] },
    env: {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: '1',
      BULWARK_NEXT_OUT: out,
      BULWARK_CONFORMANCE: JSON.stringify(options),
      ...(bare && { BULWARK_BARE: '1' }),
    },
  });
  const [{ port }] = (await Promise.race([
    once(server, 'message'),
    once(server, 'exit').then(([code]) => {
      throw new Error(`The server ended with ${code}.`);
    }),
  ])) as [{ port: number }];
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const ended = once(server, 'exit');
      server.disconnect();
      await ended;
    },
  };
}
