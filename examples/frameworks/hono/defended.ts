import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { defendServer } from 'bulwark/hono';
import { desk } from './defended/desk.tsx';

const server = serve(
  { fetch: desk.fetch, port: Number(process.env['PORT'] ?? 3000), hostname: '127.0.0.1' },
  ({ port }) => {
    console.log(`listening on http://127.0.0.1:${port}`);
  },
);
defendServer(server as Server);
