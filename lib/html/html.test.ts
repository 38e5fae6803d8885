import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents, type SecurityEvent } from '../event/index.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import { Misuse } from '../refusal/misuse.ts';
import { legitimateLinks, legitimateTexts } from '../testing/corpus/xss.ts';
import { html, render, sanitize } from './index.ts';

const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });

beforeAll(() => {
  events.length = 0;
});
afterAll(async () => {
  await recorder.close();
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
    ['a promise', Promise.resolve('x'), 'Await'],
    ['a Date', new Date(0), 'toISOString'],
    ['a Map', new Map(), 'Spread'],
    ['a URL', new URL('https://example.com/'), 'url.href'],
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
    expect(render(html`<p aria-hidden="${true}" data-open="${false}" lang="${null}">`)).toBe(
      '<p aria-hidden="true" data-open="false" lang="">',
    );
    expect(
      render(html`<input disabled="${true}" checked="${false}" required='${null}' readonly="${undefined}">`),
    ).toBe('<input disabled="">');
    expect(render(html`<a download="${'a".txt'}" hidden="${'until-found'}">`)).toBe(
      '<a download="a&quot;.txt" hidden="until-found">',
    );
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

describe('URL attributes', () => {
  it.each(legitimateLinks)('leads to %s', (link) => {
    expect(render(html`<a href="${link}">x</a>`)).toBe(
      `<a href="${link.replaceAll('&', '&amp;').replaceAll("'", '&#39;')}">x</a>`,
    );
  });

  it('sets other schemes aside, with an event that names the place', async () => {
    await recorder.flush();
    events.length = 0;
    expect(render(html`<a href="${' java\tscript:alert(1)'}">x</a>`)).toBe(
      '<a href="about:invalid#bulwark">x</a>',
    );
    await recorder.flush();
    expect(events).toMatchObject([
      { code: 'html/unsafe-url', action: 'blocked', evidence: { place: 'href of <a>' } },
    ]);
  });

  it('decides on all holes of an attribute together', () => {
    expect(render(html`<a href="${'java'}${'script:alert(1)'}">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<a href="${'java'}script:${'alert(1)'}">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<a href="${'https:'}${'//example.com'}">`)).toBe('<a href="https://example.com">');
  });

  it('encodes values behind a static start', () => {
    expect(render(html`<a href="/u/${'a/b?c'}/x?q=${'d&e=f'}&amp;r=${'\u00e9'}#${'g h'}">`)).toBe(
      '<a href="/u/a%2Fb%3Fc/x?q=d%26e%3Df&amp;r=%C3%A9#g%20h">',
    );
    expect(render(html`<a href="mailto:${'a+b@example.com?bcc=x'}">`)).toBe(
      '<a href="mailto:a+b@example.com%3Fbcc%3Dx">',
    );
  });

  it('lets no value climb out of a static path or onto another host', () => {
    expect(render(html`<a href="/u/${'..'}/x">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<a href="/${''}/${'evil.example'}">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<a href="${'https://own.example'}${'.evil.example'}">`)).toBe(
      '<a href="about:invalid#bulwark">',
    );
    expect(render(html`<a href="${'https://own.example'}${'/ok'}">`)).toBe(
      '<a href="https://own.example/ok">',
    );
    expect(render(html`<a href="/u/${'...'}/${'.x'}">`)).toBe('<a href="/u/.../.x">');
  });

  it('takes a URL and URLSearchParams as they are', () => {
    const url = new URL('https://example.com/a?b=c');
    const query = new URLSearchParams({ q: 'a&b', page: '2' });
    expect(render(html`<a href="${url}"></a><a href="/s?${query}"></a>`)).toBe(
      '<a href="https://example.com/a?b=c"></a><a href="/s?q=a%26b&amp;page=2"></a>',
    );
  });

  it('takes a part of a host where the rest is static', () => {
    expect(render(html`<a href="https://${'shop'}.example.com:${8080}/">`)).toBe(
      '<a href="https://shop.example.com:8080/">',
    );
    expect(render(html`<a href="https://${'evil.example/'}.example.com/">`)).toBe(
      '<a href="about:invalid#bulwark">',
    );
  });

  it('shows bitmaps from data URLs as images, and nothing else', () => {
    const bitmap = 'data:image/png;base64,iVBORw0KGgo=';
    expect(render(html`<img src="${bitmap}"><img src="data:image/png;base64,${'AAAA'}">`)).toBe(
      `<img src="${bitmap}"><img src="data:image/png;base64,AAAA">`,
    );
    expect(render(html`<a href="${bitmap}">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<img src="${'data:image/svg+xml;base64,AAAA'}">`)).toBe(
      '<img src="about:invalid#bulwark">',
    );
  });
});

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

  it('are linked data too', () => {
    expect(render(html`<script type="application/ld+json"> ${{ '@type': 'Thing' }} </script>`)).toContain(
      '"Thing"',
    );
  });

  it('refuse what has no JSON, and what is nested too deep', () => {
    const island = (value: unknown): unknown => unchecked`<script type="application/json">${value}</script>`;
    refuses('html/invalid-value', () => island(undefined));
    refuses('html/invalid-value', () => island(() => 1));
    refuses('html/invalid-value', () => island(1n));
    refuses('html/implicit-string', () => island({ a: html`x` }));
    refuses('html/not-text', () => island(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))));
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

describe('a safe value', () => {
  it('is no string, and does not become one by accident', () => {
    const safe = html`<p>x</p>`;
    refuses('html/implicit-string', () => `${safe}`);
    refuses('html/implicit-string', () => JSON.stringify({ safe }));
    expect(render(safe)).toBe('<p>x</p>');
  });

  it('cannot be forged by a copy, a prototype, JSON or its own constructor', () => {
    const safe = html`<b>x</b>`;
    const Type = safe.constructor as new () => object;
    for (const forged of [
      { ...safe },
      Object.create(safe),
      new Type(),
      JSON.parse('{"markup":"<b>"}'),
      '<b>',
      null,
    ]) {
      refuses('html/not-safe-html', () => render(forged));
    }
    expect(Object.isFrozen(safe)).toBe(true);
  });

  it('is made from template literals only', () => {
    const call = html as unknown as (...values: unknown[]) => unknown;
    refuses('html/not-a-template', () => call(['<b>']));
    refuses('html/not-a-template', () => call('<b>'));
    refuses('html/not-a-template', () => call(Object.assign(['<b>', ''], { raw: ['<b>', ''] }), 1));
    refuses('html/not-a-template', () => call(JSON.parse('{"0":"<b>","length":1,"raw":["<b>"]}')));
    const strings = ((taken: TemplateStringsArray, ..._values: unknown[]) => taken)`<b>${1}</b>`;
    refuses('html/not-a-template', () => call(strings));
    expect(render(call(strings, 1) as never)).toBe('<b>1</b>');
    refuses('html/not-a-template', () => call(strings, 1, 2));
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
