import type { IncomingHttpHeaders } from 'node:http';
import { configureEvents } from 'bulwark/event';
import { bulwark, bulwarkErrors } from 'bulwark/express';
import express from 'express';
import { afterAll, expect, test, vi } from 'vitest';
import { surprises, type Verdict } from './case.ts';
import { application } from './express-application.ts';
import { ask, closeServers, listen, policyOf } from './express-server.ts';

configureEvents({ sinks: [] });
vi.spyOn(console, 'error').mockImplementation(() => {});
vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
afterAll(() => {
  vi.restoreAllMocks();
  closeServers();
});

test('errors that are hostile themselves', async () => {
  const trap = (name: string) =>
    Object.defineProperty(new Error('secret'), name, {
      get() {
        throw new Error('secret trap');
      },
    });
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const thrown: (readonly [name: string, error: unknown])[] = [
    [
      'a proxy whose traps throw',
      new Proxy(
        {},
        {
          get() {
            throw new Error('secret trap');
          },
        },
      ),
    ],
    ['a revoked proxy', proxy],
    ...[
      'status',
      'statusCode',
      'expose',
      'name',
      'code',
      'message',
      'stack',
      'headers',
      'toJSON',
      'detail',
      'cause',
    ].map((name) => [`a getter of ${name} that throws`, trap(name)] as const),
    ['an object without a prototype', Object.create(null)],
    ['a function', () => 'secret'],
    ['a symbol', Symbol('secret')],
    ['a bigint', 10n],
    ['a status that is a bigint', Object.assign(new Error('secret'), { status: 400n, expose: true })],
    ['a status that is a symbol', Object.assign(new Error('secret'), { status: Symbol('x'), expose: true })],
    ['a status as text', Object.assign(new Error('secret'), { status: '404', expose: true })],
    ['a status of 200', Object.assign(new Error('secret'), { status: 200, expose: true })],
    ['a status of 304', Object.assign(new Error('secret'), { status: 304, expose: true })],
    ['a status that is NaN', Object.assign(new Error('secret'), { status: Number.NaN, expose: true })],
    ['a status of 400.5', Object.assign(new Error('secret'), { status: 400.5, expose: true })],
    [
      'an imitation of a refusal',
      {
        name: 'Refusal',
        code: 'html/not-text',
        status: 200,
        hint: 'secret',
        detail: {},
        toProblem: () => ({ secret: 1 }),
      },
    ],
    [
      'an imitation with a status',
      Object.assign(new Error('secret'), { name: 'Refusal', code: 'x/y', status: 777 }),
    ],
    ['false', false],
    ['0', 0],
    ['the text route', 'route'],
    ['the text router', 'router'],
  ];
  const verdicts: Verdict[] = [];
  let at = 0;
  for (const failing of [false, true]) {
    const app = express();
    app.use(bulwark());
    app.get('/', () => {
      throw thrown[at]?.[1];
    });
    app.use(
      bulwarkErrors({
        onError: () => {
          if (failing) throw new Error('secret of the logger');
        },
      }),
    );
    app.use(((_error, _req, res, _next) => {
      res.status(500).send('secret: handed on');
    }) as express.ErrorRequestHandler);
    const port = await listen(app);
    for (at = 0; at < thrown.length; at++) {
      const [name] = thrown[at] as (typeof thrown)[0];
      const answer = await ask(port, '/').catch((error: unknown) => ({
        status: 0,
        body: `secret: ${String(error)}`,
        headers: {} as IncomingHttpHeaders,
      }));
      const fine =
        !answer.body.includes('secret') &&
        (answer.status >= 400 || answer.status === 0) &&
        answer.headers['content-security-policy'];
      verdicts.push([
        {
          kind: 'attack',
          name: `${name}${failing ? ', and a logger that throws' : ''}`,
        },
        fine ? '' : `${answer.status} ${answer.body.replace(/\s+/g, ' ').slice(0, 120)}`,
      ]);
    }
  }
  expect(surprises(verdicts)).toEqual([]);
});

test('errors of all kinds', async () => {
  const port = await listen(application());
  for (const what of ['null', 'text', 'undef', 'object', 'status', 'huge', 'expose', 'expose5', 'headers']) {
    const answer = await ask(port, `/throw-odd?what=${what}`);
    const expected =
      what === 'expose' ? 418 : what === 'headers' ? 400 : what === 'null' || what === 'undef' ? 404 : 500;
    expect(answer.status, what).toBe(expected);
    expect(answer.body, what).not.toContain('secret');
    expect(answer.headers['set-cookie'], what).toBe(undefined);
    expect(policyOf(answer), what).not.toBe('');
  }
  const left = await ask(port, '/throw-headers');
  expect([
    left.status,
    left.headers['content-encoding'],
    left.headers['etag'],
    left.headers['content-disposition'],
    left.headers['cache-control'],
    left.headers['content-type'],
  ]).toEqual([
    500,
    undefined,
    undefined,
    undefined,
    'no-store',
    expect.stringMatching(/^application\/problem\+json/),
  ]);
  expect(JSON.parse(left.body)).toMatchObject({ status: 500, type: 'about:blank' });
  const broken = await ask(port, '/body', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"a":',
  });
  expect([broken.status, broken.body.includes('position')]).toEqual([400, false]);
  expect(
    (
      await ask(port, '/body', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify('x'.repeat(200)),
      })
    ).status,
  ).toBe(413);
  for (const id of ['<script>', 'a\tb', 'x'.repeat(1_000)])
    expect((await ask(port, '/throw', { headers: { 'x-request-id': id } })).body).not.toContain(id);
});
