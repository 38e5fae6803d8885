import { describe, expect, it } from 'vitest';
import { csp } from './csp.ts';
import { sourceHash } from './source-hash.ts';

const nonce = 'MDEyMzQ1Njc4OWFiY2RlZg==';
const refuses = (build: () => unknown, code: string): void => {
  expect(build).toThrow(expect.objectContaining({ name: 'Misuse', code }));
};

describe('csp', () => {
  it('is strict by default', () => {
    expect(csp().name).toBe('Content-Security-Policy');
    expect(csp().header(nonce)).toBe(
      `default-src 'self'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self' 'nonce-${nonce}'; ` +
        `style-src-attr 'unsafe-inline'; img-src 'self' data:; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    );
  });

  it('replaces a directive, adds one and leaves one out', () => {
    const policy = csp({
      directives: {
        'img-src': ["'self'", 'https:'],
        'connect-src': ['https://api.example.com'],
        'style-src': false,
      },
      reportOnly: true,
    });
    expect(policy.name).toBe('Content-Security-Policy-Report-Only');
    expect(policy.header(nonce)).toContain("img-src 'self' https:;");
    expect(policy.header(nonce)).toContain('connect-src https://api.example.com');
    expect(policy.header(nonce)).not.toContain('style-src');
  });

  it('lets style attributes count, unless style-src is replaced', () => {
    const attributes = "style-src-attr 'unsafe-inline'";
    for (const options of [
      {},
      { extend: { 'style-src': ['https://fonts.example.com'] } },
      { directives: { 'img-src': ["'self'"] } },
    ]) {
      expect(csp(options).header(nonce)).toContain(attributes);
    }
    for (const directives of [
      { 'style-src': ["'self'"] },
      { 'STYLE-SRC': ["'none'"] },
      { 'style-src-attr': false },
    ] as const) {
      expect(csp({ directives }).header(nonce)).not.toContain('unsafe-inline');
      expect(csp().with({ directives }).header(nonce)).not.toContain('unsafe-inline');
    }
    const both = { 'style-src': ["'self'"], 'style-src-attr': ["'unsafe-inline'"] };
    expect(csp({ directives: both }).header(nonce)).toContain(attributes);
    expect(
      csp({ directives: both })
        .with({ extend: { 'img-src': ['https:'] } })
        .header(nonce),
    ).toContain(attributes);
    const tried = csp({ reportOnly: { 'style-src': ["'nonce'"] } }).headers(nonce);
    expect(tried[0]?.[1]).toContain(attributes);
    expect(tried[1]?.[1]).not.toContain('unsafe-inline');
  });

  it('refuses a source that would end its directive, its policy or its header', () => {
    for (const source of ["'self'; script-src *", 'a,b', 'a\r\nX: y', '', 'a b', '\u00e4.example']) {
      refuses(() => csp({ directives: { 'img-src': [source] } }), 'csp/invalid-directive');
    }
    expect(csp({ directives: { 'img-src': ['https://a.example:8443/b/%3B'] } }).header(nonce)).toContain(
      '/b/%3B',
    );
  });

  it('refuses a keyword without quotes and a name that is none', () => {
    refuses(() => csp({ directives: { 'img-src': ['self'] } }), 'csp/invalid-directive');
    refuses(() => csp({ directives: { 'img-src;': ["'self'"] } }), 'csp/invalid-directive');
    expect(csp({ directives: { 'img-src': ['self.example'] } }).header(nonce)).toContain('self.example');
  });

  it('refuses what browsers would ignore: unknown names and keywords, cut hashes, none beside others', () => {
    for (const directives of [
      { 'img-scr': ["'self'"] },
      JSON.parse('{"__proto__":["\'self\'"]}'),
      { 'img-src': ["'slef'"] },
      { 'script-src': ["'sha256-AAAA='"] },
      { 'script-src': ["'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk='"] },
      { 'img-src': ["'none'", 'https://a.example'] },
    ] as Record<string, string[]>[]) {
      refuses(() => csp({ directives }), 'csp/invalid-directive');
    }
    const fine = csp({
      directives: { 'img-src': ["'none'"], 'script-src': [sourceHash('x'), "'report-sample'"] },
    });
    expect(fine.header(nonce)).toContain("img-src 'none'");
  });

  it('refuses sources that let injected scripts run, unless they were asked for', () => {
    for (const source of [
      ...["'unsafe-inline'", "'unsafe-eval'", '*', 'https:', "'UNSAFE-INLINE'", 'data:', 'blob:'],
      ...['https://*', 'http://*:*', '*:443', '*.com', 'https://*.net/x'],
    ]) {
      refuses(() => csp({ directives: { 'script-src': [source] } }), 'csp/unsafe-scripts');
    }
    expect(csp({ directives: { 'style-src': ["'unsafe-inline'"] } }).header(nonce)).toContain(
      'unsafe-inline',
    );
    for (const source of ['https://cdn.example.com', '*.example.com', 'https://*.example.com:8443/js/']) {
      expect(csp({ directives: { 'script-src': [source] } }).header(nonce)).toContain(source);
    }
    const knowing = csp({ directives: { 'script-src': ["'unsafe-eval'"] }, allowUnsafeScripts: true });
    expect(knowing.header(nonce)).toContain("script-src 'unsafe-eval'");
  });

  it('refuses what is no list of strings, where types are erased', () => {
    for (const sources of ["'self'", null, undefined, [undefined], [1]]) {
      refuses(() => csp({ directives: { 'script-src': sources as never } }), 'csp/invalid-directive');
    }
  });

  it('refuses a policy that says nothing about scripts', () => {
    const none = { 'script-src': false, 'default-src': false } as const;
    refuses(() => csp({ directives: none }), 'csp/unsafe-scripts');
    expect(csp({ directives: { 'default-src': false } }).header(nonce)).toContain('script-src');
    expect(csp({ directives: none, allowUnsafeScripts: true }).header(nonce)).toContain('object-src');
  });

  it('refuses to leave out what keeps injected scripts and plug-ins away', () => {
    refuses(() => csp({ directives: { 'base-uri': false } }), 'csp/unsafe-scripts');
    refuses(() => csp({ directives: { 'object-src': false, 'default-src': false } }), 'csp/unsafe-scripts');
    for (const name of ['object-src', 'base-uri']) {
      refuses(() => csp({ directives: { [name]: ['*'] } }), 'csp/unsafe-scripts');
    }
    expect(csp({ directives: { 'base-uri': ["'self'"], 'object-src': false } }).header(nonce)).toContain(
      "base-uri 'self'",
    );
    const knowing = csp({ directives: { 'base-uri': false }, allowUnsafeScripts: true });
    expect(knowing.header(nonce)).not.toContain('base-uri');
  });

  it('refuses a nonce that is written into the policy by hand', () => {
    refuses(
      () => csp({ directives: { 'script-src': ["'nonce-MDEyMzQ1Njc4OWFiY2RlZg=='"] } }),
      'csp/invalid-directive',
    );
    refuses(() => csp({ directives: { 'script-src': ["'NONCE'"] } }), 'csp/invalid-directive');
    expect(csp({ directives: { 'script-src': ["'nonce'"] } }).header(nonce)).toContain(
      `script-src 'nonce-${nonce}'`,
    );
  });

  it('refuses a nonce that could be guessed or could end the source', () => {
    for (const bad of ['', 'short', 'MDEyMzQ1Njc4OWFi', "x' 'unsafe-inline", 'MDEyMzQ1Njc4OWFiY2Rl;']) {
      refuses(() => csp().header(bad), 'csp/invalid-nonce');
    }
  });
});
