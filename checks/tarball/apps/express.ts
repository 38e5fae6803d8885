import { type App, sessionSource } from './app.ts';

export function expressApp(version: string, types: string): App {
  return {
    packages: [`express@${version}`, `@types/express@${types}`],
    files: {
      'session.ts': sessionSource,
      'main.ts': `
import { createServer } from 'node:http';
import { bulwark, bulwarkErrors, defendServer, routeCsp } from 'bulwark/express';
import express from 'express';
import { keys, session } from './session.js';

const app = express();
app.use(bulwark({ session, csrf: { keys } }));
app.get('/', routeCsp({ extend: { 'img-src': ['https://pictures.example.com'] } }), (_req, res) => {
  res.send(\`<!doctype html><script nonce="\${res.locals.nonce}">1</script>\`);
});
app.get('/fails', () => {
  throw new Error('a secret sentence');
});
app.post('/cart', async (req, res) => {
  await session.of(req).set({ cart: 'lamp' });
  res.send('saved');
});
app.use(bulwarkErrors());
defendServer(createServer(app)).listen(Number(process.env['PORT']), '127.0.0.1');
`,
    },
    mistake: "import { bulwark } from 'bulwark/express';\nbulwark({ trustedProxies: 'all' });\n",
  };
}
