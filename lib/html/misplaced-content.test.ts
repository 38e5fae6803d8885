import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { html, type LateHtml, render, renderToStream, type SafeHtml, sanitize } from './index.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

const refused = expect.objectContaining({ name: 'Misuse', code: 'html/misplaced-content' });
const article = sanitize('<p>Hello</p>', 'article');
const stream = (page: SafeHtml | LateHtml): Promise<string> =>
  text(Readable.fromWeb(renderToStream(page) as never));
const policy = html`<meta http-equiv="Content-Security-Policy" content="script-src 'none'">`;
const row = (name: string): SafeHtml => html`<tr><td>${name}</td></tr>`;
async function* each<T>(...items: T[]): AsyncGenerator<T> {
  yield* items;
}

describe('a head', () => {
  const layout = (head: SafeHtml | string | number | boolean | null | undefined): SafeHtml =>
    html`<!doctype html><html lang="en"><head>${head}<meta charset="utf-8"></head><body><p>x</p></body></html>`;

  it.each([
    ['text', 'hello'],
    ['a zero', 0],
    ['sanitised markup', article],
    ['sanitised text', sanitize('x', 'text')],
    ['sanitised markup that is empty', sanitize('', 'article')],
    ['an element of the body', html`<p>x</p>`],
    ['an end tag', html`</head>`],
    ['a head of its own', html`<head></head>`],
    ['metadata with text behind it', html`<title>x</title>${'hello'}`],
    ['an open element', html`<template>`],
  ])('refuses %s', (_name, value) => {
    expect(() => layout(value)).toThrow(refused);
    // Through another template, too.
    expect(() => layout(html`${value}`)).toThrow(refused);
    expect(() => layout(html`${[policy, value]}`)).toThrow(refused);
  });

  it.each([
    ['nothing', null],
    ['false', false],
    ['undefined', undefined],
    ['an empty string', ''],
    ['white space', '\n  '],
    ['a policy', policy],
    [
      'metadata',
      html`<title>${'x'}</title><link rel="icon" href="/x"><style>p{}</style>
      <script src="/a.js"></script><noscript><link rel="stylesheet" href="/a.css"></noscript><!-- x --><base href="/">`,
    ],
    ['a list of metadata', html`${['a', 'b'].map((name) => html`<meta property="${name}" content="x">`)}`],
    ['metadata through templates', html`${html`${html`${policy}`}${null}`}`],
  ])('takes %s', (_name, value) => {
    expect(render(layout(value))).toContain('<meta charset="utf-8"></head><body>');
  });

  it('is decided on by what follows where the template leaves its tags out', () => {
    expect(() => html`<!doctype html><title>x</title>${'hello'}<link rel="icon" href="/x">`).toThrow(refused);
    expect(() => html`<!doctype html><html>${'hello'}<head><title>x</title></head>`).toThrow(refused);
    expect(() => html`${'hello'}<!doctype html><title>x</title>`).toThrow(refused);
    expect(() => html`<title>x</title>${'hello'}<meta http-equiv="refresh" content="9">`).toThrow(refused);
    expect(render(html`<!doctype html><title>x</title>${'hello'}<p>x</p>`)).toContain('hello');
    expect(render(html`<!doctype html><title>x</title>${article}`)).toContain('Hello');
    expect(render(html`<!doctype html><title>x</title>${policy}<link rel="icon" href="/x">`)).toContain(
      'script-src',
    );
    expect(render(html`${'hello'}<link rel="stylesheet" href="/x.css">`)).toContain('hello');
    expect(render(html`${'4'}<meta itemprop="price" content="4">`)).toContain('4');
  });

  it('comes first among fragments', () => {
    const head = html`<head>${policy}</head>`;
    const body = html`<body><p>x</p></body>`;
    expect(render(html`<!doctype html><html>${head}${body}</html>`)).toContain('</head><body>');
    expect(render(html`<!doctype html><html>${[head, body]}</html>`)).toContain('</head><body>');
    expect(() => html`<!doctype html><html>${'hello'}${head}</html>`).toThrow(refused);
    expect(() => html`<!doctype html><html>${[article, head]}</html>`).toThrow(refused);
    expect(() => html`${'hello'}${html`<!doctype html>${head}`}`).toThrow(refused);
  });

  it('refuses a head that its own text ended', () => {
    expect(() => html`<head>hello<meta charset="utf-8"></head>`).toThrow(refused);
    expect(render(html`<!doctype html><html><head><title>x</title><body>${'x'}`)).toContain('x');
  });

  it('refuses late what it refuses at once', async () => {
    const page = (head: PromiseLike<unknown> | AsyncIterable<unknown>): LateHtml =>
      html`<!doctype html><html><head>${head as Promise<string>}</head><body></body></html>`;
    await expect(stream(page(Promise.resolve('hello')))).rejects.toThrow(refused);
    await expect(stream(page(Promise.resolve(article)))).rejects.toThrow(refused);
    await expect(stream(page(each<unknown>(policy, 'hello')))).rejects.toThrow(refused);
    await expect(stream(html`<head>${html`${html`${Promise.resolve('x')}`}`}</head>`)).rejects.toThrow(
      refused,
    );
    expect(await stream(page(Promise.resolve(policy)))).toContain('script-src');
    expect(await stream(page(each(policy, policy)))).toContain('script-src');
    expect(await stream(page(Promise.resolve(null)))).toContain('<head></head>');
    expect(
      await stream(html`<html>${Promise.resolve(html`<head></head>`)}${Promise.resolve('x')}</html>`),
    ).toContain('x');
    await expect(
      stream(html`<html>${Promise.resolve('x')}${Promise.resolve(html`<head></head>`)}</html>`),
    ).rejects.toThrow(refused);
  });
});

