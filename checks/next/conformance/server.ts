import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bulwark, defendServer } from '../../../lib/next/server/index.ts';
import { staticFiles } from '../../../lib/node/index.ts';
import * as requestContext from '../../conformance/world/request-context.ts';
import { thrown } from '../../conformance/world/thrown.ts';
import * as given from '../../conformance/world/world.ts';
import { options } from './world.ts';

/** The part of Next.js that is used here. Its types are installed with it, outside this project. */
interface NextApp {
  prepare(): Promise<void>;
  getRequestHandler(): RequestListener;
}

// Sessions in memory are refused in production, and Next.js serves a build only in production.
process.env['NODE_ENV'] = 'test';
const world = given.worldOf(JSON.parse(process.env['BULWARK_CONFORMANCE'] ?? '{"bulwark":{}}'));
process.env['NODE_ENV'] = 'production';
globalThis.conformance = { world, acted: [], given, thrown, requestContext };

const files = staticFiles(given.assets);
let handle: RequestListener;

const listener = bulwark(options(), (req, res) =>
  req.url?.startsWith('/assets/') ? sendFile(req, res) : handle(req, res),
);
// As `next start` runs it: nothing of ours is in front.
const isBare = process.env['BULWARK_BARE'] === '1';
const server = isBare ? createServer((req, res) => handle(req, res)) : defendServer(createServer(listener));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

// The parent is gone, perhaps while Next.js still starts.
process.on('disconnect', () => {
  void world.close().finally(() => process.exit(0));
});

const { default: next } = (await import('next' as string)) as { default: (own: object) => NextApp };
// Next.js fetches its own pages from this address.
const app = next({ dev: false, dir: import.meta.dirname, hostname: '127.0.0.1', port });
await app.prepare();
handle = app.getRequestHandler();
process.send?.({ port });

/** Serves a file below `/assets`, as a router would call the handler. */
function sendFile(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const target = req.url ?? '';
  Object.assign(req, { originalUrl: target, url: target.slice('/assets'.length) });
  return new Promise((resolve, reject) => {
    files(req, res, (error) =>
      reject(error ?? Object.assign(new Error('no such file'), { status: 404, expose: true })),
    );
    res.on('close', resolve);
  });
}
