import { afterEach, describe, expect, it } from 'vitest';
import { type CspOptions, csp } from './index.ts';

const nonce = 'MDEyMzQ1Njc4OWFiY2RlZg==';
const policyOf = (options: CspOptions): Record<string, string> =>
  Object.fromEntries(csp(options).headers(nonce));
const refuses = (build: () => unknown, code: string): void => {
  expect(build).toThrow(expect.objectContaining({ name: 'Misuse', code }));
};

describe('extend', () => {
  it('adds to a directive, and begins with the fallback of one that is not there', () => {
    const policy = csp({
      extend: {
        'img-src': ['https://images.example.com', 'data:'],
        'connect-src': ['https://api.example.com'],
        'style-src-elem': ['https://fonts.example.com'],
        'object-src': ["'self'"],
        'upgrade-insecure-requests': [],
        'worker-src': ['https://w.example.com'],
      },
    }).header(nonce);
    for (const directive of [
      "img-src 'self' data: https://images.example.com;",
      "connect-src 'self' https://api.example.com;",
      `style-src-elem 'self' 'nonce-${nonce}' https://fonts.example.com;`,
      "object-src 'self';",
      "worker-src 'self' https://w.example.com;",
    ]) {
      expect(`${policy};`).toContain(directive);
    }
    expect(policy).toMatch(/upgrade-insecure-requests$/);
  });

  it('refuses what would be unsafe, or would do nothing', () => {
    refuses(() => csp({ extend: { 'script-src': ["'unsafe-inline'"] } }), 'csp/unsafe-scripts');
    refuses(() => csp({ extend: { 'img-src': ["'none'"] } }), 'csp/invalid-directive');
    refuses(() => csp({ extend: { 'script-src': ['https://cdn.example.com'] } }), 'csp/invalid-directive');
    refuses(() => csp({ extend: { 'script-src': ["'self'"] } }), 'csp/invalid-directive');
    refuses(() => csp({ extend: [] as never }), 'bulwark/invalid-option');
    expect(csp({ extend: { 'script-src': ["'report-sample'"] } }).header(nonce)).toContain(
      "'strict-dynamic' 'report-sample'",
    );
    const hosts = csp({
      directives: { 'script-src': ["'nonce'"] },
      extend: { 'script-src': ['https://cdn.example.com'] },
    });
    expect(hosts.header(nonce)).toContain(`'nonce-${nonce}' https://cdn.example.com`);
  });
});

describe('with', () => {
  it('makes a policy of its own and leaves the first as it was', () => {
    const first = csp({ extend: { 'img-src': ['https://a.example'] } });
    const before = first.header(nonce);
    const second = first.with({
      extend: { 'img-src': ['https://b.example'] },
      directives: { 'frame-ancestors': ['https://partner.example'], 'form-action': false },
    });
    expect(first.header(nonce)).toBe(before);
    expect(second.header(nonce)).toContain("img-src 'self' data: https://a.example https://b.example");
    expect(second.header(nonce)).toContain('frame-ancestors https://partner.example');
    expect(second.header(nonce)).not.toContain('form-action');
    expect(second.with({}).header(nonce)).toBe(second.header(nonce));
  });

  it('asks for allowUnsafeScripts where the unsafe thing is written, and not again', () => {
    const knowing = csp({ directives: { 'script-src': ["'unsafe-eval'"] }, allowUnsafeScripts: true });
    expect(knowing.with({ extend: { 'img-src': ['https://a.example'] } }).header(nonce)).toContain(
      'unsafe-eval',
    );
    refuses(() => knowing.with({ extend: { 'script-src': ["'unsafe-inline'"] } }), 'csp/unsafe-scripts');
    refuses(() => csp().with({ directives: { 'base-uri': false } }), 'csp/unsafe-scripts');
  });
});

describe('what is only reported', () => {
  it('is Trusted Types by default, beside the enforced policy', () => {
    expect(policyOf({})['Content-Security-Policy-Report-Only']).toBe(
      "require-trusted-types-for 'script'; trusted-types 'none'",
    );
    expect(policyOf({ trustedTypes: false })).not.toHaveProperty('Content-Security-Policy-Report-Only');
    const named = policyOf({ trustedTypesPolicies: ['dompurify', 'app#html'] });
    expect(named['Content-Security-Policy-Report-Only']).toContain('trusted-types dompurify app#html');
  });

  it('is enforced when asked for, by the option or by the directive', () => {
    const enforced = policyOf({ trustedTypes: 'enforce', trustedTypesPolicies: ['app'] });
    expect(enforced['Content-Security-Policy']).toMatch(
      /; require-trusted-types-for 'script'; trusted-types app$/,
    );
    expect(enforced).not.toHaveProperty('Content-Security-Policy-Report-Only');
    const written = policyOf({ directives: { 'require-trusted-types-for': ["'script'"] } });
    expect(Object.keys(written)).toEqual(['Content-Security-Policy']);
  });

  it('is the whole policy, or one that is tried out beside the enforced one', () => {
    const all = policyOf({ reportOnly: true, extend: { 'upgrade-insecure-requests': [], sandbox: [] } });
    expect(Object.keys(all)).toEqual(['Content-Security-Policy-Report-Only']);
    expect(all['Content-Security-Policy-Report-Only']).toMatch(/trusted-types 'none'$/);
    expect(all['Content-Security-Policy-Report-Only']).not.toMatch(/upgrade|sandbox/);
    const tried = policyOf({ reportOnly: { 'style-src': ["'nonce'"], 'img-src': false } });
    expect(tried['Content-Security-Policy']).toContain("style-src 'self' 'nonce-");
    expect(tried['Content-Security-Policy-Report-Only']).toContain(`; style-src 'nonce-${nonce}'; `);
    expect(tried['Content-Security-Policy-Report-Only']).not.toContain('img-src');
    expect(tried['Content-Security-Policy-Report-Only']).toContain('require-trusted-types-for');
    refuses(() => csp({ reportOnly: { 'img-scr': [] } }), 'csp/invalid-directive');
    refuses(() => csp({ reportOnly: ["'self'"] as never }), 'bulwark/invalid-option');
  });

  it('follows what a route adds to the enforced policy', () => {
    const tried = csp({ reportOnly: { 'style-src': ["'nonce'"] } });
    const [, beside] = tried.with({ extend: { 'img-src': ['https://a.example'] } }).headers(nonce);
    expect(beside?.[1]).toContain("img-src 'self' data: https://a.example");
    expect(beside?.[1]).toContain(`; style-src 'nonce-${nonce}'; `);
  });
});

