import { describe, expect, it } from 'vitest';
import { securityHeaders } from './headers.ts';

describe('securityHeaders', () => {
  it('has safe defaults', () => {
    const headers = Object.fromEntries(securityHeaders());
    expect(headers).toMatchObject({
      'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
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
});
