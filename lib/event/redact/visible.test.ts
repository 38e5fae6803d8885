import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from './visible.ts';

describe('visible', () => {
  it.each([
    ['a line break', 'a\r\nb', 'a\\u000d\\u000ab'],
    ['a terminal sequence', '\u001b[2J', '\\u001b[2J'],
    ['its one-byte form', '\u009b2J', '\\u009b2J'],
    ['NUL, backspace, DEL', '\u0000\b\u007f', '\\u0000\\u0008\\u007f'],
    ['line and paragraph separators', '\u2028\u2029', '\\u2028\\u2029'],
    ['the next-line control', '\u0085', '\\u0085'],
    ['turned text', 'a\u202eb\u2066c\u200f', 'a\\u202eb\\u2066c\\u200f'],
    ['what cannot be seen', '\ufeff\u200b\u00ad\u2060', '\\ufeff\\u200b\\u00ad\\u2060'],
    ['tag characters', '\u{e0041}', '\\udb40\\udc41'],
    ['half a pair', '\ud800a\udc00', '\\ud800a\\udc00'],
  ])('writes out %s', (_, text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  it.each([
    'plain',
    'a\\u000ab',
    'R\u00e9sum\u00e9',
    '\u65e5\u672c',
    '\u{1f600}',
    '\u{1f468}\u200d\u{1f469}',
    '\u0645\u06cc\u200c\u062e',
  ])('leaves what prints as what it is: %s', (text) => {
    expect(visible(text)).toBe(text);
  });

  it('leaves one line of well-formed text, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = visible(text);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u);
        expect(visible(line)).toBe(line);
      }),
    );
  });
});
