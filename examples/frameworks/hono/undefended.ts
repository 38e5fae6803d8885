import { serve } from '@hono/node-server';
import { desk } from './undefended/desk.tsx';

serve({ fetch: desk.fetch, port: Number(process.env['PORT'] ?? 3000), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`listening on http://127.0.0.1:${port}`);
});
