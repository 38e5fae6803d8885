import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, wellFormed } from './escape.ts';

/** The same by one pattern. */
function escapeSlowly(text: string): string {
  const names: Record<string, string> = {
    '&': 'amp',
    '<': 'lt',
    '>': 'gt',
    '"': 'quot',
    "'": '#39',
    '\r': '#13',
  };
  return text
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\0/g, '\ufffd')
    .replace(/[&<>"'\r]/g, (c) => `&${names[c]};`);
}

describe('escapeHtml', () => {
  it('escapes as the plain patterns do, in short texts and in long ones', () => {
    const unit = fc.constantFrom(
      ...'&<>"\'\r\0 a;',
      '\ud800',
      '\udc00',
      '\udbff',
      '\udfff',
      '\ud7ff',
      '\ue000',
      '\ud83d\ude00',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        expect(escapeHtml(text)).toBe(escapeSlowly(text));
        expect(escapeHtml(`${text}${'a'.repeat(40)}`)).toBe(escapeSlowly(text + 'a'.repeat(40)));
        expect(wellFormed(text)).toBe(Buffer.from(text).toString());
      }),
      { numRuns: 5_000 },
    );
  });
});
