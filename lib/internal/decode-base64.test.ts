import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Text, decodeBase64 } from './decode-base64.ts';

describe('decodeBase64', () => {
  it.each([
    '',
    'YQ==',
    'YWI=',
    'YWJj',
    'YWJjZA',
    '-_-_',
    '+/+/',
    'Y Q\n=',
    'Y',
    'YQ==YQ==',
    '\u0100YQ',
    '!!!!',
    '77u/YQ',
  ])('reads %j as Node does', (text) => {
    expect([...decodeBase64(text)]).toEqual([...Buffer.from(text, 'base64')]);
    expect(base64Text(text)).toBe(Buffer.from(text, 'base64').toString());
  });

  it('reads whatever has no padding inside as Node does', () => {
    const text = fc.string({ unit: fc.constantFrom(...'AQYZabz059+/-_ \n.\u00e9'), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.constantFrom('', '=', '=='), (body, padding) => {
        expect([...decodeBase64(body + padding)]).toEqual([...Buffer.from(body + padding, 'base64')]);
      }),
      { numRuns: 5_000 },
    );
  });
});
