import { type App, sessionSource } from './app.ts';

export function koaApp(version: string, types: string): App {
  return {
    packages: [`koa@${version}`, `@types/koa@${types}`, '@koa/router@15.7.0'],
    files: {
      'session.ts': sessionSource,
      'main.ts': `
import { createServer } from 'node:http';
import Router from '@koa/router';
import { bulwark, defendServer, routeCsp } from 'bulwark/koa';
import Koa from 'koa';
import { keys, session } from './session.js';

const app = new Koa();
app.silent = true;
app.use(bulwark({ session, csrf: { keys } }));
const router = new Router();
router.get('/', routeCsp({ extend: { 'img-src': ['https://pictures.example.com'] } }), (ctx) => {
  ctx.type = 'html';
  ctx.body = \`<!doctype html><script nonce="\${ctx.state.nonce}">1</script>\`;
});
router.get('/fails', () => {
  throw new Error('a secret sentence');
});
router.post('/cart', async (ctx) => {
  await ctx.state.session.set({ cart: 'lamp' });
  ctx.body = 'saved';
});
app.use(router.routes());
defendServer(createServer(app.callback())).listen(Number(process.env['PORT']), '127.0.0.1');
`,
    },
    mistake: "import { bulwark } from 'bulwark/koa';\nbulwark({ trustedProxies: 'all' });\n",
  };
}
