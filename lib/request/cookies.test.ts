import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { cookieValues, isCookieName, setCookie } from './cookies.ts';

const attributes = { sameSite: 'Lax', secure: true, httpOnly: true } as const;
const withCookie = (cookie: string | string[]) => ({ headers: { cookie } });

describe('cookieValues', () => {
  it('returns every value of a name, so that tossed cookies show', () => {
    const request = withCookie('a=1; __Host-id=mine; b=2; __Host-id=tossed');
    expect(cookieValues(request, '__Host-id')).toEqual(['mine', 'tossed']);
  });

  it.each(['__host-id=x', '__Host-id2=x', 'a=__Host-id=x', '__Host-id', '=__Host-id=x', '__Host -id=x'])(
    'takes %s for another cookie',
    (cookie) => {
      expect(cookieValues(withCookie(cookie), '__Host-id')).toEqual([]);
    },
  );

  it.each(['\u00a0', '\u2028', '\ufeff', '\v', '\f'])('takes a name after %j for another name', (before) => {
    expect(cookieValues(withCookie(`${before}__Host-id=x`), '__Host-id')).toEqual([]);
    expect(cookieValues(withCookie(`__Host-id${before}=x`), '__Host-id')).toEqual([]);
  });

  it('reads spaces, tabs and quotes as browsers and proxies write them', () => {
    expect(cookieValues(withCookie('a=1;\t id \t=  "x y" ;b=2'), 'id')).toEqual(['x y']);
    expect(cookieValues(withCookie('id='), 'id')).toEqual(['']);
  });

  it('reads a web Request', () => {
    const request = new Request('http://shop.example', { headers: { cookie: 'id=1' } });
    // The Fetch standard lets pages set no Cookie; Node's Request takes it.
    expect(cookieValues(request, 'id')).toEqual(['1']);
  });

  it('is not fooled by a byte 0xA0 before the name on a real socket', async () => {
    let seen: readonly string[] | undefined;
    const server = createServer((req, res) => {
      seen = cookieValues(req, '__Host-id');
      res.end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.end(
      Buffer.from(
        'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: \xa0__Host-id=x\r\n\r\n',
        'latin1',
      ),
    );
    await new Promise((resolve) => socket.resume().once('close', resolve));
    await new Promise((resolve) => server.close(resolve));
    expect(seen).toEqual([]);
  });

  it('reads no more than a header of ordinary size', () => {
    const request = withCookie(`${'a=1; '.repeat(20_000)}id=late`);
    expect(cookieValues(request, 'id')).toEqual([]);
  });
});

describe('setCookie', () => {
  it('writes a cookie for this host and every path', () => {
    expect(setCookie('__Host-id', 'abc', attributes)).toBe(
      '__Host-id=abc; Path=/; Secure; HttpOnly; SameSite=Lax',
    );
    expect(setCookie('id', '', { ...attributes, maxAgeSeconds: 0, secure: false })).toBe(
      'id=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
    );
  });

  it.each([
    ['a b', 'x'],
    ['a;b', 'x'],
    ['', 'x'],
    ['a', 'x;Domain=evil.example'],
    ['a', 'x\r\nSet-Cookie: b=1'],
    ['a', 'x y'],
    ['a', '\u00e9'],
  ])('refuses the name %j with the value %j', (name, value) => {
    expect(() => setCookie(name, value, attributes)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it('knows a name when it sees one', () => {
    expect(isCookieName('__Host-session')).toBe(true);
    expect(isCookieName('a=b')).toBe(false);
  });
});
