import { describe, expect, it } from 'vitest';
import { codes } from './codes.ts';

const entries = Object.entries(codes);

describe('the catalogue', () => {
  it.each(entries)('%s is an area and a thing', (code) => {
    expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*\/[a-z\d]+(?:-[a-z\d]+)*$/);
  });

  it.each(entries)('%s speaks in full sentences', (_, { message, hint }) => {
    for (const sentence of [message, hint]) expect(sentence).toMatch(/^[A-Za-z`][^\r\n\t]{8,}[.]$/);
  });

  it.each(entries.filter(([, { kind }]) => kind !== 'misuse'))('%s is classified', (_, entry) => {
    expect(entry).toMatchObject({
      severity: expect.stringMatching(/^(?:low|medium|high|critical)$/),
      cwe: expect.any(Number),
      owasp: expect.stringMatching(/^(?:A(?:0[1-9]|10):2025)$/),
    });
  });

  it.each(entries.filter(([, { kind }]) => kind === 'refusal'))(
    '%s has the status of an error',
    (_, entry) => {
      const { status } = entry as { status: number };
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
    },
  );

  it('cannot be changed', () => {
    expect(Object.isFrozen(codes)).toBe(true);
  });
});
