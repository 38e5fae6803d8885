import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyring } from '../secrets/index.ts';
import { csrf } from './index.ts';
import { loosePath } from './paths.ts';

const own = 'https://shop.example.com';
const friend = 'https://admin.example.com';
const guard = csrf({
  origin: own,
  keys: keyring('q8Zr2vXw5TnB7mKd3HsJ9pLc6GfYa4Ue'),
  allowOrigins: [friend],
  allowUnchecked: [{ path: '/hooks/*', because: 'the senders sign their requests' }],
});
const session = { binding: 'binding-of-session-1', hasCookie: true };

/** Any text, or one that looks right: whole, cut, joined, in capitals, with something in front or behind. */
function near(...right: readonly string[]): fc.Arbitrary<string> {
  const whole = fc.constantFrom('', 'null', 'https://evil.example', ...right);
  return fc.oneof(
    whole,
    fc.string({ unit: 'binary' }),
    fc
      .tuple(
        whole,
        fc.constantFrom(' ', ',', ', ', '.', '@', '/', '\\', '\0', '\t', '%00', ':443', '#', '?'),
        whole,
      )
      .map((parts) => parts.join('')),
    fc.tuple(whole, fc.nat(30)).map(([text, length]) => text.slice(0, length)),
    whole.map((text) => text.toUpperCase()),
  );
}

describe('whatever the headers are', () => {
  it('an unsafe request passes only from an own or a listed origin', () => {
    const sites = near('same-origin', 'same-site', 'cross-site', 'none');
    const methods = fc.constantFrom('POST', 'PUT', 'DELETE', 'x');
    fc.assert(
      fc.property(
        sites,
        near(own, friend),
        near('GET'),
        near('token'),
        methods,
        (site, origin, override, token, method) => {
          const headers = {
            ...{ 'sec-fetch-site': site, origin, 'x-http-method-override': override, 'x-csrf-token': token },
            ...{ cookie: `sid=1; __Host-csrf=${token}`, 'content-type': override },
          };
          const { allow } = guard.check(
            { method, url: '/transfer', headers },
            { protocol: 'https', host: 'shop.example.com', session },
          );
          const isOwn = [own, `${own}:443`].includes(origin.toLowerCase());
          expect(allow).toBe(site === 'same-origin' || origin === friend || (site === '' && isOwn));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('a path escapes the check only if every reading of it is below an unchecked one', () => {
    const piece = fc.constantFrom(
      'hooks',
      'transfer',
      '..',
      '.',
      '%2e%2e',
      '%2E.',
      '',
      '/',
      '%2f',
      '\\',
      '%5c',
      ';',
      '?',
      '#',
      '%00',
      '%252e',
    );
    const read = (text: string): string => new URL(`http://x${text.replace(/[?#].*/s, '')}`).pathname;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const url = `/${pieces.join('/')}`;
        const headers = { 'sec-fetch-site': 'cross-site' };
        const { allow } = guard.check(
          { method: 'POST', url, headers },
          { protocol: 'https', host: 'shop.example.com', session },
        );
        if (!allow) return;
        expect(read(url)).toMatch(/^\/hooks\//);
        expect(`${loosePath(url.replace(/[?#].*/s, ''))}/`).toMatch(/^\/hooks\//);
      }),
      { numRuns: 3_000 },
    );
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect(
      guard.check({ method: 'POST', url: '/hooks/a', headers }, { protocol: 'https', session }).allow,
    ).toBe(true);
  });
});
