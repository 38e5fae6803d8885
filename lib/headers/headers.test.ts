import { describe, expect, it } from 'vitest';
import { headerChanges, securityHeaders } from './index.ts';

describe('securityHeaders', () => {
  it('has safe defaults', () => {
    const headers = Object.fromEntries(securityHeaders());
    expect(headers).toMatchObject({
      'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'same-origin',
    });
  });

  it('replaces, adds and leaves out, whatever the case of the name', () => {
    const headers = Object.fromEntries(
      securityHeaders({
        'x-frame-options': 'SAMEORIGIN',
        'X-Download-Options': false,
        'X-Robots-Tag': 'none',
      }),
    );
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(headers['X-Frame-Options']).toBeUndefined();
    expect(headers['X-Download-Options']).toBeUndefined();
    expect(headers['X-Robots-Tag']).toBe('none');
  });

  it('refuses a name or value that HTTP does not allow', () => {
    for (const [name, value] of [
      ['X-A', 'b\r\nSet-Cookie: c=d'],
      ['X-A', ''],
      ['X-A', '\u00e4'],
      ['X A', 'b'],
      ['', 'b'],
    ] as const) {
      expect(() => securityHeaders({ [name]: value })).toThrow(
        expect.objectContaining({ name: 'Misuse', code: 'headers/invalid-header' }),
      );
    }
    expect(securityHeaders({ 'X-A': 'b; c="d"' })).toContainEqual(['X-A', 'b; c="d"']);
  });

  it('refuses a value that browsers would ignore', () => {
    for (const [name, values] of Object.entries({
      'X-Frame-Options': ['ALLOW-FROM https://a.example', 'none', 'DENY, SAMEORIGIN'],
      'Referrer-Policy': ['nonsense', 'no-referer', 'no-referrer;', 'no-referrer, '],
      'Strict-Transport-Security': ['1 year', 'max-age=', 'max-age=1,includeSubDomains', 'includeSubDomains'],
      'X-Content-Type-Options': ['no-sniff', 'sniff'],
      'Cross-Origin-Opener-Policy': ['same-site', 'SAME-ORIGIN'],
      'Cross-Origin-Resource-Policy': ['*', 'https://a.example'],
      'Cross-Origin-Embedder-Policy': ['same-origin', 'yes'],
      'Origin-Agent-Cluster': ['1', 'true'],
      'X-XSS-Protection': ['off'],
      'X-DNS-Prefetch-Control': ['none'],
      'X-Permitted-Cross-Domain-Policies': ['no'],
      'x-download-options': ['open'],
    })) {
      for (const value of values) {
        expect(() => securityHeaders({ [name]: value }), `${name}: ${value}`).toThrow(
          expect.objectContaining({ name: 'Misuse', code: 'headers/invalid-value' }),
        );
      }
    }
    const fine = {
      'X-Frame-Options': 'SAMEORIGIN',
      'Referrer-Policy': 'no-referrer, strict-origin-when-cross-origin',
      'Strict-Transport-Security': 'max-age=0',
      'Cross-Origin-Opener-Policy': 'same-origin-allow-popups; report-to="default"',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cross-Origin-Embedder-Policy': 'credentialless',
      'Origin-Agent-Cluster': '?0',
      'X-DNS-Prefetch-Control': 'on',
    };
    expect(Object.fromEntries(securityHeaders(fine))).toMatchObject(fine);
  });

  it('takes Strict-Transport-Security in any order and in quotes (RFC 6797, 6.1), each part once', () => {
    const of = (value: string) => securityHeaders({ 'Strict-Transport-Security': value });
    for (const fine of [
      'preload; includeSubDomains; max-age="1"',
      'max-age=1;',
      'Max-Age=1 ; INCLUDESUBDOMAINS',
    ]) {
      expect(of(fine)).toContainEqual(['Strict-Transport-Security', fine]);
    }
    for (const bad of [
      'max-age=1; preload; max-age=2',
      'preload; preload; max-age=1',
      'max-age="1',
      ';',
      'max-age=1; x',
    ]) {
      expect(() => of(bad), bad).toThrow(expect.objectContaining({ code: 'headers/invalid-value' }));
    }
  });

  it('sends every header that Helmet 8 sends, but for the policy', () => {
    // Helmet's own list is longer by Content-Security-Policy, and by X-Powered-By, which adapters remove.
    const names = securityHeaders().map(([name]) => name);
    for (const name of [
      ...['Cross-Origin-Opener-Policy', 'Cross-Origin-Resource-Policy', 'Origin-Agent-Cluster'],
      ...['Referrer-Policy', 'Strict-Transport-Security', 'X-Content-Type-Options', 'X-DNS-Prefetch-Control'],
      ...['X-Download-Options', 'X-Frame-Options', 'X-Permitted-Cross-Domain-Policies', 'X-XSS-Protection'],
    ]) {
      expect(names).toContain(name);
    }
  });

  it('reads only what the developer wrote', () => {
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    const before = securityHeaders();
    polluted['X-Frame-Options'] = false;
    try {
      expect(securityHeaders({})).toEqual(before);
    } finally {
      delete polluted['X-Frame-Options'];
    }
  });
});

describe('headerChanges', () => {
  it('keeps what is to be removed', () => {
    expect(headerChanges({ 'X-Frame-Options': false, 'X-A': 'b' })).toEqual([
      ['X-Frame-Options', false],
      ['X-A', 'b'],
    ]);
    expect(() => headerChanges({ 'X-A': true as never })).toThrow(
      expect.objectContaining({ code: 'headers/invalid-header' }),
    );
    expect(() => headerChanges(null as never)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});
