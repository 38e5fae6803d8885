import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import { Misuse } from '../refusal/misuse.ts';
import { legitimateTexts } from '../testing/corpus/xss.ts';
import { html, render, sanitize } from './index.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

/** What a template that the compiler would refuse does at run time. */
const unchecked = html as (strings: TemplateStringsArray, ...values: unknown[]) => ReturnType<typeof html>;

function refuses(code: string, use: () => unknown): Error & { readonly hint?: string } {
  try {
    use();
  } catch (error) {
    expect((error as { code?: string }).code).toBe(code);
    return error as Error;
  }
  throw new Error(`Nothing was refused with ${code}.`);
}

describe('element text', () => {
  it('shows a value as it is', () => {
    expect(render(html`<p>${`<b>&"'`}</p>`)).toBe('<p>&lt;b&gt;&amp;&quot;&#39;</p>');
  });

  it('takes numbers and big integers, and nothing for null, undefined, false and true', () => {
    expect(render(html`${1.5}|${10n}|${0}|${null}|${undefined}|${false}|${true}|${''}`)).toBe(
      '1.5|10|0|||||',
    );
  });

  it('joins arrays, and splices markup in', () => {
    const rows = ['<a>', 'b'].map((text) => html`<li>${text}</li>`);
    expect(render(html`<ul>${rows}${[['c'], [1, [html`<i>d</i>`]]]}</ul>`)).toBe(
      '<ul><li>&lt;a&gt;</li><li>b</li>c1<i>d</i></ul>',
    );
  });

  it('writes what no document can hold as U+FFFD, and a carriage return as a reference', () => {
    expect(render(html`${'\0|\ud800|\udc00\ud800|\ud83d\ude00|\r\n'}`)).toBe(
      '\ufffd|\ufffd|\ufffd\ufffd|\ud83d\ude00|&#13;\n',
    );
  });

  it('refuses an object that a client sent, and takes its field', () => {
    const query: Record<string, unknown> = JSON.parse('{"q":{"markup":"<b>","toString":1,"isEscaped":true}}');
    const error = refuses('html/not-text', () => unchecked`<p>${query['q']}</p>`);
    expect(isRefusal(error, 'html/not-text') && error.detail).toEqual({
      place: 'element text',
      type: 'Object',
    });
    refuses('html/not-text', () => unchecked`<p title="${['a']}">`);
    refuses('html/not-text', () => unchecked`<p>${Object.create(null)}</p>`);
    expect(render(html`<p>${['a']}</p>`)).toBe('<p>a</p>');
  });

  it('refuses arrays that are nested without end, and takes deep ones', () => {
    const nest = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    refuses('html/not-text', () => unchecked`${nest(100_000)}`);
    const own: unknown[] = [];
    own.push(own);
    refuses('html/not-text', () => unchecked`${own}`);
    expect(render(unchecked`${nest(99)}`)).toBe('');
  });

  it.each([
    ['a function', () => 'x', 'Call it'],
    ['a symbol', Symbol('x'), 'description'],
    ['a Date', new Date(0), 'toISOString'],
    ['a Map', new Map(), 'Spread'],
    ['bytes', new Uint8Array(1), 'string, a number'],
    ['an object of a class', new (class Thing {})(), 'string, a number'],
  ])('refuses %s as the programmer\u2019s mistake', (_name, value, hint) => {
    const error = refuses('html/invalid-value', () => unchecked`<p>${value}</p>`);
    expect(error).toBeInstanceOf(Misuse);
    expect(error.hint).toContain(hint);
  });

  it('keeps the line feed that a value starts with in <pre> and <textarea>', () => {
    expect(render(html`<pre>${'\na'}</pre><textarea>${'b'}</textarea>`)).toBe(
      '<pre>\n\na</pre><textarea>\nb</textarea>',
    );
  });
});

describe('attributes', () => {
  it('takes values in either quotes, between static text', () => {
    expect(render(html`<p title="a ${'"'} b" class='${"'"}'>`)).toBe(
      '<p title="a &quot; b" class=\'&#39;\'>',
    );
  });

  it('writes booleans out, and leaves boolean attributes out or in', () => {
    expect(render(html`<p aria-hidden="${true}" data-open="${false}" lang="x${null}">`)).toBe(
      '<p aria-hidden="true" data-open="false" lang="x">',
    );
    expect(
      render(html`<input disabled="${true}" checked="${false}" required='${null}' readonly="${undefined}">`),
    ).toBe('<input disabled="">');
    expect(render(html`<a download="${'a".txt'}" hidden="${'until-found'}">`)).toBe(
      '<a download="a&quot;.txt" hidden="until-found">',
    );
  });

  it('leaves a whole attribute out for null and undefined, and writes out what is empty', () => {
    expect(
      render(html`<a href="${undefined}" title='${null}' id="${''}" tabindex="${0}" lang="a${null}">x</a>`),
    ).toBe('<a id="" tabindex="0" lang="a">x</a>');
    expect(
      render(html`<img src="${null}" srcset="${undefined}" class="${null}" style="${null}" alt="${''}">`),
    ).toBe('<img alt="">');
  });

  it('awaits no promise in an attribute, and says so', () => {
    const error = refuses('html/invalid-value', () => html`<p title="${Promise.resolve('x')}">`);
    expect(error.hint).toContain('Await');
    refuses('html/invalid-value', () => html`<title>${Promise.resolve('x')}</title>`);
  });

  it('takes no markup, which belongs into text', () => {
    refuses('html/markup-outside-text', () => html`<img alt="${html`<b>cat</b>`}">`);
    refuses('html/markup-outside-text', () => html`<title>${html`x`}</title>`);
    refuses('html/markup-outside-text', () => html`<a href="${html`/x`}">`);
    refuses('html/markup-outside-text', () => sanitize(html`x` as never, 'text'));
    expect(render(html`<b>${html`<i>cat</i>`}</b>`)).toBe('<b><i>cat</i></b>');
  });

  it('takes plain values on elements that are strict', () => {
    expect(render(html`<script nonce="${'r4nd0m'}" src="/app.js"></script>`)).toBe(
      '<script nonce="r4nd0m" src="/app.js"></script>',
    );
    expect(
      render(html`<meta name="description" content="${'"x"'}"><meta property="og:title" content="${'y'}">`),
    ).toBe('<meta name="description" content="&quot;x&quot;"><meta property="og:title" content="y">');
  });
});

describe('class', () => {
  it('takes text as it is, lists, and records of conditions', () => {
    expect(render(html`<p class="${'a  b '}">`)).toBe('<p class="a  b ">');
    expect(
      render(html`<p class="x ${['a', false, null, ['b', 1], { c: true, d: 0, 'e"': 'yes' }]} y">`),
    ).toBe('<p class="x a b 1 c e&quot; y">');
    expect(render(html`<p class="${{ a: false }}"><p class="${false}">`)).toBe('<p class=""><p class="">');
  });

  it('refuses what is no list of names, and nesting without end', () => {
    refuses('html/invalid-value', () => unchecked`<p class="${new Date()}">`);
    refuses('html/markup-outside-text', () => html`<p class="${html`x`}">`);
    refuses('html/markup-outside-text', () => html`<p class="${[html`x`]}">`);
    refuses('html/not-text', () => unchecked`<p class="${JSON.parse('['.repeat(5000) + ']'.repeat(5000))}">`);
    refuses('html/not-text', () => unchecked`<p title="${['a']}">`);
    expect(render(unchecked`<p class="${[[['a']]]}">`)).toBe('<p class="a">');
  });
});

describe('svg', () => {
  it('takes text, plain attributes and markup that was built for it', () => {
    const points = [1, 2].map((x) => html`<circle cx="${x}"><title>${'<x>'}</title></circle>`);
    expect(render(html`<svg>${points}<text>${'a & b'}</text></svg>`)).toBe(
      '<svg><circle cx="1"><title>&lt;x&gt;</title></circle><circle cx="2"><title>&lt;x&gt;</title></circle>' +
        '<text>a &amp; b</text></svg>',
    );
  });

  it('refuses markup that was made for HTML', () => {
    refuses('html/foreign-content', () => html`<svg>${html`<p>x</p>`}</svg>`);
    refuses('html/foreign-content', () => html`<svg>${html`<style></style>`}</svg>`);
    refuses('html/foreign-content', () => html`<svg>${html`<g>${html`<g>`}</g>`}</svg>`);
    refuses('html/foreign-content', () => html`<svg>${sanitize('<b>x</b>', 'comment')}</svg>`);
  });
});

describe('legitimate text', () => {
  it.each(legitimateTexts)('%j is shown as it was written', (text) => {
    const decode = (markup: string): string =>
      markup.replace(/&(?:lt|gt|quot|#39|#13|amp);/g, (name) => decoded[name] as string);
    expect(decode(render(html`${text}`))).toBe(text);
    expect(decode(render(html`<p title="${text}">`)).slice('<p title="'.length, -2)).toBe(text);
  });
});

const decoded: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#13;': '\r',
  '&amp;': '&',
};
