import { describe, expect, it } from 'vitest';
import { configureEvents, type SecurityEvent } from '../event/index.ts';
import type { NodeRequest } from '../request/any-request.ts';
import { type CsrfFacts, type CsrfOptions, csrf } from './index.ts';

const own = 'https://shop.example.com';
const origin = own;
const withSession: CsrfFacts = {
  ...{ protocol: 'https', host: 'shop.example.com' },
  session: { binding: 'binding-of-session-1', hasCookie: true },
};

function request(headers: NodeRequest['headers'], url: string): NodeRequest {
  return { method: 'POST', url, headers };
}

function codeOf(
  headers: NodeRequest['headers'],
  { options = {}, url = '/transfer' }: { readonly options?: CsrfOptions; readonly url?: string } = {},
): string {
  const decision = csrf({ origin, ...options }).check(request(headers, url), withSession);
  return decision.allow ? 'allowed' : decision.code;
}

describe('allowOrigins', () => {
  const options: CsrfOptions = {
    allowOrigins: [
      'https://admin.example.com',
      'capacitor://localhost',
      { origin: 'https://login.example.net', paths: ['/saml/acs', '/oidc/*'] },
    ],
  };

  it('accepts a listed origin, same-site or cross-site', () => {
    for (const site of ['same-site', 'cross-site']) {
      const headers = { 'sec-fetch-site': site, origin: 'https://admin.example.com' };
      expect(codeOf(headers, { options })).toBe('allowed');
      expect(codeOf(headers)).toBe('csrf/cross-site');
    }
    expect(codeOf({ origin: 'https://admin.example.com' }, { options })).toBe('allowed');
    expect(codeOf({ origin: 'capacitor://localhost' }, { options })).toBe('allowed');
  });

  it('refuses similar origins', () => {
    for (const near of [
      'http://admin.example.com',
      'https://admin.example.com.evil.example',
      'https://x.admin.example.com',
      'https://admin.example.com:8443',
      'HTTPS://ADMIN.EXAMPLE.COM',
      'null',
      '',
    ]) {
      expect(codeOf({ 'sec-fetch-site': 'same-site', origin: near }, { options }), near).toBe(
        'csrf/cross-site',
      );
    }
  });

  it('accepts one with paths on these paths only', () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://login.example.net' };
    for (const url of ['/saml/acs', '/saml/acs?x=1', '/oidc/back', '/oidc/']) {
      expect(codeOf(headers, { options, url }), url).toBe('allowed');
    }
    for (const url of [
      '/saml/acs/',
      '/saml/ACS',
      '/oidc',
      '/oidc/../transfer',
      '/oidc/%2e%2e/transfer',
      '/x?/oidc/',
    ]) {
      expect(codeOf(headers, { options, url }), url).toBe('csrf/cross-site');
    }
  });

  it.each([
    ['a wildcard', ['*']],
    ['a wildcard subdomain', ['https://*.example.com']],
    ['null', ['null']],
    ['a path', ['https://a.example/x']],
    ['a host', ['a.example']],
    ['file', ['file://x']],
    ['no list', 'https://a.example'],
    ['a number', [1]],
    ['an origin with bad paths', [{ origin: 'https://a.example', paths: ['acs'] }]],
    ['an origin without paths', [{ origin: 'https://a.example' }]],
    ['a misspelt key', [{ origins: 'https://a.example', paths: [] }]],
  ])('refuses as an option %s', (_, allowOrigins) => {
    expect(() => csrf({ allowOrigins: allowOrigins as never })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});

describe('allowUnchecked', () => {
  const options: CsrfOptions = {
    allowUnchecked: [
      { path: '/webhooks/payment', because: 'the sender signs its requests' },
      { path: '/hooks/*', because: 'the senders sign their requests' },
    ],
  };

  it('lifts the check for these paths only', () => {
    const headers = { origin: 'https://payments.example', 'sec-fetch-site': 'cross-site' };
    for (const url of [
      '/webhooks/payment',
      '/webhooks/payment?id=1',
      '/hooks/a',
      '/hooks/a/b%20c',
      'http://x/hooks/a',
    ]) {
      expect(codeOf(headers, { options, url }), url).toBe('allowed');
    }
    for (const url of [
      '/webhooks/payment/',
      '/Webhooks/payment',
      '/webhooks/payments',
      '/hooks',
      '/hooks/../transfer',
      '/hooks/..;/transfer',
      '/hooks/%2E%2E/transfer',
      '/hooks/..%2ftransfer',
      '/hooks/%252e%252e/transfer',
      '/hooks/..\\transfer',
      '/hooks//transfer',
      '/transfer?/hooks/',
      '/transfer#/hooks/',
      '/transfer/hooks/a',
    ]) {
      expect(codeOf(headers, { options, url }), url).toBe('csrf/cross-site');
    }
  });

  it.each([
    [[{ path: '/a' }]],
    [[{ path: '/a', because: '' }]],
    [[{ path: '/a', because: 'x' }]],
    [[{ path: '/*', because: 'we have no cookies at all' }]],
    [[{ path: 'a', because: 'the sender signs its requests' }]],
    [[{ path: '/a?b', because: 'the sender signs its requests' }]],
    [[{ path: '/a/../b', because: 'the sender signs its requests' }]],
    [['/a']],
    ['/a'],
  ])('needs a path and a reason: %j', (allowUnchecked) => {
    expect(() => csrf({ allowUnchecked: allowUnchecked as never })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});

describe('options', () => {
  it('ignores a polluted prototype', () => {
    const polluted = Object.prototype as Record<string, unknown>;
    const names = { mode: 'report', until: '2099-01-01', allowOrigins: ['https://evil.example'] };
    Object.assign(polluted, names, { 'sec-fetch-site': 'same-origin' });
    try {
      expect(codeOf({ origin: 'https://evil.example' })).toBe('csrf/origin-mismatch');
    } finally {
      for (const name of [...Object.keys(names), 'sec-fetch-site']) delete polluted[name];
    }
  });

  it.each([
    { origin: '*' },
    { origin: 'shop.example.com' },
    { keys: 'secret' },
    { keys: {} },
    { logIn: '/log-in' },
    { logIn: ['/account/*'] },
    { logIn: ['log-in'] },
  ])('refuses %j', (options) => {
    expect(() => csrf(options as never)).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
  });

  it('reads web requests as it reads those of Node', () => {
    const guard = csrf({ origin });
    const web = (headers: Record<string, string>) =>
      guard.check({ method: 'POST', url: `${own}/transfer`, headers: new Headers(headers) }, withSession);
    expect(web({ origin: own }).allow).toBe(true);
    expect(web({ origin: 'https://evil.example' })).toMatchObject({ code: 'csrf/origin-mismatch' });
    expect(web({ 'sec-fetch-site': 'cross-site' })).toMatchObject({ code: 'csrf/cross-site' });
  });
});

describe('report mode', () => {
  const denied = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  const until = new Date(Date.now() + 60_000);

  it('writes an event and lets the request pass until its end', async () => {
    const written: SecurityEvent[] = [];
    const recorder = configureEvents({
      sinks: [{ name: 'test', write: (batch) => void written.push(...batch) }],
    });
    const reporting = csrf({ origin, mode: 'report', until });
    reporting.enforce(reporting.check(request(denied, '/transfer'), withSession));
    const ended = csrf({ origin, mode: 'report', until: new Date(0) });
    expect(() => ended.enforce(ended.check(request(denied, '/transfer'), withSession))).toThrow(
      expect.objectContaining({ name: 'Refusal', code: 'csrf/cross-site', status: 403 }),
    );
    await recorder.close();
    expect(written.map(({ code, action }) => [code, action])).toEqual([
      ['csrf/cross-site', 'reported'],
      ['csrf/cross-site', 'blocked'],
    ]);
    expect(written[0]?.evidence).toMatchObject({ site: 'cross-site', origin: 'https://evil.example' });
  });

  it('needs an end', () => {
    expect(() => csrf({ mode: 'report' } as never)).toThrow(
      expect.objectContaining({ code: 'bulwark/report-without-end' }),
    );
  });

  it('throws nothing for what is allowed', () => {
    const guard = csrf({ origin });
    expect(() => guard.enforce(guard.check(request({ origin }, '/transfer'), withSession))).not.toThrow();
  });
});
