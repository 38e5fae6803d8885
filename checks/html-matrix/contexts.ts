import { attrs, html, type SafeHtml } from 'bulwark/html';
import { wellFormed } from '../../lib/html/values/escape.ts';

/** A place in a page that takes a text, and how to read it back there. */
export interface Context {
  readonly name: string;
  readonly markup: (value: string) => SafeHtml;
  /**
   * A JavaScript expression of what the value is in the page, where `at` is the element with the id `at`. Undefined
   * where the value is decided on, so that only what ran and the structure count.
   */
  readonly read?: string;
  /** What of the value is kept: HTML holds no NUL and no half of a surrogate pair, and a URL no such half. All of it
   * where absent. */
  readonly kept?: 'html' | 'url';
}

const text = 'at.textContent';
const attribute = (name: string): string => `at.getAttribute('${name}')`;

function inHtml(name: string, read: string, markup: (value: string) => SafeHtml): Context {
  return { name, markup, read, kept: 'html' };
}

function url(name: string, read: string, markup: (value: string) => SafeHtml): Context {
  return { name, markup, read, kept: 'url' };
}

function whole(name: string, read: string, markup: (value: string) => SafeHtml): Context {
  return { name, markup, read };
}

function decide(name: string, markup: (value: string) => SafeHtml): Context {
  return { name, markup };
}

/** What people write. Every value is read back exactly; NUL and lone surrogates as U+FFFD, outside of JSON. */
export const exact: readonly Context[] = [
  inHtml('element text', text, (v) => html`<p id="at">${v}</p>`),
  inHtml('text beside text', `${text}.slice(2, -2)`, (v) => html`<p id="at">a ${v} b</p>`),
  inHtml('a heading', text, (v) => html`<h1 id="at">${v}</h1>`),
  inHtml('a list of values', text, (v) => html`<ul id="at">${[v].map((one) => html`<li>${one}</li>`)}</ul>`),
  inHtml('a cell of a table', text, (v) => html`<table><tr><td id="at">${v}</td></tr></table>`),
  inHtml('a link', text, (v) => html`<a id="at" href="/">${v}</a>`),
  inHtml('a button', text, (v) => html`<button id="at" type="button">${v}</button>`),
  inHtml('a label', text, (v) => html`<label id="at">${v}<input></label>`),
  inHtml('an option', text, (v) => html`<select><option id="at" value="1">${v}</option></select>`),
  inHtml('<title>', text, (v) => html`<title id="at">${v}</title>`),
  inHtml('<textarea>', text, (v) => html`<textarea id="at">${v}</textarea>`),
  inHtml('<pre>', text, (v) => html`<pre id="at">${v}</pre>`),
  inHtml('<code> in <pre>', text, (v) => html`<pre><code id="at">${v}</code></pre>`),
  inHtml('<template>', 'at.content.textContent', (v) => html`<template id="at"><p>${v}</p></template>`),
  inHtml('<details>', text, (v) => html`<details><summary id="at">${v}</summary></details>`),
  inHtml('text of svg', text, (v) => html`<svg><text id="at">${v}</text></svg>`),
  inHtml('<title> of svg', text, (v) => html`<svg><title id="at">${v}</title></svg>`),
  inHtml('text of math', text, (v) => html`<math><mi id="at">${v}</mi></math>`),
  inHtml('a custom element', text, (v) => html`<x-card id="at">${v}</x-card>`),
  inHtml('title in double quotes', attribute('title'), (v) => html`<p id="at" title="${v}">x</p>`),
  inHtml('title in single quotes', attribute('title'), (v) => html`<p id="at" title='${v}'>x</p>`),
  inHtml(
    'a part of an attribute',
    `${attribute('title')}.slice(1, -1)`,
    (v) => html`<p id="at" title="(${v})"></p>`,
  ),
  inHtml('alt of an image', attribute('alt'), (v) => html`<img id="at" src="/a.png" alt="${v}">`),
  inHtml('value of an input', attribute('value'), (v) => html`<input id="at" value="${v}">`),
  inHtml('placeholder', attribute('placeholder'), (v) => html`<input id="at" placeholder="${v}">`),
  inHtml(
    'value of an option',
    attribute('value'),
    (v) => html`<select><option id="at" value="${v}"></select>`,
  ),
  inHtml('data-*', 'at.dataset.value', (v) => html`<p id="at" data-value="${v}"></p>`),
  inHtml('aria-label', attribute('aria-label'), (v) => html`<p id="at" aria-label="${v}"></p>`),
  inHtml('class', attribute('class'), (v) => html`<p id="at" class="${v}"></p>`),
  inHtml('a part of class', `${attribute('class')}.slice(2)`, (v) => html`<p id="at" class="a ${v}"></p>`),
  inHtml('a list of classes', attribute('class'), (v) => html`<p id="at" class="${[v, false]}"></p>`),
  inHtml(
    'id behind a static start',
    text.replace('textContent', 'parentNode.querySelector("i").id.slice(2)'),
    (v) => html`<b id="at"></b><i id="i-${v}"></i>`,
  ),
  inHtml('name of a field', attribute('name'), (v) => html`<input id="at" name="${v}">`),
  inHtml(
    'content of <meta>',
    attribute('content'),
    (v) => html`<meta id="at" name="description" content="${v}">`,
  ),
  inHtml('og:title', attribute('content'), (v) => html`<meta id="at" property="og:title" content="${v}">`),
  inHtml('lang', attribute('lang'), (v) => html`<p id="at" lang="${v}"></p>`),
  inHtml('rel of a link', attribute('rel'), (v) => html`<a id="at" rel="${v}"></a>`),
  inHtml('attributes of svg', attribute('viewBox'), (v) => html`<svg id="at" viewBox="${v}"></svg>`),
  inHtml('attributes by attrs()', attribute('title'), (v) => html`<p id="at" ${attrs({ title: v })}></p>`),
  whole(
    'JSON in a script',
    `JSON.parse(${text})`,
    (v) => html`<script id="at" type="application/json">${v}</script>`,
  ),
  whole(
    'JSON of a record',
    `JSON.parse(${text}).a[0]`,
    (v) => html`<script id="at" type="application/json">${{ a: [v] }}</script>`,
  ),
  whole('a value in a script', 'globalThis.x0', (v) => html`<script>globalThis.x0 = ${v};</script>`),
  whole(
    'an argument in a script',
    'globalThis.x1',
    (v) => html`<script>(x => globalThis.x1 = x)(${v})</script>`,
  ),
  whole(
    'a record in a script',
    'globalThis.x2.a.b',
    (v) => html`<script>globalThis.x2 = {a: ${{ b: v }}}</script>`,
  ),
  whole('a module', 'globalThis.x3', (v) => html`<script type="module">globalThis.x3 = [${v}][0]</script>`),
  url(
    'a query',
    "new URL(at.href).searchParams.get('q')",
    (v) => html`<a id="at" href="/s?q=${v}&amp;r=${v}#${v}">x</a>`,
  ),
  url(
    'a query of parameters',
    "new URL(at.href).searchParams.get('q')",
    (v) => html`<a id="at" href="/s?${new URLSearchParams({ q: wellFormed(v) })}">x</a>`,
  ),
  inHtml(
    'a document in srcdoc',
    "at.contentDocument.querySelector('p').textContent",
    (v) => html`<iframe id="at" srcdoc="${html`<p>${v}</p>`}"></iframe>`,
  ),
];

