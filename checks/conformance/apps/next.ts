import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { build } from '../../next/build.ts';
import type { ConformanceApp } from '../contract.ts';

const folder = fileURLToPath(new URL('../../next', import.meta.url));

/** In a process of its own, as it is built: see checks/next/conformance. */
export const app: ConformanceApp = {
  async start(options) {
    await build('conformance');
    const server = fork('conformance/server.ts', {
      ...{ cwd: folder, execArgv: ['--import', 'tsx'] },
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        BULWARK_CONFORMANCE: JSON.stringify(options),
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
  },
};
