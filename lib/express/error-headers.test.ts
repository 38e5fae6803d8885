import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { bulwark, bulwarkErrors } from './index.ts';

configureEvents({ sinks: [] });

/** What is answered where a handler throws this. */
async function answerTo(thrown: object, headers: Record<string, string> = {}): Promise<Response> {
  const app: Express = express().use(bulwark());
  app.get('/', (_req, res) => {
    res.set(headers);
    throw thrown;
  });
  app.use(bulwarkErrors({ onError: () => {} }));
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

const failure = (status: number, more: object = {}): Error =>
  Object.assign(new Error('secret'), { status, expose: true, ...more });

describe('an error of the client', () => {
  it.each([
    [400, 'Bad Request'],
    [401, 'Unauthorized'],
    [404, 'Not Found'],
    [412, 'Precondition Failed'],
    [416, 'Range Not Satisfiable'],
    [429, 'Too Many Requests'],
    [499, 'Bad Request'],
  ])('has the reason of its status as its title: %i', async (status, title) => {
    const response = await answerTo(failure(status));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ type: 'about:blank', title, status });
  });

  it('keeps the headers that the client needs, and no others', async () => {
    const headers = {
      ...{ 'Retry-After': 30, 'www-authenticate': ['Bearer', 'Basic realm="x"'], Allow: 'GET, HEAD' },
      ...{ 'Set-Cookie': 'a=b', 'Content-Type': 'text/html', 'X-Debug': 'secret', 'Cache-Control': 'public' },
    };
    const response = await answerTo(failure(429, { headers }));
    expect(response.headers.get('retry-after')).toBe('30');
    expect(response.headers.get('www-authenticate')).toBe('Bearer, Basic realm="x"');
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    for (const name of ['set-cookie', 'x-debug']) expect(response.headers.get(name)).toBeNull();
  });

  it.each<[string, unknown]>([
    ['a line break', { 'Retry-After': '1\r\nSet-Cookie: a=b' }],
    ['an object', { 'Retry-After': { a: 1 } }],
    ['a list with an object', { Allow: ['GET', {}] }],
    ['what is far too long', { Allow: 'A'.repeat(1001) }],
    ['a text', 'Retry-After: 1'],
    ['null', null],
    [
      'a getter that throws',
      Object.defineProperty({}, 'Allow', {
        enumerable: true,
        get: () => {
          throw new Error('secret');
        },
      }),
    ],
  ])('is answered all the same where its headers are %s', async (_what, headers) => {
    const response = await answerTo(failure(429, { headers }));
    expect(response.status).toBe(429);
    for (const name of ['retry-after', 'allow', 'set-cookie']) expect(response.headers.get(name)).toBeNull();
  });

  it('takes no headers from a polluted prototype, nor from an error that is answered with 500', async () => {
    const headers = { 'Retry-After': '1' };
    Object.defineProperty(Object.prototype, 'headers', {
      ...{ value: headers, configurable: true, writable: true },
    });
    try {
      expect((await answerTo(failure(429))).headers.get('retry-after')).toBeNull();
    } finally {
      delete (Object.prototype as { headers?: unknown }).headers;
    }
    const upstream = Object.assign(new Error('secret'), { status: 429, headers });
    const response = await answerTo(upstream);
    expect([response.status, response.headers.get('retry-after')]).toEqual([500, null]);
  });

  it('loses what a network would obey before no-store, and keeps what the route had set', async () => {
    const set = { 'Cloudflare-CDN-Cache-Control': 'max-age=60', 'X-Accel-Expires': '60', 'Retry-After': '7' };
    const response = await answerTo(failure(429), set);
    for (const name of ['cloudflare-cdn-cache-control', 'x-accel-expires']) {
      expect(response.headers.get(name)).toBeNull();
    }
    expect(response.headers.get('retry-after')).toBe('7');
  });
});
