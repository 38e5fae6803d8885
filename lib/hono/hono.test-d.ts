import { Hono } from 'hono';
import { hc } from 'hono/client';
import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { FormFields } from '../parse/form/form-value.ts';
import type { RegisteredSession } from '../session/index.ts';
import { bulwark, bulwarkErrors, form, json, routeCsp, routeHeaders } from './index.ts';

const schema = z.object({ product: z.number() });

describe('bulwark/hono', () => {
  it('types the context without casts, in chains and apart', () => {
    const app = new Hono();
    app.use(bulwark());
    app.onError(bulwarkErrors());
    app.get('/', routeCsp(false), routeHeaders({ 'X-Frame-Options': false }), (c) => {
      expectTypeOf(c.var.nonce).toEqualTypeOf<string>();
      expectTypeOf(c.get('session')).toEqualTypeOf<RegisteredSession>();
      return c.text('hello');
    });
    expectTypeOf(bulwark)
      .parameter(0)
      .toExtend<{ connection?: (c: never) => { remote?: string | undefined } } | undefined>();
  });

  it('types bodies in handlers, and for the client of Hono', () => {
    const app = new Hono()
      .use(bulwark())
      .post('/orders', json({ schema }), (c) => {
        expectTypeOf(c.req.valid('json')).toEqualTypeOf<{ product: number }>();
        return c.json({ ordered: c.req.valid('json').product });
      })
      .post('/search', form(), (c) => {
        expectTypeOf(c.req.valid('form')).toEqualTypeOf<FormFields>();
        return c.text('found');
      });
    const client = hc<typeof app>('https://shop.example');
    expectTypeOf(client.orders.$post).parameter(0).toEqualTypeOf<{ json: { product: number } }>();
  });

  it('takes no environment of the application away', () => {
    const app = new Hono<{ Bindings: { KEY: string }; Variables: { own: number } }>();
    app.use(bulwark({ connection: (c) => ({ remote: c.req.header('cf-connecting-ip') }) }));
    app.post('/', json({ schema }), (c) => {
      expectTypeOf(c.env.KEY).toEqualTypeOf<string>();
      expectTypeOf(c.var.own).toEqualTypeOf<number>();
      return c.text(String(c.req.valid('json').product));
    });
  });
});
