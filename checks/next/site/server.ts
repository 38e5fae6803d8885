import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bulwark, defendServer, hashedPages } from '../../../lib/next/server/index.ts';

interface NextApp {
  prepare(): Promise<void>;
  getRequestHandler(): RequestListener;
}

const dir = import.meta.dirname;
const { default: next } = (await import('next' as string)) as { default: (own: object) => NextApp };
const app = next({ dev: false, dir });
await app.prepare();
const handle = app.getRequestHandler();
const server =
  process.env['BULWARK_NEXT_VARIANT'] === 'static'
    ? defendServer(
        createServer(
          bulwark({ pages: await hashedPages(join(dir, process.env['BULWARK_NEXT_OUT'] ?? '')) }, handle),
        ),
      )
    : createServer(handle);
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('disconnect', () => process.exit(0));
