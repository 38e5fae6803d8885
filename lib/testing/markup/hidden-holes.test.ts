/** What an attack on the oracle tried: inputs that hide a hole, and safe pages that look like one. */
import { describe, expect, it } from 'vitest';
import { expectInert } from './expect-inert.ts';

const esc = (v: unknown): string => String(v).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
type R = (v: string) => string;
const no = '<html><body><h1>400</h1><script>track()</script></body></html>';
const cookie = (v: string): string | undefined => /sid=([^;]+)/.exec(v)?.[1];
const holes: [string, R, string[]?][] = [
  ['a cookie', (v) => (cookie(v) ? `<p>${cookie(v)}</p>` : no), ['a=b; sid=abcdef']],
  ['max 10', (v) => (v.length > 10 ? no : `<p>${v}</p>`)],
  ['max 20 date', (v) => (/^\d{4}-\d\d-\d\d/.test(v) && v.length < 21 ? `<p title="${v}">` : no)],
  ['currency', (v) => (/^[A-Z]{3}/.test(v) ? `<b>${v}</b>` : no)],
  ['branch raw numbers', (v) => (/^\d/.test(v) ? `<p>${v}</p>` : `<p>${esc(v)}</p>`)],
  [
    'branch raw for mail',
    (v) => (v.includes('@') ? `<a href="mailto:${v}">${esc(v)}</a>` : `<p>${esc(v)}</p>`),
  ],
  ['branch raw for uuid', (v) => (/^[\da-f]{8}-/.test(v) ? `<p>${v}</p>` : `<p>${esc(v)}</p>`)],
  ['strips script tags', (v) => `<p>${v.replace(/<script.*?>/gi, '')}</p>`],
  ['escapes < only in title', (v) => `<p title="${v.replaceAll('<', '&lt;')}">`],
  [
    'escapes all but single quote',
    (v) => `<p title='${v.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)}'>`,
  ],
  ['href escaped', (v) => `<a href="${esc(v)}">x</a>`],
  ['href https or relative by includes', (v) => (/^javascript/i.test(v) ? no : `<a href="${esc(v)}">x</a>`)],
  ['json in script attr', (v) => `<div data-x='${JSON.stringify({ v })}'></div>`],
  ['json-ld', (v) => `<script type="application/ld+json">${JSON.stringify({ v })}</script>`],
  ['onclick escaped', (v) => `<button onclick="del('${esc(v)}')">x</button>`],
  ['number in id and script', (v) => (Number.isNaN(parseFloat(v)) ? no : `<script>var n = ${v};</script>`)],
  ['textarea', (v) => `<textarea>${v.replace(/<script/gi, '')}</textarea>`],
  ['comment', (v) => `<!-- ${v} -->`],
  [
    'XML body',
    (v) => {
      const n = /<name>(.*?)<\/name>/s.exec(v)?.[1];
      return n ? `<p>${n}</p>` : no;
    },
    ['<user><name>ann</name></user>'],
  ],
  [
    'youtube by includes',
    (v) => (v.includes('youtube.com/') ? `<iframe src="${esc(v)}"></iframe>` : no),
    ['https://youtube.com/embed/x'],
  ],
  [
    'double encoded',
    (v) => {
      try {
        return `<p>${decodeURIComponent(esc(v))}</p>`;
      } catch {
        return no;
      }
    },
  ],
  ['template then unescape', (v) => `<p>${esc(v).replaceAll('&#38;lt;', '<').replaceAll('&#60;', '<')}</p>`],
  ['nonce page static', (v) => `<script nonce="${Math.random()}">go()</script><p class=${esc(v)}>x</p>`],
  [
    'markdown img alt',
    (v) =>
      esc(v).replace(
        /!\[(.*?)\]\((.*?)\)/g,
        (_m, a, u) => `<img alt="${a}" src="${u}" onerror="hide('${u}')">`,
      ),
  ],
];
let n = 0;
const twins: [string, R, string[]?][] = [
  ['escaped, random', (v) => `<p id="x${++n}">${esc(v)}</p><script nonce="n${n}">go(${n})</script>`],
  ['waf page', (v) => (/[<'"]/.test(v) ? no : `<p>${esc(v)}</p>`)],
  [
    'redirect for javascript',
    (v) => (/script:/i.test(v) ? '<meta charset=utf-8><p>blocked</p>' : `<p>${esc(v)}</p>`),
  ],
  [
    'length message',
    (v) => (v.length > 60 ? `<p class="error">too long: ${v.length}</p>` : `<p>${esc(v)}</p>`),
  ],
  [
    'list or none',
    (v) =>
      v.includes('a') ? `<p>${esc(v)}</p><ul><li>x</li></ul>` : `<p>${esc(v)}</p><p class="none">none</p>`,
  ],
  ['slug', (v) => `<h2 id="${v.toLowerCase().replace(/[^a-z0-9]+/g, '-')}">${esc(v)}</h2>`],
  ['truncate', (v) => `<p>${esc(v.slice(0, 20))}${v.length > 20 ? '<a href="/more">more</a>' : ''}</p>`],
  ['highlight', (v) => `<p>${esc(v).replace(/bulwark/g, '<mark>bulwark</mark>')}</p>`],
  [
    'words',
    (v) =>
      v
        .split(/\s+/)
        .map((w) => `<span>${esc(w)}</span>`)
        .join(''),
  ],
  ['json', (v) => JSON.stringify({ v }).replaceAll('<', '\\u003c')],
  ['avatar initials', (v) => `<i>${esc(v.slice(0, 2).toUpperCase())}</i><b>${esc(v)}</b>`],
  ['upper', (v) => `<p>${esc(v.toUpperCase())}</p>`],
  [
    'number format',
    (v) => {
      const x = Number(v);
      return Number.isFinite(x) ? `<p>${x.toLocaleString('de-DE')} EUR</p>` : no;
    },
  ],
  ['stars', (v) => `<p>${esc(v)}</p>${'<i></i>'.repeat(Math.min(5, v.length))}`],
  [
    'paged',
    (v) => {
      const p = Number.parseInt(v, 10);
      return `<p>Page ${p || 1} of ${esc(v)}</p>${p > 1 ? '<a rel="prev">back</a>' : ''}`;
    },
  ],
  ['hash hidden', (v) => `<p data-h="${Buffer.from(v).toString('base64')}">${esc(v)}</p>`],
  ['emoji shortcodes', (v) => `<p>${esc(v).replace(/:\)/g, '<img alt="smile" src="/s.png">')}</p>`],
];

describe('expectInert under attack', () => {
  it.each(holes)('is red for %s', async (_name, render, harmless) => {
    await expect(expectInert(render, harmless ? { harmless } : {})).rejects.toThrow(/^XSS/);
  });

  it.each(twins)('is green for %s', async (_name, render, harmless) => {
    await expectInert(render, harmless ? { harmless } : {});
  });
});
