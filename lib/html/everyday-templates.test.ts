import { afterAll, describe, expect, it } from 'vitest';
import { configureEvents, type SecurityEvent } from '../event/index.ts';
import { attrs, html, type LateHtml, render, resourceUrl, type SafeHtml, safeUrl } from './index.ts';

const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });

afterAll(async () => {
  await recorder.close();
  configureEvents({ sinks: [] });
});

const v = 'abc';
const n: number = 5;
const url = 'https://example.com/a?b=c&d=e';
const u = new URL(url);
const png = 'data:image/png;base64,iVBORw0KGgo=';

/** What people write on an ordinary day. */
const templates: readonly (readonly [name: string, make: () => SafeHtml | LateHtml])[] = [
  [
    'login form',
    () =>
      html`<form method="post" action="/login"><label for="u">User</label><input id="u" name="user" value="${v}" required="${true}" autocomplete="username"><input type="password" name="p" minlength="${8}"><button type="submit" disabled="${false}">Log in</button></form>`,
  ],
  [
    'select',
    () =>
      html`<select name="c" multiple="${false}">${['a', 'b'].map((o) => html`<option value="${o}" selected="${o === 'a'}">${o}</option>`)}</select>`,
  ],
  [
    'optgroups',
    () =>
      html`<select>${['g'].map((g) => html`<optgroup label="${g}">${[1, 2].map((o) => html`<option>${o}</option>`)}</optgroup>`)}</select>`,
  ],
  [
    'datalist',
    () =>
      html`<input list="l-${v}"><datalist id="l-${v}">${['x'].map((x) => html`<option value="${x}">`)}</datalist>`,
  ],
  [
    'radio group',
    () =>
      html`<fieldset><legend>${v}</legend>${['a'].map((x) => html`<label><input type="radio" name="r" value="${x}" checked="${x === 'a'}"> ${x}</label>`)}</fieldset>`,
  ],
  [
    'dynamic input type',
    () =>
      html`<input type="${'email'}" name="${v}" placeholder="${v}" pattern="${'[a-z]+'}" maxlength="${n}" min="${1}" max="${9}" step="${0.5}" inputmode="${'numeric'}">`,
  ],
  ['textarea', () => html`<textarea name="t" rows="${n}" cols="${n}">${v}</textarea>`],
  [
    'file input',
    () => html`<input type="file" accept="${'image/*'}" multiple="${true}" capture="${'user'}">`,
  ],
  [
    'form attrs',
    () =>
      html`<form id="f-${v}" enctype="${'multipart/form-data'}" method="${'post'}" target="${'_blank'}" novalidate="${true}"></form>`,
  ],
  [
    'button form',
    () =>
      html`<button form="f-${v}" formmethod="${'post'}" formaction="/x/${v}" name="a" value="${v}">x</button>`,
  ],
  [
    'table sort',
    () =>
      html`<table class="${['t', { striped: true }]}"><caption>${v}</caption><colgroup><col><col></colgroup><thead><tr>${['a', 'b'].map((h) => html`<th scope="col" aria-sort="${'ascending'}"><a href="?sort=${h}">${h}</a></th>`)}</tr></thead><tbody>${[1, 2].map((r) => html`<tr id="row-${r}"><td>${r}</td><td colspan="${2}">${r}</td></tr>`)}</tbody><tfoot><tr><td>${n}</td></tr></tfoot></table>`,
  ],
  [
    'empty table row',
    () =>
      html`<table>${[].length ? html`<tr><td>x</td></tr>` : html`<tr><td colspan="2">None</td></tr>`}</table>`,
  ],
  ['table whole row cond', () => html`<table><tr><td>${v}</td></tr>${false && html`<tr></tr>`}</table>`],
  [
    'svg icon',
    () =>
      html`<svg width="${24}" height="${24}" viewBox="0 0 ${n} ${n}" class="${v}" aria-hidden="true" fill="${'none'}" stroke="${'currentColor'}" stroke-width="${2}"><path d="${'M0 0h24v24z'}"/></svg>`,
  ],
  ['svg use', () => html`<svg><use href="#icon-${v}"></use></svg>`],
  ['svg use file', () => html`<svg><use href="/sprite.svg#${v}"></use></svg>`],
  ['svg use xlink', () => html`<svg><use xlink:href="#${v}"/></svg>`],
  [
    'svg chart',
    () =>
      html`<svg viewBox="0 0 100 100"><g transform="translate(${n}, ${n})">${[1, 2].map((p) => html`<rect x="${p}" y="0" width="${n}" height="${n}" fill="${'red'}"><title>${p}</title></rect>`)}</g><polyline points="${'0,0 1,1'}"/><text x="${1}" y="${2}" text-anchor="middle">${v}</text></svg>`,
  ],
  [
    'svg gradient',
    () =>
      html`<svg><defs><linearGradient id="g-${v}"><stop offset="${0.5}" stop-color="${'red'}"/></linearGradient></defs><rect fill="url(#g-${v})"/></svg>`,
  ],
  [
    'svg xmlns',
    () =>
      html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><circle cx="${1}" cy="1" r="1"/></svg>`,
  ],
  [
    'svg pie transform',
    () => html`<svg><circle r="5" stroke-dasharray="${n} 100" style="${{ strokeDashoffset: '5' }}"/></svg>`,
  ],
  [
    'img',
    () =>
      html`<img src="/img/${v}.png" alt="${v}" width="${100}" height="${'100px'}" loading="${'lazy'}" decoding="async">`,
  ],
  [
    'srcset list',
    () =>
      html`<img src="${url}" srcset="${[{ url: '/a.png', width: 640 }, { url: '/b.png', density: 2 }]}" sizes="${'(max-width: 600px) 480px, 800px'}" alt="">`,
  ],
  [
    'srcset static',
    () =>
      html`<img srcset="/i/${v}-640.jpg 640w, /i/${v}-1280.jpg 1280w" sizes="100vw" src="/i/${v}.jpg" alt="">`,
  ],
  [
    'srcset joined',
    () => html`<img srcset="${[1, 2].map((d) => `/i/${v}@${d}.png ${d}x`).join(', ')}" alt="">`,
  ],
  [
    'picture',
    () =>
      html`<picture><source srcset="/i/${v}.webp" type="image/webp" media="${'(min-width: 800px)'}"><img src="/i/${v}.jpg" alt=""></picture>`,
  ],
  ['data image', () => html`<img src="${png}" alt="">`],
  ['data image jpg', () => html`<img src="${'data:image/jpg;base64,AAAA'}" alt="">`],
  ['data image charset', () => html`<img src="${'data:image/png;charset=utf-8;base64,AAAA'}" alt="">`],
  ['data image %3D', () => html`<img src="${'data:image/png;base64,AAA%3D'}" alt="">`],
  ['data static jpg', () => html`<img src="data:image/jpg;base64,${'AAAA'}" alt="">`],
  [
    'video',
    () =>
      html`<video controls="${true}" muted autoplay loop playsinline poster="${url}" width="${640}"><source src="${url}" type="${'video/mp4'}"><track kind="captions" src="/c/${v}.vtt" srclang="${'en'}" label="${v}" default="${true}"></video>`,
  ],
  ['audio', () => html`<audio src="${url}" controls preload="${'none'}"></audio>`],
  ['mailto', () => html`<a href="mailto:${'a@b.com'}?subject=${'x y'}&body=${v}">m</a>`],
  ['mailto whole', () => html`<a href="${'mailto:a@b.com'}">m</a>`],
  ['tel', () => html`<a href="tel:${'+49 30 1'}">t</a>`],
  ['sms safeUrl', () => html`<a href="${safeUrl`sms:${'+49301'}?body=${v}`}">t</a>`],
  ['whatsapp', () => html`<a href="https://wa.me/${'49301'}?text=${v}">t</a>`],
  ['anchor', () => html`<a href="#${v}">t</a><h2 id="${v}">x</h2>`],
  ['query only', () => html`<a href="?page=${n}&amp;q=${v}">t</a>`],
  ['raw amp', () => html`<a href="/s?page=${n}&q=${v}">t</a>`],
  ['URLSearchParams', () => html`<a href="/s?${new URLSearchParams({ a: 'b' })}">t</a>`],
  ['URL', () => html`<a href="${u}">${u}</a>`],
  ['URL attr', () => html`<meta property="og:url" content="${u}"><p title="${u}" data-url="${u}"></p>`],
  [
    'path prefix',
    () =>
      html`<a href="${'/base'}/users/${n}">t</a><img src="${'https://cdn.example.com'}/i/${v}.png" alt="">`,
  ],
  [
    'canonical',
    () =>
      html`<link rel="canonical" href="${url}"><link rel="alternate" hreflang="${'de'}" href="${url}"><link rel="icon" href="${png}">`,
  ],
  ['stylesheet resourceUrl', () => html`<link rel="stylesheet" href="${resourceUrl`/a.css?v=${v}`}">`],
  ['script resource', () => html`<script src="${resourceUrl`/js/${v}.js`}" defer></script>`],
  [
    'script module',
    () => html`<script type="module" src="/a.js"></script><script nomodule src="/b.js"></script>`,
  ],
  [
    'JSON-LD',
    () =>
      html`<script type="application/ld+json">${{ '@context': 'https://schema.org', '@type': 'Product', name: v }}</script>`,
  ],
  ['importmap static', () => html`<script type="importmap">{"imports":{"a":"/a.js"}}</script>`],
  ['window state', () => html`<script>window.__STATE__ = ${{ a: [1, 2] }};</script>`],
  [
    'og',
    () =>
      html`<meta property="og:title" content="${v}"><meta property="og:image" content="${url}"><meta name="twitter:card" content="${'summary'}"><meta name="viewport" content="width=device-width"><meta name="theme-color" content="${'#fff'}"><meta name="csrf-token" content="${v}"><meta name="robots" content="${'noindex'}">`,
  ],
  [
    'layout',
    () =>
      html`<!doctype html><html lang="${'en'}" dir="${'ltr'}" class="${v}" data-theme="${'dark'}"><head><meta charset="utf-8"><title>${v} | Shop</title>${html`<meta name="description" content="${v}">`}</head><body class="${v}"><nav>${html`<a href="/">x</a>`}</nav><main>${html`<p>x</p>`}</main></body></html>`,
  ],
  ['style record', () => html`<div style="${{ width: `${n}%`, '--x': 5, backgroundColor: '#fff' }}"></div>`],
  [
    'progress',
    () => html`<progress value="${n}" max="${100}"></progress><meter value="${0.5}" low="${0.1}"></meter>`,
  ],
  [
    'details',
    () =>
      html`<details open="${true}"><summary>${v}</summary>${html`<p>x</p>`}</details><dialog open="${false}" id="d-${v}"></dialog>`,
  ],
  [
    'time',
    () => html`<time datetime="${new Date(0).toISOString()}">${new Date(0).toLocaleDateString()}</time>`,
  ],
  [
    'aria',
    () =>
      html`<button aria-expanded="${false}" aria-controls="m-${v}" aria-label="${v}" role="${'tab'}" tabindex="${-1}">x</button>`,
  ],
  ['htmx', () => html`<button hx-get="/x/${n}" hx-target="#t-${n}" hx-swap="outerHTML">x</button>`],
  [
    'stimulus',
    () =>
      html`<div data-controller="hello" data-hello-name-value="${v}" data-action="click->hello#greet"></div>`,
  ],
  ['turbo', () => html`<turbo-frame id="f-${n}" src="/x/${n}"></turbo-frame>`],
  [
    'iframe resource',
    () =>
      html`<iframe src="${resourceUrl`https://www.youtube.com/embed/${v}`}" title="${v}" sandbox="allow-scripts"></iframe>`,
  ],
  [
    'pagination',
    () =>
      html`<nav>${Array.from({ length: 3 }, (_, i) => (i === 1 ? html`<strong>${i}</strong>` : html`<a href="?page=${i}" rel="${'next'}">${i}</a>`))}</nav>`,
  ],
  ['breadcrumbs', () => html`<ol>${['a', 'b'].map((x, i) => html`${i > 0 && ' / '}<li>${x}</li>`)}</ol>`],
  ['set', () => html`<ul>${new Set(['a', 'b'])}</ul>`],
  ['map values', () => html`<ul>${new Map([['a', 1]]).values()}</ul>`],
  [
    'generator',
    () =>
      html`<ul>${(function* () {
        yield html`<li>x</li>`;
      })()}</ul>`,
  ],
  ['bigint', () => html`<p>${10n}</p><script type="application/json">${{ id: 10n }}</script>`],
  ['trailing semicolon', () => html`<p>${v}</p>;`],
  ['if else', () => html`${n > 1 ? html`<p>many</p>` : null}${n === 1 && html`<p>one</p>`}`],
  ['join', () => html`<p>${['a', 'b'].join(', ')}</p>`],
  ['comment static', () => html`<!-- x --><p>${v}</p>`],
  ['conditional attr', () => html`<a class="${n > 1 && 'active'}" title="${null}">x</a>`],
  ['ternary class', () => html`<li class="item ${n > 1 ? 'active' : ''} ${undefined}">x</li>`],
  ['spread', () => html`<input ${attrs({ value: v, disabled: true, 'data-x': 1 })}>`],
  ['noscript static', () => html`<noscript><img src="/p.gif" alt=""></noscript>`],
  ['entity', () => html`<p>${v}&nbsp;&copy; &mdash; ${n} R&D AT&T</p>`],
  ['pre code', () => html`<pre><code class="language-${v}">${'a < b'}</code></pre>`],
  [
    'email body',
    () =>
      html`<table role="presentation" width="100%" cellpadding="0" style="border-collapse:collapse"><tr><td align="${'center'}" bgcolor="${'#fff'}" style="${{ padding: '10px 20px' }}">${v}</td></tr></table>`,
  ],
  ['rss', () => html`<item><title>${v}</title><guid>${v}</guid></item>`],
  ['template el', () => html`<template id="t"><li class="x">${v}</li></template>`],
  ['slot', () => html`<my-card heading="${v}"><span slot="${'title'}">${v}</span></my-card>`],
  [
    'canvas',
    () => html`<canvas width="${n}" height="${n}" data-points="${JSON.stringify([1, 2])}"></canvas>`,
  ],
  ['object pdf', () => html`<object data="${resourceUrl`/f/${v}.pdf`}" type="application/pdf"></object>`],
  [
    'map',
    () => html`<map name="m"><area shape="rect" coords="${'0,0,1,1'}" href="/x/${v}" alt="${v}"></map>`,
  ],
  ['dl', () => html`<dl>${Object.entries({ a: 1 }).map(([k, x]) => html`<dt>${k}</dt><dd>${x}</dd>`)}</dl>`],
  ['a card', () => html`<a href="/x"><div>${html`<h2>x</h2><p>y</p>`}</div></a>`],
  [
    'download',
    () =>
      html`<a href="/f/${v}" download="${'x.pdf'}" hreflang="en" type="${'application/pdf'}" referrerpolicy="${'no-referrer'}">x</a>`,
  ],
  ['base', () => html`<base href="${resourceUrl`/x/`}">`],
  [
    'preload',
    () =>
      html`<link rel="preload" as="image" href="/x.png" imagesrcset="${[{ url: '/a.png', width: 2 }]}" imagesizes="${'50vw'}">`,
  ],
];

describe('an everyday template', () => {
  it.each(templates)('is taken, with nothing set aside: %s', async (_name, make) => {
    events.length = 0;
    const markup = render(make() as SafeHtml);
    await recorder.flush();
    expect(markup).not.toContain('about:invalid');
    expect(events).toEqual([]);
  });
});
