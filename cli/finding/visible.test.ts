import { describe, expect, it } from 'vitest';
import { cells, visible } from './visible.ts';

describe('visible', () => {
  it.each([
    ['\u001b[2J', '\\u{1b}[2J'],
    ['a\r\nb', 'a\\u{d}\\u{a}b'],
    ['\u202eevil', '\\u{202e}evil'],
    ['a\u200bb', 'a\\u{200b}b'],
    ['\ud800', '\\u{d800}'],
    ['\u009b31m', '\\u{9b}31m'],
    ['a\ufe01\u{e0163}b', 'a\\u{fe01}\\u{e0163}b'],
    ['\u3164 = 1', '\\u{3164} = 1'],
  ])('spells %j out', (text, shown) => expect(visible(text)).toBe(shown));

  it.each(['gr\u00fcn', '\u4f60\u597d', '\u{1f600}', '\u2764\ufe0f', "<'%>"])('leaves %j', (text) => {
    expect(visible(text)).toBe(text);
  });
});

describe('cells', () => {
  it.each([
    ['abc', 3],
    ['\u4f60\u597d', 4],
    ['e\u0301', 1],
  ])('of %j are %i', (text, count) => expect(cells(text)).toBe(count));
});
