import { afterAll, describe, expect, it } from 'vitest';
import { configureEvents, type SecurityEvent } from '../../event/index.ts';
import { legitimateRichTexts, xss } from '../../testing/corpus/xss.ts';
import { html } from '../html.ts';
import { render } from '../render.ts';
import { preset } from './preset.ts';
import type { PresetOptions } from './preset-type.ts';
import { sanitize } from './sanitize.ts';

const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });

afterAll(async () => {
  await recorder.close();
  configureEvents({ sinks: [] });
});

const rel = 'rel="nofollow noopener noreferrer ugc"';
const invalidOption = expect.objectContaining({ code: 'bulwark/invalid-option' });
const article = (markup: string): string => render(sanitize(markup, 'article'));
const comment = (markup: string): string => render(sanitize(markup, 'comment'));
const text = (markup: string): string => render(sanitize(markup, 'text'));

describe('an article', () => {
  it.each(legitimateRichTexts)('keeps $name', ({ markup, kept }) => {
    expect(article(markup)).toBe(kept ?? markup);
  });

  it('loses scripts with their text, and other elements without it', () => {
    expect(article('a<script>x()</script>b<style>p{}</style>c<x-y>d</x-y><form>e</form>')).toBe('abcd\ne');
    expect(article('<svg><p>a</p></svg>b<math><mi>c</mi></math><iframe>d</iframe>')).toBe('<p>a</p>b');
  });

  it('loses handlers, styles, names and everything that is not listed', () => {
    const attributes =
      'onclick=x() style=color:red id=a name=b class=c data-x=d srcset=e srcdoc=f is=g ping=h';
    expect(article(`<p ${attributes} title="t">x</p>`)).toBe('<p title="t">x</p>');
  });

  it('loses links and images that lead nowhere, and keeps the text', () => {
    expect(article('<a href="javascript:x()">a</a><a>b</a><img src="javascript:x()"><img alt="c">')).toBe(
      'ab',
    );
    expect(article('<a href=" HTTPS://example.com/ ">a</a>')).toBe(
      `<a href="HTTPS://example.com/" ${rel}>a</a>`,
    );
    expect(article('<img src="data:image/svg+xml,<svg>"><img src="data:image/png;base64,AA==">')).toBe(
      '<img src="data:image/png;base64,AA==">',
    );
  });

  it('loses numbers that are none, and keeps those that are', () => {
    expect(article('<ol start="x" type="1"><li value="3">a</ol><img src="/a" width="1e9" height="10">')).toBe(
      '<ol type="1"><li value="3">a</li></ol><img src="/a" height="10">',
    );
  });

  it('writes out what a parser would lose', () => {
    expect(article('<pre>\n\na</pre>&#13;&amp;lt;<p title="&quot;&lt;">')).toBe(
      '<pre>\n\na</pre>&#13;&amp;lt;<p title="&quot;&lt;"></p>',
    );
  });

  it('loses what is nested deeper than 100 elements, and keeps the rest', () => {
    const nested = (depth: number): string => `${'<div>'.repeat(depth)}x${'</div>'.repeat(depth)}`;
    expect(article(nested(100))).toBe(nested(100));
    expect(article(`${nested(101)}y`)).toBe(`${nested(100).replace('x', '')}y`);
  });
});

describe('a comment', () => {
  it('has no headings, images or tables, and keeps their text on lines', () => {
    expect(comment('<h1>a</h1>b<img src=x><table><tr><td>c<td>d</table>')).toBe('a\nb\nc\nd');
    expect(comment('<p>a <b>b</b></p>')).toBe('<p>a <b>b</b></p>');
  });
});

describe('text', () => {
  it('has no elements, and blocks on lines', () => {
    expect(text('<p>a <b>b</b></p><p>c<br>d</p>\n<ul><li>e<li>f</ul>')).toBe('a b\nc\nd\ne\nf');
    expect(text('a &lt; b & c')).toBe('a &lt; b &amp; c');
  });

  it('holds no bracket, whatever comes in', () => {
    for (const { payload } of xss) expect(text(payload)).not.toMatch(/[<>]/);
  });
});

describe('sanitised markup', () => {
  it('is spliced into element text', () => {
    expect(render(html`<div>${sanitize('<b>x', 'comment')}</div>`)).toBe('<div><b>x</b></div>');
  });

  it('reports a link with a scheme that is not allowed', async () => {
    await recorder.flush();
    events.length = 0;
    comment('<a href="javascript:x()">a</a><a href="https://example.com/">b</a>');
    await recorder.flush();
    expect(events).toMatchObject([
      { code: 'html/unsafe-url', evidence: { place: 'href of <a>', value: 'javascript:x()' } },
    ]);
  });

  it.each([
    ['an object', { markup: '<b>' }, 'html/not-text'],
    ['an array', ['<b>'], 'html/not-text'],
    ['null', null, 'html/invalid-value'],
    ['undefined', undefined, 'html/invalid-value'],
  ])('is not made from %s', (_name, value, code) => {
    expect(() => sanitize(value as never, 'text')).toThrow(expect.objectContaining({ code }));
  });
});

