import fastify from 'fastify';
import { expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { RegisteredSession } from '../session/index.ts';
import type { Uploads } from '../upload/index.ts';
import { bulwark, form, json, routeCsp, routeRateLimit, upload } from './index.ts';

declare const documents: Uploads<{ contract: { types: ['application/pdf']; required: true } }>;
declare const limiter: Parameters<typeof routeRateLimit>[0];

it('gives requests, replies and route options their types', async () => {
  const app = fastify();
  await app.register(bulwark, { trustedProxies: 1 });
  app.get('/', { config: { bulwark: { csp: false, maxBodyBytes: 1 } } }, (request, reply) => {
    expectTypeOf(request.session).toEqualTypeOf<RegisteredSession>();
    expectTypeOf(reply.nonce).toBeString();
    expectTypeOf(reply.locals.nonce).toBeString();
  });
  app.post('/', { preParsing: json({ schema: z.object({ product: z.number() }) }) }, (request) => {
    expectTypeOf(request.body.product).toBeNumber();
    expectTypeOf(request.session).toEqualTypeOf<RegisteredSession>();
  });
  app.post('/form', { preParsing: form({ schema: z.object({ q: z.string() }) }) }, (request) => {
    expectTypeOf(request.body.q).toBeString();
  });
  app.post('/upload', { preHandler: upload(documents) }, (request) => {
    expectTypeOf(request.body.files.contract.id).toBeString();
  });
  app.addHook('onRequest', routeCsp(false));
  app.addHook('preHandler', routeRateLimit(limiter));
  // @ts-expect-error A number of bytes.
  app.get('/mistake', { config: { bulwark: { maxBodyBytes: '1mb' } } }, () => 'x');
});

it('fits every server', async () => {
  const app = fastify({ http2: true });
  await app.register(bulwark, {});
  app.addHook('onRequest', routeCsp(false));
  app.post('/', { preParsing: json({ schema: z.object({ product: z.number() }) }) }, (request, reply) => {
    expectTypeOf(request.body.product).toBeNumber();
    expectTypeOf(reply.nonce).toBeString();
  });
});
