import { describe, expect, it } from 'vitest';
import { csp } from './csp.ts';

const nonce = 'MDEyMzQ1Njc4OWFiY2RlZg==';
/** Whether the directive takes these values, and refuses them as it should where not. */
const takes = (name: string, values: readonly string[]): boolean => {
  try {
    return csp({ directives: { [name]: values } })
      .header(nonce)
      .includes([name, ...values].join(' ').replace("'nonce'", `'nonce-${nonce}'`));
  } catch (error) {
    expect(error).toMatchObject({ name: 'Misuse', code: 'csp/invalid-directive' });
    return false;
  }
};

describe('hosts', () => {
  it.each([
    ...[
      'https://a.example',
      'a.example:8443',
      '*.a.example',
      'https://*.a.example:*/b/',
      'wss://a.example/c/d.js',
    ],
    ...[
      'localhost:3000',
      'http://localhost:*',
      '127.0.0.1:80',
      'a_b.example',
      'a.example.',
      'self.example',
      '*',
      '*:443',
    ],
    ...[
      'nonce-service.example.com',
      'xn--mller-kva.example',
      'https:',
      'mediastream:',
      'https://a.example/%3B%2C(x)',
    ],
  ])('%s is taken', (source) => {
    expect(takes('img-src', [source])).toBe(true);
  });

  it.each([
    ...[
      'https:/a.example',
      'https://',
      'https:///a',
      'a..b',
      '.a.example',
      'https://a.*.example',
      '*a.example',
      'a.*',
    ],
    ...['https://a.example:port', 'https://u:p@a.example', 'https://a.example?q', 'https://a.example/b?c'],
    ...[
      'https://a.example/#b',
      'http://[::1]:3000',
      '/path',
      '//a.example',
      'https://a.example/"x',
      "a.example'",
    ],
    ...[
      'unsafe-inline',
      'strict-dynamic',
      'report-sample',
      'SELF',
      'nonce-abc',
      'sha256-abc',
      '"self"',
      "self'",
    ],
  ])('%s is not', (source) => {
    expect(takes('img-src', [source])).toBe(false);
  });
});

describe('keywords', () => {
  it('are taken where browsers heed them', () => {
    expect(takes('script-src', ["'strict-dynamic'", "'nonce'", "'wasm-unsafe-eval'"])).toBe(true);
    expect(takes('style-src-elem', ["'nonce'", "'report-sample'"])).toBe(true);
    for (const name of [
      'img-src',
      'connect-src',
      'worker-src',
      'frame-ancestors',
      'form-action',
      'base-uri',
    ]) {
      expect([name, takes(name, ["'self'"])]).toEqual([name, true]);
      for (const word of ["'unsafe-inline'", "'strict-dynamic'", "'nonce'", "'report-sample'", "'script'"]) {
        expect([name, word, takes(name, [word])]).toEqual([name, word, false]);
      }
    }
    expect(takes('style-src', ["'strict-dynamic'"])).toBe(false);
    expect(takes('script-src', ["'allow-duplicates'"])).toBe(false);
  });
});

const own: readonly (readonly [name: string, good: readonly string[][], bad: readonly string[][]])[] = [
  ['require-trusted-types-for', [["'script'"]], [[], ["'self'"], ["'script'", "'script'"]]],
  [
    'trusted-types',
    [[], ['*'], ["'none'"], ['a', "'allow-duplicates'"]],
    [['none'], ["'self'"], ['https://a.example']],
  ],
  [
    'sandbox',
    [[], ['allow-scripts', 'allow-popups-to-escape-sandbox']],
    [['allow-scrips'], ["'none'"], ['scripts']],
  ],
  ['report-uri', [['/r?a=b'], ['http://localhost:3000/r', '/s']], [[], ['https://'], ["'self'"], ['none']]],
  ['report-to', [['csp'], ['csp-endpoint']], [[], ['a', 'b'], ['/r']]],
  ['webrtc', [["'allow'"], ["'block'"]], [[], ['block'], ["'self'"]]],
  ['upgrade-insecure-requests', [[]], [["'self'"], ['https:']]],
];

describe('directives with words of their own', () => {
  it.each(own)('%s', (name, good, bad) => {
    expect(good.filter((values) => !takes(name, values))).toEqual([]);
    expect(bad.filter((values) => takes(name, values))).toEqual([]);
  });

  it('are read in any case, once', () => {
    expect(csp({ directives: { 'IMG-Src': ["'self'"] } }).header(nonce)).toContain("img-src 'self';");
    expect(() => csp({ directives: { 'img-src': [], 'IMG-SRC': [] } })).toThrow('twice');
  });

  it('begin without the keywords for scripts, where they fall back to a directive for scripts', () => {
    const policy = csp({
      directives: { 'default-src': ["'nonce'", "'strict-dynamic'", "'self'"], 'script-src': false },
      extend: { 'connect-src': ['https://api.example.com'] },
    });
    expect(policy.header(nonce)).toContain("connect-src 'self' https://api.example.com");
  });
});
