import { describe, expect, it } from 'vitest';
import { type Choice, chooseChecks } from './choose-checks.ts';
import { sampleChecks } from './testing/sample-audit.ts';

function skipped(choice: Partial<Choice>): string[] {
  const chosen = chooseChecks(sampleChecks, { only: [], skip: [], ...choice });
  return [...chosen].map(([{ id }, option]) => `${id} by ${option}`);
}

describe('chooseChecks', () => {
  it('leaves out nothing by itself', () => expect(skipped({})).toEqual([]));

  it('takes checks, groups and lines', () => {
    expect(skipped({ skip: ['django/hsts'] })).toEqual(['django/hsts by --skip django/hsts']);
    expect(skipped({ skip: ['django/*', 'csp'] })).toEqual([
      'django/ssl-redirect by --skip django/*',
      'django/hsts by --skip django/*',
      'python/csp by --skip csp',
    ]);
    expect(skipped({ only: ['https', 'python/cors'], skip: ['django/hsts'] })).toEqual([
      'django/hsts by --skip django/hsts',
      'python/cors-age by --only',
      'python/csp by --only',
    ]);
  });

  it('takes a line that no check speaks of', () => expect(skipped({ skip: ['training'] })).toEqual([]));

  it.each(['django/ssl-redirct', 'rust/*', 'httpz', '', 'toString', '*'])('refuses %j', (pattern) => {
    expect(() => skipped({ skip: [pattern] })).toThrow(/--skip .* names no check/);
    expect(() => skipped({ only: [pattern] })).toThrow(/--only .* names no check/);
  });
});
