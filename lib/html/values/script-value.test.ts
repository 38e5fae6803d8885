import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xss } from '../../testing/corpus/xss.ts';
import { html, render, type SafeHtml } from '../index.ts';
import { takesScriptValue } from './script-value.ts';

const unchecked = html as (strings: TemplateStringsArray, ...values: unknown[]) => SafeHtml;

function inside(page: SafeHtml): string {
  const markup = render(page);
  expect(markup.match(/<\/?script/g)).toHaveLength(2);
  return markup.slice('<script>'.length, -'</script>'.length);
}

/** What a script makes of a value in each place that takes one. */
function readBack(value: unknown): unknown[] {
  const script = inside(
    unchecked`<script>out.push((${value}), [${value}][0], f(1, ${value})); x = ${value}; out.push(x, {a: ${value}}.a)</script>`,
  );
  const out: unknown[] = [];
  runInNewContext(script, { out, f: (_: number, given: unknown) => given });
  return out;
}

describe('a value in a script', () => {
  it.each([
    ['nothing', null],
    ['a string', `</script><!-- "'\`\\ \u2028\u2029 \0 \ud800`],
    ['a number', -1.5e300],
    ['a boolean', false],
    ['nested', { a: [1, { 'b"c': null }], '': 'x' }],
    ['a property of the name __proto__', JSON.parse('{"__proto__":{"admin":true},"a":1}')],
    ['a string with what is replaced in it', '{"__proto__":1}'],
    ['a name that ends with it', JSON.parse('{"{\\"__proto__":1,"x,\\"__proto__":[{"__proto__":2}]}')],
  ])('is what was given: %s', (_name, value) => {
    for (const read of readBack(value)) expect(JSON.stringify(read)).toBe(JSON.stringify(value));
  });

  it('is what was given, for every payload and any JSON', () => {
    for (const { payload } of xss) expect(readBack(payload)).toEqual(Array(5).fill(payload));
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value);
        for (const read of readBack(JSON.parse(json))) expect(JSON.stringify(read)).toBe(json);
      }),
      { numRuns: 300 },
    );
  });

  it('sets no prototype', () => {
    const [read] = readBack(JSON.parse('{"__proto__":{"admin":true}}')) as [{ admin?: boolean }];
    expect(read.admin).toBeUndefined();
    expect(Object.keys(read)).toEqual(['__proto__']);
  });

  it('refuses what has no JSON', () => {
    for (const value of [undefined, () => 1, Symbol('x')]) {
      expect(() => unchecked`<script>x = ${value}</script>`).toThrow(
        expect.objectContaining({ code: 'html/invalid-value' }),
      );
    }
    expect(inside(html`<script>x = ${'1'}</script>`)).toBe('x = "1"');
  });

  it.each(['x =', 'x = ', 'f(', 'f(a, ', '{a: ', '[\n', 'x ==', 'a ? b :'])('stands behind %j', (before) => {
    expect(takesScriptValue(before)).toBe(true);
  });

  it.each([
    ...[
      '',
      'x',
      'x = "',
      "f('",
      'x = `${',
      'return ',
      'x = /',
      '// x =',
      'x = "a" + (',
      'a < b, ',
      'x = -',
      'x = {',
    ],
    ...['<!-- x =', 'x => ', 'f(...', 'x = \u2028', 'x = \ufeff', 'if (x) ', 'x.', '/* = '],
  ])('stands not behind %j', (before) => {
    expect(takesScriptValue(before)).toBe(false);
  });
});