describe('a table', () => {
  it.each([
    ['table', (v: unknown) => html`<table>${v as string}</table>`],
    ['tbody', (v: unknown) => html`<table><tbody>${v as string}</tbody></table>`],
    ['thead', (v: unknown) => html`<table><thead>${v as string}</thead></table>`],
    ['tfoot', (v: unknown) => html`<table><tfoot>${v as string}</tfoot></table>`],
    ['tr', (v: unknown) => html`<table><tr>${v as string}</tr></table>`],
    ['colgroup', (v: unknown) => html`<table><colgroup>${v as string}</colgroup></table>`],
  ])('has a <%s> that takes neither text nor other markup', async (_name, of) => {
    const others = [
      'hello',
      0,
      7n,
      article,
      html`<p>x</p>`,
      html`${'x'}`,
      html`</table>`,
      html`<b></b>`,
      html`<svg></svg>`,
    ];
    for (const value of others) {
      expect(() => of(value)).toThrow(refused);
      expect(() => of([value])).toThrow(refused);
      await expect(stream(of(Promise.resolve(value)))).rejects.toThrow(refused);
    }
    for (const value of [null, undefined, false, '', ' \n', [], [null]]) of(value);
  });

  it('takes what was built for the place', async () => {
    const rows = ['a', 'b'].map(row);
    const cells = html`<td>a</td><th>b</th>`;
    const section = html`<tbody>${rows}</tbody>`;
    expect(render(html`<table>${rows}</table>`)).toBe(
      '<table><tr><td>a</td></tr><tr><td>b</td></tr></table>',
    );
    expect(render(html`<table><caption>${'x'}</caption><thead>${rows}</thead>${section}</table>`)).toContain(
      '<td>',
    );
    expect(render(html`<table><tr><th>x</th></tr>${rows}${html`<tfoot>${rows}</tfoot>`}</table>`)).toContain(
      '<td>',
    );
    expect(render(html`<table><tbody>${rows}<tr><td>${article}</td></tr></tbody></table>`)).toContain(
      'Hello',
    );
    expect(render(html`<table><tr>${cells}<td>${'x'}</td></tr></table>`)).toContain('<td>');
    expect(render(html`<table><colgroup>${html`<col span="2">`}</colgroup></table>`)).toContain('<col');
    expect(render(html`<table>${html`\n ${rows}\n ${html`${rows}`}`}</table>`)).toContain('<td>');
    expect(
      render(html`<table><tr>${html`<input type="hidden" name="id" value="${1}">`}<td>x</td></tr></table>`),
    ).toContain('hidden');
    expect(render(html`<template>${rows}</template>`)).toContain('<td>');
    expect(render(html`${rows}`)).toContain('<td>');
    expect(await stream(html`<table>${each(...rows)}${Promise.resolve(section)}</table>`)).toContain('<td>');
  });

  it('takes only rows with their end tags, as what follows would stand in the last cell', () => {
    expect(() => html`<table>${html`<tr><td>x`}</table>`).toThrow(refused);
    expect(() => html`<table>${html`<tr><td>x</td></tr></table>`}</table>`).toThrow(refused);
    expect(render(html`<table><tr><td>${'x'}<td>y</table>`)).toContain('<td>x');
  });

  it('refuses static content that a parser moves in front of it', () => {
    expect(() => html`<table>text<tr><td>${'x'}</td></tr></table>`).toThrow(refused);
    expect(() => html`<table><div>${'x'}</div></table>`).toThrow(refused);
    expect(() => html`<table><tr>text</tr></table>`).toThrow(refused);
    expect(() => html`<table><tr></p></tr></table>`).toThrow(refused);
    expect(
      render(html`<table>
      <!-- x --><form action="/"><input type="hidden"><tr><td>${'x'}</td></tr></form></table>`),
    ).toContain('x');
  });

  it('refuses static content that means something else next to a hole', () => {
    expect(() => html`<p><b>x</p>${'x'}<div>y</div>`).toThrow(refused);
    expect(() => html`<template><tr></tr><p>${'x'}</p></template>`).toThrow(refused);
    expect(() => html`<table><tr><td>x<col><p>${'x'}</p></td></tr></table>`).toThrow(refused);
    const malformed = expect.objectContaining({ code: 'html/malformed-template' });
    const deep = Array.from({ length: 600 }, () => '<div>').join('');
    const strings = Object.freeze(Object.assign([deep], { raw: Object.freeze([deep]) }));
    expect(() => html(strings as unknown as TemplateStringsArray)).toThrow(malformed);
    expect(render(html`<p><b>x</b></p>${'x'}<p><i>y</p>`)).toContain('x');
    expect(render(html`<template><tr><td><p>${'x'}</p></td></tr></template>`)).toContain('x');
  });

  it('refuses a part of a table in front of the text of a <template>', () => {
    expect(() => html`<template>${html`<col>`}text</template>`).toThrow(refused);
    expect(() => html`<template>text${row('x')}</template>`).toThrow(refused);
    expect(() => html`<template><tr></tr>text${'x'}</template>`).toThrow(refused);
    expect(() => html`<template>text<tr><td>x</td></tr></template>`).toThrow(refused);
    expect(() => html`<template>${article}text<tr><td>x</td></tr></template>`).toThrow(refused);
    expect(render(html`<template>text${article}text<p>x</p>text</template>`)).toContain('Hello');
    expect(render(html`<template>${html`<b>x</b>`}text</template>`)).toContain('<b>x</b>text');
    expect(
      render(html`<template>
${row('x')}
</template>`),
    ).toContain('<td>x</td>');
  });

  it('names the place of static content', () => {
    expect(() => html`<p>${'x'}</p><table>${null} text</table>`).toThrow(
      /Line 1, column 28:[\s\S]*<table>\$\{\.\.\.\} text/,
    );
  });
});

