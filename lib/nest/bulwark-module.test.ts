import { Body, Get, type INestApplication, type MiddlewareConsumer, Module, Post, Req } from '@nestjs/common';
import { expect, it } from 'vitest';
import { controller } from '../../checks/nest/controller.ts';
import { describeNest, hello, json } from '../../checks/nest/describe-nest.ts';
import { nestApp } from '../../checks/nest/nest-app.ts';
import { currentRequest } from '../request/index.ts';
import { BulwarkModule, Json, RouteCors, RouteCsp, RouteRateLimit } from './index.ts';

describeNest('the module', (start, platform) => {
  it('runs before parsers, middleware and what main.ts adds', async () => {
    const seen: (string | undefined)[] = [];
    class Inner {
      configure(consumer: MiddlewareConsumer): void {
        consumer
          .apply((_req: unknown, _res: unknown, next: () => void) => {
            seen.push(currentRequest()?.nonce);
            next();
          })
          .forRoutes('*path');
      }
    }
    Module({})(Inner);
    const ask = await start({ imports: [Inner], controllers: [hello] }, {}, {}, (app) => {
      app.use((_req: unknown, _res: unknown, next: () => void) => {
        seen.push(currentRequest()?.nonce);
        next();
      });
    });
    const response = await ask('/hello');
    expect(await response.json()).toEqual({ hello: true });
    expect(seen).toHaveLength(2);
    expect(new Set(seen).size).toBe(1);
    expect(response.headers.get('content-security-policy')).toContain(`'nonce-${seen[0]}'`);
    // Refused before a parser reads it.
    const malformed = await ask('/hello', json('{"a":'));
    expect(malformed.status).toBe(400);
    expect(malformed.headers.get('content-security-policy')).toBeTruthy();
    expect(malformed.headers.get('content-type')).toContain('application/problem+json');
  });

  it('refuses an announced body and a cross-site form before a parser or middleware sees them', async () => {
    let seen = 0;
    const count = (app: INestApplication): void => {
      app.use((_req: unknown, _res: unknown, next: () => void) => {
        seen++;
        next();
      });
    };
    const send = controller({ send: [[Post('send')], () => 'sent'] });
    const ask = await start({ controllers: [send] }, { maxBodyBytes: 100, csrf: {} }, {}, count);
    expect((await ask('/send', json(JSON.stringify('x'.repeat(200))))).status).toBe(413);
    const crossSite = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } };
    expect((await ask('/send', crossSite)).status).toBe(403);
    expect(seen).toBe(0);
    expect(
      (await ask('/send', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } })).status,
    ).toBe(201);
    expect(seen).toBe(1);
  });

  it("judges what Nest's own parser made, and leaves rawBody", async () => {
    const send = controller({
      send: [
        [Post('send')],
        (body: object, req: { rawBody?: Buffer }) => ({
          fields: Object.keys(body).length,
          raw: String(req.rawBody),
        }),
        Body(),
        Req(),
      ],
    });
    const ask = await start({ controllers: [send] }, { limits: { maxBodyFields: 20 } }, { rawBody: true });
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i}`, 1]));
    expect((await ask('/send', json(JSON.stringify(many)))).status).toBe(400);
    expect(await (await ask('/send', json('{"a": 1}'))).json()).toEqual({ fields: 1, raw: '{"a": 1}' });
  });

  it('takes options of providers', async () => {
    class Config {
      readonly frames = ['https://maps.example'];
    }
    class ConfigModule {}
    Module({ providers: [Config], exports: [Config] })(ConfigModule);
    const made = BulwarkModule.forRootAsync({
      imports: [ConfigModule],
      inject: [Config],
      useFactory: async ({ frames }: Config) => ({ csp: { extend: { 'frame-src': frames } } }),
    });
    const app = await nestApp(platform, { imports: [made], controllers: [hello] });
    const response = await fetch(`${app.url}/hello`);
    await app.close();
    expect(response.headers.get('content-security-policy')).toContain(
      "frame-src 'self' https://maps.example",
    );
  });

  it('reports mistakes at startup', async () => {
    const misuse = expect.objectContaining({ code: 'bulwark/invalid-option' });
    expect(() => BulwarkModule.forRoot({ csrv: {} } as never)).toThrow(misuse);
    expect(() => BulwarkModule.forRootAsync({} as never)).toThrow(misuse);
    await expect(start({}, { trustedProxies: -1 })).rejects.toThrow(misuse);
    await expect(start({ imports: [BulwarkModule.forRoot()] })).rejects.toThrow(/twice/);
    const twice = BulwarkModule.forRootAsync({ useFactory: () => ({ csrv: {} }) as never });
    await expect(nestApp(platform, { imports: [twice] })).rejects.toThrow(misuse);
    expect(() => RouteCsp({ directives: { 'script-sorc': [] } } as never)).toThrow();
    expect(() => RouteRateLimit({} as never)).toThrow(misuse);
  });

  it("refuses to start beside Nest's own CORS and parsers, which would undo it", async () => {
    const shared = { cors: { origins: ['https://app.example'] } };
    await expect(start({ controllers: [hello] }, shared, { cors: true })).rejects.toThrow(/own CORS/);
    const read = controller({ read: [[Get('read'), RouteCors(shared.cors)], () => 'x'] });
    await expect(start({ controllers: [read] }, {}, { cors: true })).rejects.toThrow(/own CORS/);
    const parsed = controller({ send: [[Post('send'), Json()], () => 'x'] });
    await expect(start({ controllers: [parsed] })).rejects.toThrow(/bodyParser: false/);
    // Nest's CORS alone is the application's own choice.
    const ask = await start({ controllers: [hello] }, {}, { cors: true });
    expect((await ask('/hello')).headers.get('access-control-allow-origin')).toBe('*');
    expect(await start({ controllers: [parsed] }, {}, { bodyParser: false })).toBeTypeOf('function');
  });
});
