import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal/refusal.ts';
import { runRequest } from '../request/context.ts';
import { answerTo, type ErrorAnswer } from './index.ts';

const refusal = (detail: object = {}): Refusal =>
  new Refusal('fetch/private-address', {
    detail: { host: 'intranet.secret', address: '10.0.0.5', rule: '10.0.0.0/8', ...detail },
  });
const headerOf = (answer: ErrorAnswer, name: string): string | undefined =>
  answer.headers.find(([key]) => key.toLowerCase() === name)?.[1];

describe('answerTo', () => {
  it('answers a refusal with its status, without its detail', () => {
    const answer = answerTo(refusal(), 'r1');
    expect(answer).toMatchObject({ status: 400, requestId: 'r1', isFailure: false });
    expect(JSON.parse(answer.body)).toEqual({
      ...{ type: 'about:blank', title: 'The request was refused.', status: 400, requestId: 'r1' },
    });
  });

  it('can neither be cached nor run', () => {
    expect(answerTo(new Error('x')).headers).toEqual([
      ['Content-Type', 'application/problem+json'],
      ['X-Content-Type-Options', 'nosniff'],
      ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
      ['Cache-Control', 'no-store'],
    ]);
  });

  it.each([
    ['whole seconds', 30, '30'],
    ['a part of one', 0.2, '1'],
    ['none', 0, '0'],
    ['a mistake in a unit', 1e15, '31536000'],
    ['forever', Number.POSITIVE_INFINITY, '31536000'],
    ['less than none', -1, undefined],
    ['no number', Number.NaN, undefined],
    ['a text', '30\r\nSet-Cookie: a=b', undefined],
  ])('tells when to come again: %s', (_what, retryAfterSeconds, expected) => {
    expect(headerOf(answerTo(refusal({ retryAfterSeconds })), 'retry-after')).toBe(expected);
  });

  it('reads that from the refusal alone, not from a polluted prototype', () => {
    Object.defineProperty(Object.prototype, 'retryAfterSeconds', { value: 5, configurable: true });
    try {
      expect(headerOf(answerTo(refusal()), 'retry-after')).toBeUndefined();
    } finally {
      delete (Object.prototype as { retryAfterSeconds?: unknown }).retryAfterSeconds;
    }
  });

  it.each<[string, unknown]>([
    ['a cause', new TypeError('fetch failed', { cause: refusal({ retryAfterSeconds: 7 }) })],
    ['one of several errors', new AggregateError([new Error('x'), refusal({ retryAfterSeconds: 7 })])],
  ])('finds a refusal that is %s', (_what, error) => {
    const answer = answerTo(error);
    expect([answer.status, headerOf(answer, 'retry-after')]).toEqual([400, '7']);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'hunter2'],
    ['a record with a status', { status: 404, expose: true, message: 'hunter2' }],
    ['an error of an upstream server', Object.assign(new Error('hunter2'), { status: 404 })],
    [
      'an error that claims a 5xx may be shown',
      Object.assign(new Error('hunter2'), { status: 503, expose: true }),
    ],
    ['an error that claims success', Object.assign(new Error('hunter2'), { status: 200, expose: true })],
    ['a URIError of the application', new URIError('hunter2')],
    ['several errors', new AggregateError([new Error('hunter2')], 'hunter2')],
    ['a function', () => 'hunter2'],
    [
      'an error with a loop of causes',
      ((error: Error) => Object.assign(error, { cause: error }))(new Error('hunter2')),
    ],
    [
      'a proxy that throws',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('hunter2');
          },
          getPrototypeOf: () => {
            throw new Error('hunter2');
          },
        },
      ),
    ],
    [
      'a revoked proxy',
      ((made) => {
        made.revoke();
        return made.proxy;
      })(Proxy.revocable({}, {})),
    ],
  ])('is a 500 that shows nothing, whatever was thrown: %s', (_what, thrown) => {
    const answer = answerTo(thrown);
    expect([answer.status, answer.isFailure]).toEqual([500, true]);
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  it.each([
    ['a path that is not UTF-8', Object.assign(new URIError('x'), { status: 400 }), 400, 'Bad Request'],
    [
      'a body that is too large',
      Object.assign(new Error('x'), { status: 413, expose: true }),
      413,
      'Content Too Large',
    ],
    ['an unknown status', Object.assign(new Error('x'), { status: 499, expose: true }), 499, 'Bad Request'],
  ])("keeps the status of the client's own mistake: %s", (_what, error, status, title) => {
    const answer = answerTo(error);
    expect(answer).toMatchObject({ status, isFailure: false });
    expect(JSON.parse(answer.body).title).toBe(title);
  });

  it('has the id of the current request, or of the one that was refused', () => {
    runRequest({ id: 'r2' }, () => expect(answerTo(new Error('x')).requestId).toBe('r2'));
    const known = new Refusal('fetch/private-address', {
      detail: { host: 'a', address: '10.0.0.5', rule: '10.0.0.0/8' },
      requestId: 'r3',
    });
    expect(answerTo(known, 'r4').requestId).toBe('r3');
    expect(answerTo(new Error('x')).requestId).toMatch(/^[\w-]{36}$/);
  });
});
