import { describe, expect, it } from 'vitest';
import { type CountedViolation, type CspViolation, csp, sourceHash, suggestPolicy } from './index.ts';
import { parseReports } from './parse-reports.ts';

const nonce = 'MDEyMzQ1Njc4OWFiY2RlZg==';
const violation = (
  directive: string,
  blocked: string,
  more: Partial<CountedViolation> = {},
): CspViolation => ({
  ...{ directive, blocked, document: 'https://shop.example/page', disposition: 'report' as const },
  ...more,
});

describe('suggestPolicy', () => {
  it('gives the hosts that images, styles, fonts, connections, frames and forms need', () => {
    const { extend, advice, text } = suggestPolicy([
      violation('img-src', 'https://images.example.com/a.png', { count: 214 }),
      violation('img-src', 'https://images.example.com/b.png', { count: 3 }),
      violation('img-src', 'blob:'),
      violation('style-src-elem', 'https://fonts.googleapis.com/css'),
      violation('font-src', 'https://fonts.gstatic.com/s/a.woff2'),
      violation('connect-src', 'wss://live.example.com:8443/'),
      violation('frame-src', 'https://maps.example.com/'),
      violation('form-action', 'https://pay.example.com/'),
      violation('manifest-src', 'https://shop.example/manifest.json'),
    ]);
    expect(extend).toEqual({
      'img-src': ['https://images.example.com', 'blob:'],
      'style-src': ['https://fonts.googleapis.com'],
      'font-src': ['https://fonts.gstatic.com'],
      'connect-src': ['wss://live.example.com:8443'],
      'frame-src': ['https://maps.example.com'],
      'form-action': ['https://pay.example.com'],
      'manifest-src': ["'self'"],
    });
    expect(advice).toEqual([]);
    expect(text).toContain('  "img-src": ["https://images.example.com", "blob:"], // 217 + 1 x\n');
    // What is suggested is a policy, and a strict one.
    expect(csp({ extend }).header(nonce)).toContain("connect-src 'self' wss://live.example.com:8443");
  });

  it('never adds a source by which a script runs', () => {
    const directives = [
      'script-src',
      'script-src-elem',
      'script-src-attr',
      'worker-src',
      'object-src',
      'base-uri',
    ];
    const blocked = [
      'inline',
      'eval',
      'wasm-eval',
      'data:',
      'blob:',
      'https://cdn.example/',
      'https://shop.example/',
    ];
    const words = ['trusted-types-sink', 'trusted-types-policy', 'filesystem:', 'self'];
    const all = directives.flatMap((one) => [...blocked, ...words].map((other) => violation(one, other)));
    const others = ['style-src-attr', 'style-src-elem', 'frame-src', 'frame-ancestors', 'sandbox'].flatMap(
      (one) => ['inline', 'data:', 'blob:'].map((other) => violation(one, other)),
    );
    const { extend, advice, text } = suggestPolicy([...all, ...others]);
    expect(extend).toEqual({});
    expect(text).toMatch(/^csp\(\);/);
    expect(JSON.stringify(extend)).not.toContain('unsafe');
    expect(text).not.toMatch(/'unsafe-(?:inline|eval|hashes)'/);
    expect(advice.length).toBeGreaterThan(10);
  });

  it('gives the nonce or a hash for what is inline, and the hash where the whole text was reported', () => {
    const of = (sample?: string): string =>
      suggestPolicy([violation('script-src-elem', 'inline', sample === undefined ? {} : { sample })])
        .advice[0]?.advice ?? '';
    expect(of('start();')).toContain(`give it the nonce, or list ${sourceHash('start();')}.`);
    expect(of('x'.repeat(40))).toContain('or list its hash');
    expect(of('a\\u000ab')).toContain('or list its hash');
    expect(of()).toContain('the nonce');
  });

  it('sums up, most reported first, and says where', () => {
    const { advice } = suggestPolicy([
      violation('style-src-attr', 'inline', { count: 2 }),
      violation('script-src-elem', 'inline', { count: 9, source: 'https://shop.example/a', line: 41 }),
      violation('style-src-attr', 'inline', { count: 3 }),
    ]);
    expect(advice.map(({ count, where }) => [count, where])).toEqual([
      [9, 'https://shop.example/a:41'],
      [5, 'https://shop.example/page'],
    ]);
  });

  it('leaves out what was reported too seldom, and what has no TLS', () => {
    const rare = [
      violation('img-src', 'https://evil.example/'),
      violation('img-src', 'https://a.example/', { count: 9 }),
    ];
    expect(suggestPolicy(rare, 5).extend).toEqual({ 'img-src': ['https://a.example'] });
    expect(suggestPolicy([violation('img-src', 'http://a.example/')])).toMatchObject({
      extend: {},
      advice: [expect.objectContaining({ advice: expect.stringContaining('does not use TLS') })],
    });
  });

  it('tells every other directive apart, and a host that no policy can name', () => {
    const names = [
      'default-src',
      'child-src',
      'trusted-types',
      'require-trusted-types-for',
      'report-uri',
      'sandbox',
    ];
    const found = suggestPolicy([
      ...names.map((one) => violation(one, 'https://evil.example/')),
      violation('img-src', 'https://[2001:db8::1]/a.png'),
    ]);
    expect(found.extend).toEqual({});
    expect(found.advice.map(({ directive }) => directive)).toEqual([...names, 'img-src']);
  });

  it('cannot be made to print another policy by a report', () => {
    const hosts = ["https://a'.example", 'https://a;script-src', 'https://a"],x:["b.example', 'https://*'];
    const reports = hosts.map((host) => ({
      type: 'csp-violation',
      body: {
        effectiveDirective: 'img-src',
        blockedURL: `${host}/x`,
        documentURL: 'https://shop.example/\n"\u202e',
      },
    }));
    const { violations } = parseReports(JSON.stringify(reports)) ?? { violations: [] };
    expect(suggestPolicy(violations).text).toBe('csp();');
    expect(suggestPolicy([])).toEqual({ extend: {}, advice: [], text: 'csp();' });
  });
});
