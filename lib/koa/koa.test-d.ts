import Router from '@koa/router';
import Koa from 'koa';
import { expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { RegisteredSession } from '../session/index.ts';
import { bulwark, form, json, routeCors, routeCsp } from './index.ts';

it('gives the state and the body their types', () => {
  const app = new Koa().use(bulwark());
  app.use((ctx) => {
    expectTypeOf(ctx.state.session).toEqualTypeOf<RegisteredSession>();
    expectTypeOf(ctx.state.nonce).toBeString();
  });
  const router = new Router();
  router.post('/', routeCsp(false), json({ schema: z.object({ product: z.number() }) }), (ctx) => {
    expectTypeOf(ctx.request.body.product).toBeNumber();
    expectTypeOf(ctx.state.session).toEqualTypeOf<RegisteredSession>();
  });
  router.post('/form', form({ schema: z.object({ q: z.string() }) }), (ctx) => {
    expectTypeOf(ctx.request.body.q).toBeString();
  });
  router.all('/shared', routeCors({ origins: ['https://app.example'] }), (ctx) => {
    ctx.body = 'x';
  });
  app.use(router.routes());
});
