import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { bulwark } from './index.ts';
import { inputsOf } from './inputs-of.ts';
import { RequestLines } from './request-lines.ts';

const lines = (...rawHeaders: string[]): RequestLines => new RequestLines({ rawHeaders, headers: {} });

describe('header lines', () => {
  it('are read whatever case their names have', () => {
    const read = lines(
      ...['HOST', 'a', 'Content-LENGTH', '1', 'transfer-Encoding', 'chunked'],
      ...['eXPECT', '100-continue', 'If-None-Match', '"a"'],
    );
    expect(read).toMatchObject({ host: 'a', hosts: 1, contentLength: '1', hasTransferEncoding: true });
    expect(read).toMatchObject({ expects: true, isConditional: true });
    expect(lines('IF-MODIFIED-SINCE', 'x').isConditional).toBe(true);
  });

  it('are not taken for others whose names look alike', () => {
    const names = ['hos\u212a', 'h\u00f6st', 'ho\u017ft', 'xost', 'Host ', 'Hosts', 'If-None-Mat\u0441h'];
    expect(lines(...names.flatMap((name) => [name, 'x']))).toMatchObject({ hosts: 0, isConditional: false });
  });

  it('count the hosts, and take the first of several, as Node does', () => {
    const read = lines('Host', 'a', 'host', 'b', 'Content-Length', '1', 'content-length', '2');
    expect(read).toMatchObject({ host: 'a', hosts: 2, contentLength: '1' });
  });
});

/** The status of a request as adapters of functions make it, such as `serverless-http`. */
async function statusOf(headers: object): Promise<number> {
  const req = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: '/', headers });
  req.push(null);
  const res = new ServerResponse(req);
  await bulwark({ onError: () => {} }, (_req, answer) => void answer.end('hello'))(req, res);
  return res.statusCode;
}

describe('a request that has headers and no lines', () => {
  it.each([
    { host: 'a.example' },
    { Host: 'a.example:443', 'content-length': '0' },
    { host: undefined, accept: ['text/html', '*/*'] },
    {},
  ])('is answered with %o', async (headers) => {
    expect(await statusOf(headers)).toBe(200);
  });

  it.each([
    { host: 'a b' },
    { host: 'a.example, b.example' },
    { host: ['a.example', 'b.example'] },
    { Host: 'a.example', host: 'b.example' },
  ])('is refused with %o (CWE-444)', async (headers) => {
    expect(await statusOf(headers)).toBe(400);
  });

  it.each(['2000000000', 'x'])('is refused with a body of %s bytes', async (length) => {
    expect(await statusOf({ host: 'a.example', 'content-length': length })).toBeGreaterThanOrEqual(400);
  });

  it('has a limit for their number', async () => {
    const many = (count: number): object =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`x-${at}`, 'x']));
    expect([await statusOf(many(50)), await statusOf(many(5_000))]).toEqual([200, 431]);
  });

  it('has them among what the client sent', () => {
    const req = Object.assign(new IncomingMessage(new Socket()), { url: '/', headers: { 'X-Q': 'a' } });
    expect(inputsOf(req)()).toMatchObject({ headers: { 'x-q': ['a'] } });
    // HTTP/1.0 needs none.
    expect(inputsOf(Object.assign(new IncomingMessage(new Socket()), { url: '/' }))()).toMatchObject({
      headers: {},
    });
  });

  it('has no headers of a polluted prototype', async () => {
    const inherited = Object.prototype as Record<string, unknown>;
    inherited['host'] = 'a b';
    try {
      expect(await statusOf({ accept: '*/*' })).toBe(200);
    } finally {
      delete inherited['host'];
    }
  });
});