describe('reportTo', () => {
  it('names the endpoint to old and new browsers, for both policies', () => {
    const headers = policyOf({ reportTo: '/csp-reports?app=shop' });
    for (const name of ['Content-Security-Policy', 'Content-Security-Policy-Report-Only']) {
      expect(headers[name]).toMatch(/; report-uri \/csp-reports\?app=shop; report-to csp$/);
    }
    expect(headers['Reporting-Endpoints']).toBe('csp="/csp-reports?app=shop"');
    expect(policyOf({})).not.toHaveProperty('Reporting-Endpoints');
  });

  it('leaves to a directive what is written there, and takes it over for what is only reported', () => {
    const headers = policyOf({ directives: { 'report-uri': ['/own'] } });
    expect(headers['Content-Security-Policy']).toMatch(/; report-uri \/own$/);
    expect(headers['Content-Security-Policy-Report-Only']).toMatch(/^report-uri \/own; require-/);
  });

  it('refuses what would end the header or lead elsewhere', () => {
    for (const reportTo of [
      ...['', 'reports', '//evil.example/r', '/\\evil.example', 'http://a.example/r', 'javascript:x'],
      ...['/r"', '/r; script-src *', '/r,x', '/a b', '/r\r\nX: y', 1, null],
    ]) {
      refuses(() => csp({ reportTo: reportTo as string }), 'bulwark/invalid-option');
    }
    expect(policyOf({ reportTo: 'https://reports.example.com/a' })['Reporting-Endpoints']).toContain(
      'https://',
    );
  });
});

describe('options', () => {
  const polluted = Object.prototype as unknown as Record<string, unknown>;
  const names = ['directives', 'extend', 'allowUnsafeScripts', 'reportOnly', 'trustedTypes', 'reportTo'];
  afterEach(() => {
    for (const name of names) delete polluted[name];
  });

  it('are only those that the developer wrote', () => {
    const before = csp().headers(nonce);
    const values = [
      { 'script-src': ['*'] },
      { 'script-src': ["'unsafe-inline'"] },
      true,
      true,
      false,
      '/evil',
    ];
    for (const [i, name] of names.entries()) polluted[name] = values[i];
    expect(csp({}).headers(nonce)).toEqual(before);
    expect(csp({}).with({}).headers(nonce)).toEqual(before);
    refuses(() => csp({ directives: { 'script-src': ['*'] } }), 'csp/unsafe-scripts');
  });

  it('are refused where they are none', () => {
    refuses(() => csp({ trustedTypes: 'on' as never }), 'bulwark/invalid-option');
    refuses(() => csp({ trustedTypesPolicies: ['a; script-src *'] }), 'bulwark/invalid-option');
    refuses(() => csp(null as never), 'bulwark/invalid-option');
    refuses(() => csp({ directivs: {} } as never), 'bulwark/invalid-option');
    refuses(() => csp().with({ reportto: '/r' } as never), 'bulwark/invalid-option');
    expect(csp({ trustedTypes: 'report' }).name).toBe('Content-Security-Policy');
  });
});

describe('Trusted Types', () => {
  const reported = 'Content-Security-Policy-Report-Only';

  it('stay reported where only the names of policies are written, and are enforced where that is asked for', () => {
    const named = policyOf({ directives: { 'trusted-types': ['app'] } });
    expect(named['Content-Security-Policy']).toMatch(/; trusted-types app$/);
    expect(named[reported]).toBe("require-trusted-types-for 'script'; trusted-types app");
    const enforced = policyOf({ directives: { 'trusted-types': ['app'] }, trustedTypes: 'enforce' });
    expect(enforced['Content-Security-Policy']).toMatch(
      /; trusted-types app; require-trusted-types-for 'script'$/,
    );
    const tried = policyOf({ reportOnly: { 'trusted-types': ['app'] } });
    expect(tried[reported]).toMatch(/; trusted-types app; require-trusted-types-for 'script'$/);
  });

  it('are not switched off by a directive that says nothing', () => {
    for (const value of [[], ["'none'"], ["'script'", "'script'"], ['script']]) {
      refuses(() => csp({ extend: { 'require-trusted-types-for': value } }), 'csp/invalid-directive');
    }
  });
});

describe('a policy without a nonce', () => {
  it('needs none, and says so', () => {
    const policy = csp({ directives: { 'script-src': ["'self'"], 'style-src': ["'self'"] } });
    expect(policy.needsNonce).toBe(false);
    expect(policy.header()).toContain("script-src 'self'");
    expect(csp().needsNonce).toBe(true);
    refuses(() => csp().headers(), 'csp/invalid-nonce');
  });
});
