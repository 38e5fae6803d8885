import { type App, sessionSource } from './app.ts';

export const honoApp: App = {
  packages: ['hono@4.13.19', '@hono/node-server@2.1.9'],
  files: {
    'session.ts': sessionSource,
    'main.ts': `
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { bulwark, bulwarkErrors, defendServer, routeCsp } from 'bulwark/hono';
import { Hono } from 'hono';
import { keys, session } from './session.js';

const app = new Hono();
app.use(bulwark({ session, csrf: { keys } }));
app.onError(bulwarkErrors());
app.get('/', routeCsp({ extend: { 'img-src': ['https://pictures.example.com'] } }), (c) =>
  c.html(\`<!doctype html><script nonce="\${c.var.nonce}">1</script>\`),
);
app.get('/fails', () => {
  throw new Error('a secret sentence');
});
app.post('/cart', async (c) => {
  await c.var.session.set({ cart: 'lamp' });
  return c.text('saved');
});
defendServer(serve({ fetch: app.fetch, port: Number(process.env['PORT']), hostname: '127.0.0.1' }) as Server);
`,
  },
  mistake: "import { bulwark } from 'bulwark/hono';\nbulwark({ trustedProxies: 'all' });\n",
};
