import { describe, expect, it } from 'vitest';
import { caretsOf, codeFrame } from './code-frame.ts';
import { sourceLines } from './source-lines.ts';
import { place } from './testing/sample-report.ts';

function framed(text: string, line: number, column: number, endColumn: number): string[] {
  const lineOf = sourceLines(() => text);
  return codeFrame(lineOf, place('a.js', line, column, endColumn), 0).flatMap((one) => [
    `${one.before}${one.marked}${one.after}`,
    caretsOf(one),
  ]);
}

describe('codeFrame', () => {
  it('marks the part', () => {
    expect(framed('a\nlet x = f(y);\n', 2, 9, 13)).toEqual(['let x = f(y);', '        ^^^^']);
  });

  it('keeps the carets under it behind tabs, wide letters and signs that are spelt out', () => {
    expect(framed('\t\u4f60\u001b f(y)', 1, 5, 9)).toEqual(['  \u4f60\\u{1b} f(y)', '           ^^^^']);
  });

  it('shows the part of a long line', () => {
    const [code = '', carets = ''] = framed(`${'x'.repeat(9000)}HERE${'y'.repeat(9000)}`, 1, 9001, 9005);
    expect(code.length).toBeLessThan(200);
    expect(code.slice(carets.indexOf('^'), carets.length)).toBe('HERE');
  });

  it.each([
    [1, 900, 950],
    [1, 0, 0],
    [1, 5, 2],
  ])('holds for a place that the line has not: %i:%i-%i', (line, column, endColumn) => {
    expect(framed('abc', line, column, endColumn)).toHaveLength(2);
  });

  it('is empty without the file', () => {
    expect(codeFrame(() => undefined, place('a.js', 1, 1, 2), 1)).toEqual([]);
    expect(framed('abc', 7, 1, 2)).toEqual([]);
  });
});
