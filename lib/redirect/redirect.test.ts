import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents, type SecurityEvent } from '../event/index.ts';
import { redirectAttacks } from '../testing/corpus/redirect.ts';
import { redirectTo, safeRedirect } from './index.ts';

const accounts = 'https://accounts.example.com';
const own = 'https://shop.example.com';
const refused = expect.objectContaining({ code: 'redirect/unsafe-target' });

beforeAll(() => {
  configureEvents({ sinks: [] });
});

describe('a path of the application', () => {
  it.each([
    ...[
      '/',
      '/orders',
      '/orders?page=2',
      '/orders#last',
      '/a//b',
      '/@alice',
      '/users/a@b.example',
      '/files/a%2Fb',
      '/a:b',
    ],
    ...[
      '/search?q=//evil.example',
      '/login?next=%2F%2Fevil.example',
      '/login?next=https%3A%2F%2Fa.example%2F',
      '/?u=https://a.example',
    ],
    ...[
      '/100%25',
      '/search?q=100%',
      '/notes?text=a%0D%0Ab',
      '/.well-known/x',
      '/...',
      '/a;b=c',
      "/o'neill",
      '/#//x',
      '/-/x',
    ],
  ])('%s is kept as it is', (target) => {
    expect(safeRedirect(target)).toBe(target);
  });

  it.each([
    ['/a/../b', '/b'],
    ['/a/./b', '/a/b'],
    ['/caf\u00e9', '/caf%C3%A9'],
    ['/a b', '/a%20b'],
    ['/a\\b', '/a/b'],
    ['/a?b c"<', '/a?b%20c%22%3C'],
    ['/\ud83d\ude00#\u00e9', '/%F0%9F%98%80#%C3%A9'],
    ['/../../x', '/x'],
    ['/?', '/'],
  ])('%s is written in its normal form', (target, location) => {
    expect(safeRedirect(target)).toBe(location);
  });
});

describe('a target on a listed origin', () => {
  const options = { origins: [accounts, 'HTTP://Localhost:80'] };

  it.each([
    [`${accounts}/profile?a=b#c`, `${accounts}/profile?a=b#c`],
    [accounts, `${accounts}/`],
    ['HTTPS://Accounts.Example.com:443/x', `${accounts}/x`],
    [`${accounts}?x`, `${accounts}/?x`],
    [`${accounts}//a`, `${accounts}//a`],
    ['http://localhost/x', 'http://localhost/x'],
  ])('%s is %s', (target, location) => {
    expect(safeRedirect(target, options)).toBe(location);
  });

  it.each([
    ...[
      'http://accounts.example.com/',
      'https://accounts.example.com:8443/',
      'https://accounts.example.com.evil.example/',
    ],
    ...[
      'https://evilaccounts.example.com/',
      'https://accounts.example.com@evil.example/',
      'https://a@accounts.example.com/',
    ],
    ...[
      'https://evil.example/https://accounts.example.com',
      'https://evil.example?https://accounts.example.com',
    ],
    ...[
      'https://evil.example#@accounts.example.com',
      'https://evil.example\\@accounts.example.com',
      'https:accounts.example.com',
    ],
    ...[
      'https:/accounts.example.com',
      'https:\\\\accounts.example.com',
      'https:///accounts.example.com',
      ' https://accounts.example.com',
    ],
    ...[
      'https://accounts.example.com.',
      'https://accounts.example.com\t.evil.example',
      'https://accounts.example.com/\r\nX: y',
    ],
    ...[
      '//accounts.example.com/',
      'ftp://accounts.example.com/',
      'https://accounts\u3002example.com.evil.example/',
      'https://',
    ],
  ])('is not %j', (target) => {
    expect(() => safeRedirect(target, options)).toThrow(refused);
  });
});

