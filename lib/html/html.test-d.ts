import { describe, expectTypeOf, it } from 'vitest';
import {
  attrs,
  type HoleValue,
  html,
  htmlResponse,
  type LateHtml,
  type NotAllowed,
  render,
  renderToStream,
  resourceUrl,
  type SafeHtml,
  type SafeScript,
  type SafeStyle,
  type SafeUrl,
  safeScript,
  safeStyle,
  safeUrl,
  sanitize,
  type TrustedResourceUrl,
} from './index.ts';

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
    // @ts-expect-error a Date
    html`${new Date()}`;
    html`${new Set(['a'])}${new Map([['a', 1]]).keys()}${new URL('https://x')}`;
    // @ts-expect-error a Set of dates
    html`${new Set([new Date()])}`;
    // @ts-expect-error bytes
    html`${new Uint8Array(1)}`;
    // @ts-expect-error a Map
    html`${new Map()}`;
    // @ts-expect-error an Error
    html`${new Error('x')}`;
    // @ts-expect-error a list of functions
    html`${[() => 'x']}`;
    // @ts-expect-error an unknown value
    html`${anything}`;
  });

  it('says in the compiler\u2019s error what to do', () => {
    expectTypeOf<HoleValue<Date>>().toEqualTypeOf<
      NotAllowed<'A Date is not text: take toISOString(), or format it.'>
    >();
  });
});

describe('a page that waits', () => {
  async function* rows(): AsyncGenerator<SafeHtml> {
    yield html`<li>x</li>`;
  }

  it('has a type of its own, also within others', () => {
    expectTypeOf(html`${Promise.resolve('x')}`).toEqualTypeOf<LateHtml>();
    expectTypeOf(html`${[1, 2].map(async (n) => html`${n}`)}`).toEqualTypeOf<LateHtml>();
    expectTypeOf(html`<ul>${rows()}</ul>`).toEqualTypeOf<LateHtml>();
    expectTypeOf(html`${'x'}${[html`${rows()}`]}`).toEqualTypeOf<LateHtml>();
    expectTypeOf(html`${maybe}${['x']}`).toEqualTypeOf<SafeHtml>();
  });

  it('is streamed, and not rendered', () => {
    renderToStream(html`${rows()}`);
    htmlResponse(html`${Promise.resolve('x')}`);
    htmlResponse(html`x`);
    // @ts-expect-error await it, or stream it
    render(html`${Promise.resolve('x')}`);
    // @ts-expect-error what it gives is no text
    html`${Promise.resolve(new Date())}`;
  });
});

describe('a value with a contract', () => {
  it('is no other one, and no string', () => {
    expectTypeOf(resourceUrl`/a/${'b'}`).toEqualTypeOf<TrustedResourceUrl>();
    expectTypeOf<TrustedResourceUrl>().not.toExtend<SafeUrl>();
    expectTypeOf<SafeScript>().not.toExtend<SafeStyle>();
    html`<script src="${resourceUrl`/a.js`}">${safeScript`x(${1})`}</script><style>${safeStyle`p{}`}</style>`;
    html`<a href="${safeUrl`sms:${'1'}`}" ${attrs({ title: 'x' })} class="${['a', { b: true }]}">`;
    html`<p style="${{ width: '1px' }}">`;
    // @ts-expect-error a style sheet takes no values
    safeStyle`p{width:${'1px'}}`;
    // @ts-expect-error only strings, numbers and parameters
    resourceUrl`/a/${{}}`;
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
