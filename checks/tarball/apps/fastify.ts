import { type App, sessionSource } from './app.ts';

export const fastifyApp: App = {
  packages: ['fastify@5.12.8'],
  files: {
    'session.ts': sessionSource,
    'main.ts': `
import { bulwark, defendServer } from 'bulwark/fastify';
import fastify from 'fastify';
import { keys, session } from './session.js';

async function main(): Promise<void> {
  const app = fastify();
  await app.register(bulwark, { session, csrf: { keys } });
  const csp = { extend: { 'img-src': ['https://pictures.example.com'] } };
  app.get('/', { config: { bulwark: { csp } } }, (_request, reply) =>
    reply.type('text/html').send(\`<!doctype html><script nonce="\${reply.nonce}">1</script>\`),
  );
  app.get('/fails', () => {
    throw new Error('a secret sentence');
  });
  app.post('/cart', async (request) => {
    await request.session.set({ cart: 'lamp' });
    return 'saved';
  });
  defendServer(app.server);
  await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
}
void main();
`,
  },
  mistake: `
import { bulwark } from 'bulwark/fastify';
import fastify from 'fastify';
fastify().register(bulwark, { trustedProxies: 'all' });
`,
};
