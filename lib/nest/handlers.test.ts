import { Controller, Get, Module, Param, Res, Sse, StreamableFile, VersioningType } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { from, of } from 'rxjs';
import { beforeEach, expect, it } from 'vitest';
import { recordedEvents } from '../../checks/cookies/recorded-events.ts';
import { controller } from '../../checks/nest/controller.ts';
import { describeNest } from '../../checks/nest/describe-nest.ts';
import { memoryStore as limitStore, rateLimit } from '../rate-limit/index.ts';
import { currentRequest } from '../request/index.ts';
import { keyring } from '../secrets/index.ts';
import { sealedSessions } from '../session/sealed/index.ts';
import { BulwarkModule, CurrentSession, Nonce, RouteRateLimit } from './index.ts';

describeNest('handlers', (start, _platform) => {
  let events = recordedEvents();
  beforeEach(() => {
    events = recordedEvents();
  });
  it('have the nonce and the session as parameters', async () => {
    const session = sealedSessions<{ name: string }>({
      keys: keyring('Zm9yIHRlc3RzIG9ubHksIHRoaXMgaXMgbm8gc2VjcmV0IQ=='),
    });
    const show = controller({
      show: [
        [Get('show/:id')],
        (nonce: string, id: string, own: { user: unknown }) => ({ nonce, id, user: own.user ?? null }),
        Nonce(),
        Param('id'),
        CurrentSession(),
      ],
    });
    const ask = await start({ controllers: [show] }, { session });
    const response = await ask('/show/7');
    const body = (await response.json()) as { nonce: string };
    expect(body).toEqual({ nonce: expect.stringMatching(/^[\w+/]{22}==$/), id: '7', user: null });
    expect(response.headers.get('content-security-policy')).toContain(body.nonce);
    const without = await start({ controllers: [show] });
    expect((await without('/show/7')).status).toBe(500);
  });

  it('send files, observables and events as Nest does, with the headers', async () => {
    const ask = await start({
      controllers: [
        controller({
          file: [[Get('file')], () => new StreamableFile(Buffer.from('abc'))],
          values: [[Get('values')], () => of({ a: 1 })],
          events: [[Sse('events')], () => from([{ data: 'one' }, { data: 'two' }])],
          pass: [
            [Get('pass')],
            (res: { header(name: string, value: string): void }) => {
              res.header('X-Own', '1');
              return { a: 1 };
            },
            Res({ passthrough: true }),
          ],
        }),
      ],
    });
    const answers = await Promise.all(['/file', '/values', '/events', '/pass'].map((path) => ask(path)));
    for (const answer of answers) expect(answer.headers.get('content-security-policy')).toContain("'nonce-");
    const [file = '', values, stream] = await Promise.all(answers.map((answer) => answer.text()));
    expect([file, values]).toEqual(['abc', '{"a":1}']);
    expect(stream).toContain('data: two');
    expect(answers[3]?.headers.get('x-own')).toBe('1');
  });

  it('are named in events by the pattern of their route', async () => {
    const limiter = rateLimit({ store: limitStore(), limit: 1, windowSeconds: 60, key: 'address' });
    const users = controller(
      { show: [[Get(':id'), RouteRateLimit(limiter)], () => currentRequest()?.route] },
      Controller('users'),
    );
    const ask = await start({ controllers: [users] }, {}, {}, (app) => {
      app.setGlobalPrefix('api');
      app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
    });
    expect(await (await ask('/api/v1/users/7')).text()).toBe('/api/v1/users/:id');
    expect((await ask('/api/v1/users/8')).status).toBe(429);
    const [event] = await events.since();
    expect(event?.request?.route).toBe('/api/v1/users/:id');
  });
  it('leaves an application without a server alone', async () => {
    class Root {}
    Module({ imports: [BulwarkModule.forRoot()] })(Root);
    const context = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
    await context.close();
  });
});
