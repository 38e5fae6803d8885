import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bulwark } from '../../../lib/next/server/index.ts';

/** Serves a build. The second argument says whether the server of `bulwark/next/server` is in front. */
const [, , dir = '', served] = process.argv;
const { default: next } = (await import('next' as string)) as {
  default: (own: object) => { prepare(): Promise<void>; getRequestHandler(): RequestListener };
};
const app = next({ dev: false, dir });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer(
  served === 'served' ? bulwark({ origin: 'https://shop.example.com' }, handle) : handle,
);
// The others' turns are longer than Node waits.
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => process.send?.(process.cpuUsage()));
process.on('disconnect', () => process.exit(0));
