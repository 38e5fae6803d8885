import { describe, expect, it } from 'vitest';
import type { NodeRequest } from '../request/any-request.ts';
import { type CsrfFacts, type CsrfOptions, csrf } from './index.ts';

const own = 'https://shop.example.com';
const origin = own;
const facts: CsrfFacts = { protocol: 'https', host: 'shop.example.com' };
const withSession: CsrfFacts = { ...facts, session: { binding: 'binding-of-session-1', hasCookie: true } };
const withoutSession: CsrfFacts = { ...facts, session: { binding: undefined, hasCookie: false } };

function request(headers: NodeRequest['headers'], method = 'POST', url = '/transfer'): NodeRequest {
  return { method, url, headers };
}

function codeOf(
  headers: NodeRequest['headers'],
  { options = {}, method = 'POST', url = '/transfer', given = withSession }: Partial<Case> = {},
): string {
  const decision = csrf({ origin, ...options }).check(request(headers, method, url), given);
  return decision.allow ? 'allowed' : decision.code;
}

interface Case {
  readonly options: CsrfOptions;
  readonly method: string;
  readonly url: string;
  readonly given: CsrfFacts;
}

describe('Sec-Fetch-Site decides if it came', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'QUERY', 'TRACE', 'PROPFIND', 'post', 'X'])(
    'refuses %s of another site and of a sibling: csrf/cross-site',
    (method) => {
      for (const site of ['cross-site', 'same-site', 'none']) {
        expect(codeOf({ 'sec-fetch-site': site }, { method }), site).toBe('csrf/cross-site');
      }
      expect(codeOf({ 'sec-fetch-site': 'same-origin' }, { method })).toBe('allowed');
    },
  );

  it.each(['GET', 'HEAD', 'OPTIONS', 'get'])('lets %s pass, wherever it comes from', (method) => {
    for (const site of ['cross-site', 'same-site', 'none', 'same-origin']) {
      expect(codeOf({ 'sec-fetch-site': site, origin: 'https://evil.example' }, { method })).toBe('allowed');
    }
  });

  it('refuses a value that it does not know, and two of them', () => {
    for (const site of ['Same-Origin', 'same-origin, cross-site', 'cross-site, same-origin', 'x', ' ']) {
      expect(codeOf({ 'sec-fetch-site': site, origin: own }), site).toBe('csrf/cross-site');
    }
  });

  it('takes precedence over Origin, so a wrong idea of the own origin breaks no modern browser', () => {
    expect(codeOf({ 'sec-fetch-site': 'same-origin', origin: 'http://10.0.0.7:3000' })).toBe('allowed');
    expect(codeOf({ 'sec-fetch-site': 'cross-site', origin: own })).toBe('csrf/cross-site');
  });

  it('takes precedence over the absence of cookies', () => {
    expect(codeOf({ 'sec-fetch-site': 'cross-site' }, { given: withoutSession })).toBe('csrf/cross-site');
  });

  it('says in the hint what `none` means', () => {
    const decision = csrf().check(request({ 'sec-fetch-site': 'none' }), facts);
    expect(decision).toMatchObject({ code: 'csrf/cross-site', hint: expect.stringMatching(/extension/) });
  });

  it('names the origin to list outside production, and nothing that is no origin', () => {
    const hint = (sent: string): unknown => {
      const decision = csrf({ origin }).check(
        request({ 'sec-fetch-site': 'same-site', origin: sent }),
        facts,
      );
      return 'hint' in decision ? decision.hint : undefined;
    };
    expect(hint('http://localhost:5173')).toContain("allowOrigins: ['http://localhost:5173']");
    expect(hint("https://x/';<script>")).toBeUndefined();
    expect(hint('null')).toBeUndefined();
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      expect(hint('http://localhost:5173')).toBeUndefined();
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });
});

