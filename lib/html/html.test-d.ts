import { describe, expectTypeOf, it } from 'vitest';
import { type HoleValue, html, type NotAllowed, render, type SafeHtml, sanitize } from './index.ts';

interface Product {
  readonly name: string;
  readonly tags: readonly string[];
}

declare const product: Product;
declare const maybe: string | undefined;
declare const anything: unknown;
declare const parsed: Record<string, unknown>;

describe('a hole', () => {
  it('takes text, numbers, lists, markup and data', () => {
    expectTypeOf(html`${'a'}${1}${1n}${true}${null}${maybe}${['a', 1, null]}`).toEqualTypeOf<SafeHtml>();
    expectTypeOf(
      html`${html`x`}${[html`x`]}${product.tags.map((tag) => html`<li>${tag}</li>`)}`,
    ).toEqualTypeOf<SafeHtml>();
    expectTypeOf(html`${maybe && html`x`}${maybe ? html`x` : ''}`).toEqualTypeOf<SafeHtml>();
    expectTypeOf(html`<a href="${new URL('https://x')}?${new URLSearchParams()}">`).toEqualTypeOf<SafeHtml>();
    expectTypeOf(html`<script type="application/json">${product}</script>`).toEqualTypeOf<SafeHtml>();
    expectTypeOf(
      html`<script type="application/json">${parsed}${{ a: 1 }}</script>`,
    ).toEqualTypeOf<SafeHtml>();
  });

  it('takes nothing that HTML cannot show', () => {
    // @ts-expect-error an object without fields
    html`${{}}`;
    // @ts-expect-error a function
    html`${() => 'x'}`;
    // @ts-expect-error a symbol
    html`${Symbol('x')}`;
    // @ts-expect-error a promise
    html`${Promise.resolve('x')}`;
    // @ts-expect-error a Date
    html`${new Date()}`;
    // @ts-expect-error a Map
    html`${new Map()}`;
    // @ts-expect-error an Error
    html`${new Error('x')}`;
    // @ts-expect-error a list of functions
    html`${[() => 'x']}`;
    // @ts-expect-error a list of promises
    html`${[1, 2].map(async (n) => html`${n}`)}`;
    // @ts-expect-error an unknown value
    html`${anything}`;
  });

  it('says in the compiler\u2019s error what to do', () => {
    expectTypeOf<HoleValue<Promise<string>>>().toEqualTypeOf<
      NotAllowed<'A promise is not text: await it.'>
    >();
  });
});

describe('SafeHtml', () => {
  it('is no string, and no string is SafeHtml', () => {
    expectTypeOf(render(html`x`)).toEqualTypeOf<string>();
    expectTypeOf<SafeHtml>().not.toExtend<string>();
    // @ts-expect-error a string has no guarantee
    render('<b>x</b>');
    // @ts-expect-error an object of the same shape has none either
    render({ toString: (): never => undefined as never, toJSON: (): never => undefined as never });
    // @ts-expect-error what is safe already is not sanitised
    sanitize(html`x`, 'text');
    // @ts-expect-error no such preset
    sanitize('x', 'everything');
  });
});
