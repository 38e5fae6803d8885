import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cors, type CorsAnswer, cors } from './index.ts';

const app = 'https://app.example.com';

function ask(
  policy: Cors,
  origin: string | undefined,
  more: Record<string, string> = {},
  method = 'GET',
): CorsAnswer {
  return policy.answer({ method, headers: { ...(origin !== undefined && { origin }), ...more } });
}

/** The origin that a browser would let read the response. */
function readableBy(answer: CorsAnswer): string | undefined {
  const found = answer.headers.filter(([name]) => name === 'Access-Control-Allow-Origin');
  expect(found.length).toBeLessThan(2);
  return found[0]?.[1];
}

const preflight = (origin: string, method = 'PUT', names?: string): Record<string, string> => ({
  ...{ origin, 'access-control-request-method': method },
  ...(names !== undefined && { 'access-control-request-headers': names }),
});

describe('an exact origin', () => {
  const policy = cors({
    origins: [app, 'http://localhost:5173', 'capacitor://localhost'],
    allowCredentials: true,
  });

  it.each([app, 'http://localhost:5173', 'capacitor://localhost'])(
    '%s may read, with credentials',
    (origin) => {
      expect(ask(policy, origin).headers).toEqual([
        ['Vary', 'Origin'],
        ['Access-Control-Allow-Origin', origin],
        ['Access-Control-Allow-Credentials', 'true'],
      ]);
    },
  );

  it.each([
    ...['null', '', '*', 'https://evil.example', 'http://app.example.com', 'https://app.example.com:8443'],
    ...[
      'https://app.example.com.evil.example',
      'https://evilapp.example.com',
      'https://app.example.com.',
      'https://example.com',
    ],
    ...[
      'https://app.example.com@evil.example',
      'https://app.example.com/',
      'https://appXexample.com',
      'https://a.app.example.com',
    ],
    ...[
      'https://app.example.com, https://evil.example',
      'https://evil.example https://app.example.com',
      'HTTPS://APP.EXAMPLE.COM',
    ],
    ...[
      'https://app.example.com\n',
      'https://app.example.com%60.evil.example',
      'http://localhost:5174',
      'capacitor://evil',
    ],
    ...['file://', 'chrome-extension://abcdef', '__proto__', 'https://app.example.com:443'],
  ])('is not %j, and nothing is reflected (CVE-2026-54290, CWE-942)', (origin) => {
    expect(ask(policy, origin).headers).toEqual([['Vary', 'Origin']]);
    const refused = ask(policy, origin, preflight(origin), 'OPTIONS');
    expect(readableBy(refused)).toBeUndefined();
    expect(refused.preflight).toMatchObject({ status: 403 });
    expect(refused.refused).toMatchObject({ code: 'cors/preflight-refused', detail: { reason: 'origin' } });
  });

  it('is compared in the spelling of browsers, however it was configured', () => {
    const spelt = cors({ origins: ['HTTPS://App.Example.com:443', 'https://m\u00fcller.example'] });
    expect(readableBy(ask(spelt, app))).toBe(app);
    expect(readableBy(ask(spelt, 'https://xn--mller-kva.example'))).toBe('https://xn--mller-kva.example');
  });
});

describe('subdomains', () => {
  const policy = cors({
    origins: [
      '*.example.com',
      'https://*.shop.example:8443',
      'http://*.dev.example',
      'http://*.localhost:3000',
    ],
  });

  it.each([
    ...[
      app,
      'https://a.b.c.example.com',
      'https://xn--mller-kva.example.com',
      'https://a-b.example.com',
      'https://_x.example.com',
    ],
    ...['https://a.shop.example:8443', 'http://a.dev.example', 'http://a.localhost:3000'],
  ])('may read: %s', (origin) => {
    expect(readableBy(ask(policy, origin))).toBe(origin);
  });

  it.each([
    ...[
      'https://example.com',
      'https://evilexample.com',
      'https://.example.com',
      'https://example.com.evil.example',
    ],
    ...[
      'http://app.example.com',
      'https://app.example.com:444',
      'https://app.example.com.',
      'https://a..example.com',
    ],
    ...[
      'https://evil.example?.example.com',
      'https://evil.example/.example.com',
      'https://evil.example#.example.com',
    ],
    ...[
      'https://evil.example\\.example.com',
      'https://evil.example@.example.com',
      'https://evil.example:80.example.com',
    ],
    ...[
      'https://evil.example`.example.com',
      'https://evil.example{.example.com',
      'https://evil.example%00.example.com',
    ],
    ...[
      'https://A.example.com',
      'https://a.shop.example',
      'https://a.dev.example',
      'wss://a.example.com',
      'null',
    ],
    ...[
      'https://-.example.com',
      'https://evil.example\n.example.com',
      'https://evil.example, https://a.example.com',
    ],
    ...[
      `https://${'a'.repeat(64)}.example.com`,
      `https://${'a.'.repeat(200)}example.com`,
      `https://${'-'.repeat(100_000)}.example.com`,
    ],
  ])('may not read, if they only look like it: %s', (origin) => {
    expect(ask(policy, origin).headers).toEqual([['Vary', 'Origin']]);
  });

  it('are those that a URL parser finds under the name', () => {
    const unit = fc.constantFrom(
      'a',
      '-',
      '.',
      ':',
      '@',
      '/',
      '\\',
      '?',
      '#',
      '%',
      '_',
      ' ',
      '1',
      '`',
      'example.com',
      '\t',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (text) => {
        const origin = `https://${text}.example.com`;
        if (readableBy(ask(policy, origin)) === undefined) return;
        const url = new URL(origin);
        expect(url.origin).toBe(origin);
        expect(url.hostname).toMatch(/^.+\.example\.com$/);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('everybody', () => {
  const policy = cors({ origins: '*', exposeHeaders: ['X-Total'] });

  it('may read, without credentials, and the response is the same for all caches', () => {
    const expected = [
      ['Access-Control-Allow-Origin', '*'],
      ['Access-Control-Expose-Headers', 'X-Total'],
    ];
    for (const origin of [undefined, 'null', app]) expect(ask(policy, origin).headers).toEqual(expected);
    expect(ask(policy, 'null', preflight('null', 'GET'), 'OPTIONS').preflight?.status).toBe(204);
  });

  it('is never let in with credentials', () => {
    expect(() => cors({ origins: '*', allowCredentials: true })).toThrow(
      expect.objectContaining({ code: 'cors/unsafe-origin' }),
    );
  });
});

describe('Vary', () => {
  it('is there for every origin, and without one, so that no cache serves one site the answer for another', () => {
    for (const origins of [[app], ['*.example.com']]) {
      const policy = cors({ origins });
      for (const origin of [undefined, app, 'https://evil.example', 'null']) {
        expect(ask(policy, origin).headers[0]).toEqual(['Vary', 'Origin']);
      }
    }
  });
});

describe('a web Request', () => {
  it('is answered alike', () => {
    const policy = cors({ origins: [app] });
    const request = new Request('https://api.example.com/', { method: 'OPTIONS', headers: preflight(app) });
    expect(policy.answer(request).preflight?.status).toBe(204);
  });
});
