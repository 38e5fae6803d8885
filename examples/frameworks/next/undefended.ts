import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import next from 'next';

const app = next({ dev: false, dir: `${import.meta.dirname}/undefended` });
await app.prepare();
const server = createServer(app.getRequestHandler());
server.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1');
await once(server, 'listening');
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
await fetch(`${address}/`); // Next.js loads a page at its first request: this one makes the database
console.log(`listening on ${address}`);