describe('markup that would take long', () => {
  const counted = (write: (i: number) => string, length: number): string => {
    let markup = '';
    for (let i = 0; markup.length < length; i++) markup += write(i);
    return markup;
  };
  const code = 'html/markup-too-complex';

  it.each([
    ['too many characters', 'x'.repeat(2_000_001), 'length'],
    ['unclosed elements', '<div>'.repeat(100_000), 'depth'],
    [
      'unclosed formatting, opened again in each paragraph',
      `<p>${counted((i) => `<b a=${i}>`, 8_000)}${'<p>x'.repeat(9_000)}`,
      'nodes',
    ],
    ['attributes', `<p ${counted((i) => `a${i} `, 900_000)}>`, 'attributes'],
    ['small elements', '<i></i>'.repeat(140_000), 'nodes'],
    ['nested tables', '<table><tr><td>'.repeat(60_000), 'depth'],
    ['overlapping formatting', counted((i) => `<a href=${i}><div>`, 900_000), 'depth'],
  ])('is refused: %s', (_name, markup, limit) => {
    expect(() => article(markup)).toThrow(
      expect.objectContaining({ code, status: 413, detail: expect.objectContaining({ limit }) }),
    );
  });

  it.each([
    ['many characters', 'x'.repeat(2_000_000)],
    ['references', '&amp;'.repeat(200_000)],
    ['open brackets', '<'.repeat(450_000)],
    ['open comments', '<!--'.repeat(200_000)],
    ['one attribute many times', `<p ${'a '.repeat(400_000)}>`],
    ['end tags', `${'<div>'.repeat(900)}${'</b>'.repeat(200_000)}`],
    ['white space in a table', `<table>${' '.repeat(900_000)}</table>`],
    ['line feeds', '\r\n'.repeat(450_000)],
    ['unclosed paragraphs', '<p>x'.repeat(40_000)],
    ['spaces in a link', `<a href="${' '.repeat(900_000)}x">y</a>`],
  ])('is read: %s', (_name, markup) => {
    expect(typeof article(markup)).toBe('string');
  });
});

describe('attributes that are long', () => {
  const links = (count: number): string =>
    `<p><a href=x title="${'&'.repeat(1_000)}">${'<p>x'.repeat(count)}`;

  it('are refused where the parser repeats them beyond what a comment may be', () => {
    expect(() => comment(links(1_200))).toThrow(
      expect.objectContaining({
        code: 'html/markup-too-complex',
        detail: expect.objectContaining({ limit: 'output' }),
      }),
    );
    expect(comment(links(30)).length).toBeGreaterThan(30 * 5_000);
  });

  it('are left out one by one', () => {
    const link = (href: string, title: string): string => `<a href="${href}" title="${title}" ${rel}>y</a>`;
    const [url, title] = [`/${'x'.repeat(4095)}`, 't'.repeat(1024)];
    expect(comment(link(url, title))).toBe(link(url, title));
    expect(comment(link(url, `${title}t`))).toBe(`<a href="${url}" ${rel}>y</a>`);
    expect(comment(link(`${url}x`, title))).toBe('y');
    expect(comment(`<p><a href=x title="${'&'.repeat(5_000)}">${'<p>x'.repeat(1_200)}`).length).toBeLessThan(
      80_000,
    );
    const picture = `<img src="data:image/png;base64,${'A'.repeat(100_000)}">`;
    expect(article(picture)).toBe(picture);
  });

  it('are no reason for an event', async () => {
    await recorder.flush();
    events.length = 0;
    comment(`<a href="/${'x'.repeat(5_000)}">a</a>`);
    await recorder.flush();
    expect(events).toEqual([]);
  });
});