describe('an element that others end', () => {
  const block = html`<div>x</div>`;

  it.each([
    ['a block in a <p>', () => html`<p>${block}</p>`],
    ['a block deep in a <p>', () => html`<p><b>${html`<i>${block}</i>`}</b></p>`],
    ['sanitised markup in a <p>', () => html`<p>${sanitize('x', 'comment')}</p>`],
    ['a link in a link', () => html`<a href="/">${html`<b><a href="/">x</a></b>`}</a>`],
    ['sanitised markup in a link', () => html`<a href="/">${sanitize('x', 'comment')}</a>`],
    ['a button in a button', () => html`<button>${html`<button>x</button>`}</button>`],
    ['a form in a form', () => html`<form><p>${html`<form></form>`}</p></form>`],
    ['a form in the form of a table', () => html`<form><table><tr><td>${html`<form></form>`}</table></form>`],
    ['an item in an item', () => html`<ul><li>${html`<li>x</li>`}</li></ul>`],
    ['a term in a term', () => html`<dl><dt><b>${html`<dd>x</dd>`}</b></dl>`],
    ['a heading that its own <p> does not hold', () => html`<h1>${html`<p><h2>x</h2></p>`}</h1>`],
    ['a block in a part of a table that a parser ignores', () => html`<p>${html`<td>${block}</td>`}</p>`],
    ['a heading in a heading', () => html`<h1>${html`<h2>x</h2>`}</h1>`],
    ['an option in an option', () => html`<select><option>${html`<option>x</option>`}</select>`],
    ['a field in a <select>', () => html`<select>${html`<input>`}</select>`],
    ['a row in a cell', () => html`<table><tr><td>${row('x')}</td></tr></table>`],
  ])('refuses %s', (_name, of) => {
    expect(of).toThrow(refused);
  });

  it.each([
    ['inline markup in a <p>', () => html`<p>${html`<b>${'x'}</b><br>`}</p>`],
    ['a block in an <object> in a <p>', () => html`<p><object>${block}</object></p>`],
    ['sanitised text in a <p>', () => html`<p>${sanitize('x', 'text')}</p>`],
    ['sanitised markup in an item', () => html`<ul><li>${article}</li></ul><dl><dd>${article}</dd></dl>`],
    ['sanitised markup in a heading', () => html`<h1>${sanitize('x', 'comment')}</h1>`],
    ['a block in a link', () => html`<a href="/">${block}</a>`],
    ['a list in an item', () => html`<ul><li>${html`<ul><li>x</li></ul>`}</li></ul>`],
    ['a button in a form', () => html`<form>${html`<p><button>x</button></p>`}</form>`],
    [
      'options in a <select>',
      () => html`<select>${['a', 'b'].map((x) => html`<option>${x}</option>`)}</select>`,
    ],
    [
      'groups in a <select>',
      () => html`<select>${html`<optgroup label="x"><option>x</option></optgroup>`}</select>`,
    ],
    ['a table in a cell', () => html`<table><tr><td>${html`<table>${row('x')}</table>`}</td></tr></table>`],
    ['a header and a footer', () => html`${html`<main><p>`}${'x'}${html`</p></main>`}`],
    ['markup of a graphic', () => html`<p><svg>${html`<a href="/"><circle r="1"/></a>`}</svg></p>`],
  ])('takes %s', (_name, of) => {
    expect(render(of() as SafeHtml)).toContain('<');
  });
});