/** What is decided on, so that a value may be read back as something else: nothing runs, and nothing is added. */
export const decided: readonly Context[] = [
  decide('href', (v) => html`<a id="at" href="${v}">x</a>`),
  decide('href of two values', (v) => html`<a id="at" href="${v}${v}">x</a>`),
  decide('a segment of a path', (v) => html`<a id="at" href="/a/${v}/b">x</a>`),
  decide('a part of a host', (v) => html`<a id="at" href="https://${v}.localhost/">x</a>`),
  decide('mailto', (v) => html`<a id="at" href="mailto:${v}">x</a>`),
  decide('href of svg', (v) => html`<svg><a id="at" href="${v}"><text>x</text></a></svg>`),
  decide('area', (v) => html`<map name="m"><area id="at" href="${v}"></map>`),
  decide('src of an image', (v) => html`<img id="at" src="${v}" alt="">`),
  decide('src of a video', (v) => html`<video id="at" src="${v}" poster="${v}"></video>`),
  decide('srcset', (v) => html`<img id="at" srcset="${v}" alt="">`),
  decide('srcset of a list', (v) => html`<img id="at" srcset="${[{ url: v, density: 2 }]}" alt="">`),
  decide('srcset with static text', (v) => html`<img id="at" srcset="/a.png 1x, ${v} 2x">`),
  decide('action of a form', (v) => html`<form id="at" action="${v}"><button>x</button></form>`),
  decide('formaction', (v) => html`<form><button id="at" formaction="${v}">x</button></form>`),
  decide('cite', (v) => html`<blockquote id="at" cite="${v}">x</blockquote>`),
  decide('href of an icon', (v) => html`<link id="at" rel="icon" href="${v}">`),
  decide('a record of styles', (v) => html`<p id="at" style="${{ color: v, width: '1px' }}">x</p>`),
  decide('a custom property', (v) => html`<p id="at" style="${{ '--x': v }}">x</p>`),
  decide(
    'URLs by attrs()',
    (v) => html`<a id="at" ${attrs({ href: v, class: [v], style: { color: v } })}>x</a>`,
  ),
];