describe('prose', () => {
  const write = (length: number): string => 'A sentence, and words in it. '.repeat(length / 29);

  it.each([
    ['text', 2_000_000],
    ['comment', 200_000],
    ['article', 2_000_000],
  ] as const)('is read by %s up to its limit', (policy, limit) => {
    expect(render(sanitize(write(limit), policy))).toBe(write(limit));
    expect(() => sanitize(`${write(limit)}${'x'.repeat(29)}`, policy)).toThrow(
      expect.objectContaining({ detail: expect.objectContaining({ limit: 'length', most: limit }) }),
    );
  });

  it('in paragraphs, and around a table, counts its pieces and not its words', () => {
    const paragraphs = `<p>${write(1_000)}</p>`.repeat(150);
    expect(comment(paragraphs)).toBe(paragraphs);
    expect(article(`<table>${'a</x>'.repeat(150_000)}</table>`)).toBe(
      `${'a'.repeat(150_000)}<table></table>`,
    );
    expect(() => article('a<!---->'.repeat(60_000))).toThrow(
      expect.objectContaining({ detail: expect.objectContaining({ limit: 'nodes' }) }),
    );
  });
});

describe('what was accepted once', () => {
  it.each([
    ['escapes', '&'.repeat(39_000)],
    ['quotes in prose', 'It\'s "so" & so. '.repeat(4_500)],
    ['links', '<a href=/x>y</a>'.repeat(3_000)],
    ['end tags that were left out', `<ul>${'<li>y<p>x'.repeat(4_500)}`],
    ['reopened links', `<p><a href=x title="${'&'.repeat(1_000)}">${'<p>x'.repeat(30)}`],
  ])('is accepted again, and unchanged: %s', (_name, markup) => {
    const once = comment(markup);
    expect(once.length).toBeGreaterThan(markup.length * 1.3);
    expect(comment(once)).toBe(once);
    expect(() => comment(`${markup}${'&'.repeat(40_001)}`)).toThrow(
      expect.objectContaining({
        code: 'html/markup-too-complex',
        detail: { limit: 'output', most: 200_000 },
      }),
    );
  });
});

describe('a tag with many attributes', () => {
  const tag = (count: number): string => `<p ${Array.from({ length: count }, (_, i) => `a${i}`).join(' ')}>`;

  it('is refused wherever it stands, and at its end too', () => {
    for (const before of [0, 1, 1_000, 1_500, 2_000, 2_047, 2_048, 4_000]) {
      const text = 'x'.repeat(before);
      expect(article(`${text}${tag(200)}y</p>`)).toBe(`${text}<p>y</p>`);
      for (const markup of [tag(201), tag(201).replace('<p', '</p')]) {
        expect(() => article(`${text}${markup}y`)).toThrow(
          expect.objectContaining({ detail: { limit: 'attributes', most: 200 } }),
        );
      }
    }
  });
});

describe('a preset', () => {
  it('replaces the lists that it is given', () => {
    const links = preset('comment', {
      tags: ['a'],
      attributes: { a: ['href'] },
      protocols: ['https', 'ipfs'],
    });
    expect(render(sanitize('<b><a href="ipfs://x" title="t">a</a></b><a href="http://x">b</a>', links))).toBe(
      `<a href="ipfs://x" ${rel}>a</a>b`,
    );
    const wider = preset(links, { tags: [...links.tags, 'b'] });
    expect(render(sanitize('<b><i>x</i></b>', wider))).toBe('<b>x</b>');
    const code = preset('article', { attributes: { code: ['class'] } });
    expect(render(sanitize('<code class="language-ts">x</code><a href="/x">y</a>', code))).toBe(
      '<code class="language-ts">x</code>y',
    );
  });

  it.each<[string, PresetOptions]>([
    ['a script', { tags: ['script'] }],
    ['a frame', { tags: ['iframe'] }],
    ['svg', { tags: ['svg'] }],
    ['a style', { tags: ['style'] }],
    ['upper case', { tags: ['B'] }],
    ['a part of a table', { tags: ['table', 'td'] }],
    ['a handler', { attributes: { a: ['onclick'] } }],
    ['an id', { attributes: { '*': ['id'] } }],
    ['a style attribute', { attributes: { p: ['style'] } }],
    ['a data attribute', { attributes: { p: ['data-x'] } }],
    ['an attribute of a form', { attributes: { form: ['title'] } }],
    ['the javascript scheme', { protocols: ['javascript'] }],
    ['the data scheme', { protocols: ['data'] }],
    ['a scheme with its colon', { protocols: ['https:'] }],
  ])('cannot allow %s', (_name, options) => {
    expect(() => preset('article', options)).toThrow(invalidOption);
  });

  it('is known by its name, or made by preset()', () => {
    for (const policy of ['toString', 'everything', '', { tags: ['b'] }, { ...preset('text') }, null]) {
      expect(() => sanitize('x', policy as never)).toThrow(invalidOption);
    }
    const own = preset('text');
    expect([own, own.tags, own.attributes, own.protocols].every(Object.isFrozen)).toBe(true);
  });
});