describe('Origin decides without Sec-Fetch-Site', () => {
  it.each([
    'https://evil.example',
    'https://shop.example.com.evil.example',
    'https://evil-shop.example.com',
    'https://blog.shop.example.com',
    'https://example.com',
    'https://shop.example.com:8443',
    'https://shop.example.com@evil.example',
    'https://evil.example/shop.example.com',
    'https://shop.example.com https://evil.example',
    'https://shop.example.com, https://evil.example',
    'https://shop-example.com',
    'https://shop%2eexample.com',
    'https://shop.example.com\u0000.evil.example',
    'ftp://shop.example.com',
    '//shop.example.com',
    'shop.example.com',
    'file://',
    'Null',
    'undefined',
    '*',
    'chrome-extension://abcdefghijklmnop',
  ])('refuses %s: csrf/origin-mismatch', (foreign) => {
    expect(codeOf({ origin: foreign })).toBe('csrf/origin-mismatch');
    expect(codeOf({ origin: foreign }, { given: withoutSession })).toBe('csrf/origin-mismatch');
  });

  it("accepts the application's own, also with the default port", () => {
    for (const same of [own, 'https://shop.example.com:443', 'HTTPS://SHOP.EXAMPLE.COM']) {
      expect(codeOf({ origin: same })).toBe('allowed');
    }
  });

  it('treats an empty Sec-Fetch-Site as absent', () => {
    expect(codeOf({ 'sec-fetch-site': '', origin: own })).toBe('allowed');
    expect(codeOf({ 'sec-fetch-site': '', origin: 'https://evil.example' })).toBe('csrf/origin-mismatch');
  });

  it('keeps several own origins apart, by the host that the request was sent to', () => {
    const options = { origin: ['https://a.example.com', 'https://b.example.com'] };
    const given: CsrfFacts = { protocol: 'http', host: 'a.example.com' };
    expect(codeOf({ origin: 'https://a.example.com' }, { options, given })).toBe('allowed');
    expect(codeOf({ origin: 'https://b.example.com' }, { options, given })).toBe('csrf/origin-mismatch');
  });
});

describe('behind a proxy that is not configured', () => {
  const check = (facts: CsrfFacts, sent: string, options: CsrfOptions = {}) =>
    csrf(options).check(request({ origin: sent }), facts);

  it('names both origins and the option, where the proxy ends TLS', () => {
    expect(check({ protocol: 'http', host: 'shop.example.com' }, own)).toMatchObject({
      code: 'csrf/origin-mismatch',
      detail: { origin: own, expected: 'http://shop.example.com' },
      hint: expect.stringMatching(
        /expected is http:\/\/shop\.example\.com; the one that came is https:\/\/shop\.example\.com\..*`trustedProxies`/,
      ),
    });
    expect(check({ protocol: 'https', host: 'shop.example.com' }, own).allow).toBe(true);
  });

  it('names both origins and the option, where the proxy changes Host', () => {
    expect(check({ protocol: 'http', host: '10.0.0.7:3000' }, own)).toMatchObject({
      code: 'csrf/origin-mismatch',
      detail: { origin: own, expected: 'http://10.0.0.7:3000' },
      hint: expect.stringMatching(/10\.0\.0\.7:3000.*set `origin: 'https:\/\/shop\.example\.com'`/),
    });
    expect(check({ protocol: 'http', host: '10.0.0.7:3000' }, own, { origin }).allow).toBe(true);
  });

  it('accepts nothing where it knows no host of its own', () => {
    expect(check({ protocol: 'https' }, own)).toMatchObject({ code: 'csrf/origin-mismatch' });
    expect(check({ protocol: 'https' }, own, { origin }).allow).toBe(true);
  });

  it('repeats nothing that is not an origin, and nothing at all in production', () => {
    const attack = 'https://evil.example/<script>alert(1)</script>';
    const development = check(facts, attack);
    expect(development).toMatchObject({ detail: { origin: attack } });
    expect(JSON.stringify((development as { hint?: string }).hint)).not.toContain('script');
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      expect(check(facts, 'https://evil.example')).not.toHaveProperty('hint');
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });
});

describe('neither of the two', () => {
  it('needs no token where there is no cookie to abuse: webhooks, curl, servers', () => {
    expect(codeOf({}, { given: withoutSession })).toBe('allowed');
    expect(codeOf({ authorization: 'Bearer abc' }, { given: withoutSession })).toBe('allowed');
    expect(codeOf({ 'user-agent': 'curl/8.5' }, { given: facts })).toBe('allowed');
  });

  it('needs one beside the session cookie: csrf/token-missing', () => {
    expect(codeOf({}, { given: withSession })).toBe('csrf/token-missing');
    // Without facts about a session, any cookie may be one.
    expect(codeOf({ cookie: 'sid=1' }, { given: facts })).toBe('csrf/token-missing');
  });

  it('needs one with `Origin: null`, cookie or not, and says where that comes from', () => {
    for (const given of [withSession, withoutSession, facts]) {
      expect(csrf({ origin }).check(request({ origin: 'null' }), given)).toMatchObject({
        code: 'csrf/token-missing',
        hint: expect.stringContaining('Referrer-Policy'),
      });
    }
  });

  it.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'trusts no content type: %s',
    (type) => {
      expect(codeOf({ 'content-type': type })).toBe('csrf/token-missing');
      expect(codeOf({ 'content-type': type, origin: 'https://evil.example' })).toBe('csrf/origin-mismatch');
      expect(codeOf({ 'content-type': type, 'x-requested-with': 'XMLHttpRequest' })).toBe(
        'csrf/token-missing',
      );
      expect(codeOf({ 'content-type': type, origin: own })).toBe('allowed');
    },
  );

  it('does not take a Referer for an Origin', () => {
    expect(codeOf({ referer: `${own}/` })).toBe('csrf/token-missing');
  });
});
