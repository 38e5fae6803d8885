import { configureEvents } from 'bulwark/event';
import { html, render } from 'bulwark/html';
import { sanitizerPayloads } from 'bulwark/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMarkdown } from './render-markdown.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

const rel = 'rel="nofollow noopener noreferrer ugc"';
const markdown = createMarkdown();
const shown = (source: string): string => render(markdown(source)).trim();

describe('what people write', () => {
  it.each([
    ['emphasis', '**a** _b_ ~~c~~', '<p><strong>a</strong> <em>b</em> <del>c</del></p>'],
    [
      'a link',
      '[x](https://example.com/?a=1&b=2)',
      `<p><a href="https://example.com/?a=1&amp;b=2" ${rel}>x</a></p>`,
    ],
    [
      'a fenced block',
      '```ts\nif (a < b) c();\n```',
      '<pre><code class="language-ts">if (a &lt; b) c();\n</code></pre>',
    ],
    [
      'a task list',
      '- [x] done',
      '<ul>\n<li><input checked="" disabled="" type="checkbox"> done</li>\n</ul>',
    ],
    [
      'a table',
      '| a | b |\n|:--|--:|\n| 1 | 2 |',
      '<table>\n<thead>\n<tr>\n<th align="left">a</th>\n<th align="right">b</th>\n</tr>\n</thead>\n' +
        '<tbody><tr>\n<td align="left">1</td>\n<td align="right">2</td>\n</tr>\n</tbody></table>',
    ],
    ['HTML that is harmless', 'H<sub>2</sub>O <kbd>x</kbd>', '<p>H<sub>2</sub>O <kbd>x</kbd></p>'],
    [
      'a target within the text',
      '<a id="top-1"></a> [up](#top-1)',
      `<p><a id="user-content-top-1"></a> <a href="#user-content-top-1" ${rel}>up</a></p>`,
    ],
  ])('comes out as it is meant: %s', (_name, source, expected) => {
    expect(shown(source)).toBe(expected);
  });
});

describe('what an attacker writes', () => {
  it.each([
    ['raw HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>', '<img src="x">'],
    ['a link that runs', '[x](javascript:alert(1))', '<p>x</p>'],
    ['a link that runs, hidden', '[x](&#x6A;avascript:alert(1))', '<p>x</p>'],
    ['an image that runs', '![x](javascript:alert(1))', '<p></p>'],
    ['a name of the page', '<p id="location" class="modal">x</p>', '<p id="user-content-location">x</p>'],
    [
      'a language that is none',
      '```x"onmouseover=alert(1)\ny\n```',
      '<pre><code class="language-x&quot;onmouseover=alert(1)">y\n</code></pre>',
    ],
  ])('runs nothing: %s', (_name, source, expected) => {
    expect(shown(source)).toBe(expected);
  });

  it('runs nothing, whatever of the corpus is in the Markdown', () => {
    for (const { payload } of sanitizerPayloads) {
      expect(shown(payload)).not.toMatch(
        /<(?:script|style|iframe|svg|math|template)\b|<[^>]*\son\w+="?[^">]*>(?<!")/i,
      );
    }
  });
});

it('loads images through the proxy that it is given', () => {
  const proxied = createMarkdown({ imageUrl: (url) => `/image/${encodeURIComponent(url)}` });
  expect(render(proxied('![a](https://example.com/a.png)')).trim()).toBe(
    '<p><img src="/image/https%3A%2F%2Fexample.com%2Fa.png" alt="a"></p>',
  );
});

it('goes into a page, and is made once', () => {
  expect(render(html`<article>${markdown('x')}</article>`)).toBe('<article><p>x</p>\n</article>');
  expect(markdown('x')).toBe(markdown('x'));
});
