import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { html, render } from '../index.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

/** What a template that the compiler would refuse does at run time. */
const unchecked = html as (strings: TemplateStringsArray, ...values: unknown[]) => ReturnType<typeof html>;

function refuses(code: string, use: () => unknown): void {
  expect(use).toThrow(expect.objectContaining({ code }));
}

describe('JSON scripts', () => {
  it.each([
    [{ a: '</script><!--', b: [1, null, true], c: { d: '\u2028\u2029&' } }],
    ['x'],
    [0],
    [null],
    [[]],
    [true],
  ])('give back %j', (value) => {
    const markup = render(html`<script type="application/json">${value}</script>`);
    const text = /^<script type="application\/json">([^<>&\u2028\u2029]*)<\/script>$/.exec(markup)?.[1];
    expect(JSON.parse(text ?? '')).toEqual(value);
  });

  it('give back what JSON can hold of the rest', () => {
    const value = [Number.NaN, -0, new Date(0), new Map([[1, 2]]), { gone: undefined }];
    const markup = render(html`<script type="application/json">${{ value }}</script>`);
    expect(markup).toContain('{"value":[null,0,"1970-01-01T00:00:00.000Z",{},{}]}');
  });

  it('are linked data too', () => {
    expect(render(html`<script type="application/ld+json"> ${{ '@type': 'Thing' }} </script>`)).toContain(
      '"Thing"',
    );
  });

  it('refuse what has no JSON, and what is nested too deep', () => {
    const island = (value: unknown): unknown => unchecked`<script type="application/json">${value}</script>`;
    refuses('html/invalid-value', () => island(undefined));
    refuses('html/invalid-value', () => island(() => 1));
    refuses('html/invalid-value', () => island([1n, () => 1, Promise.resolve(1n)]));
    refuses('html/implicit-string', () => island({ a: html`x` }));
    refuses('html/invalid-value', () => island(Promise.resolve(1)));
    refuses('html/invalid-value', () => island({ a: [Promise.resolve(1)] }));
    expect(() => island({ a: {}, b: '{}' })).not.toThrow();
    for (const depth of [100_000, 10_001]) {
      refuses('html/not-text', () => island(JSON.parse('['.repeat(depth) + ']'.repeat(depth))));
    }
    expect(() => island(JSON.parse('['.repeat(2000) + ']'.repeat(2000)))).not.toThrow();
  });
});