describe('a hostile target', () => {
  it.each(redirectAttacks)('is refused: $payload ($because)', ({ payload: target }) => {
    expect(() => safeRedirect(target, { origins: [accounts] })).toThrow(refused);
    expect(safeRedirect(target, { fallback: '/home' })).toBe('/home');
  });

  it.each([[['/a']], [{ toString: () => '/a' }], [1], [true], [new URL(own)], [['/', '/evil.example']]])(
    'that is no text is refused: %j',
    (target) => {
      expect(() => safeRedirect(target)).toThrow(refused);
    },
  );

  it('writes an event if there is a fallback, unless the target is missing', async () => {
    const events: SecurityEvent[] = [];
    const recorder = configureEvents({
      sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }],
    });
    for (const missing of [undefined, null, ''])
      expect(safeRedirect(missing, { fallback: '/home' })).toBe('/home');
    safeRedirect('/orders', { fallback: '/home' });
    safeRedirect('//evil.example', { fallback: '/home' });
    await recorder.flush();
    expect(events).toMatchObject([{ code: 'redirect/unsafe-target', action: 'blocked', severity: 'medium' }]);
    configureEvents({ sinks: [] });
  });

  it('without a fallback may not be missing', () => {
    for (const missing of [undefined, null, '']) expect(() => safeRedirect(missing)).toThrow(refused);
  });

  it('of any size is refused quickly and shortly', () => {
    for (const target of [
      '/'.repeat(1e6),
      `/${'%25'.repeat(2_700)}`,
      `/${'../'.repeat(2_700)}`,
      `https://${'a'.repeat(1e6)}`,
    ]) {
      try {
        safeRedirect(target);
      } catch (error) {
        expect((error as { detail: { target: string } }).detail.target.length).toBeLessThan(513);
      }
    }
    expect(() => safeRedirect(`/${'a'.repeat(8_192)}`)).toThrow(refused);
    expect(safeRedirect(`/${'a'.repeat(8_191)}`)).toHaveLength(8_192);
  });
});

describe('every accepted target', () => {
  const unit = fc.constantFrom(
    ...[
      '/',
      '\\',
      '.',
      '..',
      '%2e',
      '%2f',
      '%5c',
      '%252f',
      '%09',
      '%0d%0a',
      '\t',
      '\n',
      '\r',
      ' ',
      '\0',
      '@',
      ':',
      '?',
      '#',
    ],
    ...[
      '\uff0f',
      '%ef%bc%8f',
      '%ff',
      '\u2025',
      '\uff3c',
      '\u3002',
      '\u2028',
      'evil.example',
      'https:',
      'http:',
      'javascript:',
      'data:',
      'a',
      '%',
      '\ud800',
      ';',
      '&',
    ],
  );
  const target = fc.array(unit, { maxLength: 8 }).map((list) => list.join(''));
  const decoded = (text: string): string =>
    text.replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString());
  /** Where it leads as it is, and where something decodes it once or twice more, or normalises what it has decoded. */
  const origins = (location: string): readonly string[] => {
    const [once, twice] = [decoded(location), decoded(decoded(location))];
    return [location, once, once.normalize('NFKC'), twice].map(
      (text) => new URL(text, `${own}/a/b?c`).origin,
    );
  };

  it('stays on the origin for a browser, in printable ASCII', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          target,
          target.map((text) => `/${text}`),
        ),
        (text) => {
          const location = safeRedirect(text, { fallback: '/fallback' });
          if (location !== '/fallback') accepted++;
          expect(location).toMatch(/^\/(?![/\\])[!-~]*$/);
          expect(origins(location)).toEqual([own, own, own, own]);
        },
      ),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(2_000);
  });

  it('is the same after a second check', () => {
    fc.assert(
      fc.property(target, (text) => {
        const location = safeRedirect(`/${text}`, { fallback: '/' });
        expect(safeRedirect(location)).toBe(location);
      }),
      { numRuns: 5_000 },
    );
  });

  it('of the builder keeps the shape of its literal', () => {
    let accepted = 0;
    fc.assert(
      fc.property(target, target, (one, two) => {
        let location: string;
        try {
          location = redirectTo`/users/${one}/edit?tab=${two}#${one}`;
        } catch (error) {
          expect(error).toEqual(refused);
          return;
        }
        accepted++;
        const url = new URL(location, own);
        expect(url.origin).toBe(own);
        expect(url.pathname).toMatch(/^\/users\/[^/]*\/edit$/);
        expect([...url.searchParams.keys()]).toEqual(['tab']);
        if (!/[\ud800-\udfff]/.test(two)) expect(url.searchParams.get('tab')).toBe(two);
      }),
      { numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(1_000);
  });
});
