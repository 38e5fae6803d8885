import type { MarkupCase } from './markup-case.ts';

const use = (name: string, markup: string, shape: string): MarkupCase => ({
  kind: 'use',
  name,
  markup,
  shape,
});
const rel = 'rel="nofollow noopener noreferrer ugc"';

/** Markup that people write, and what is to be in the element then. */
export const usedMarkups: readonly MarkupCase[] = [
  use(
    'emphasis',
    '<p>a <b>b</b> <i>c</i> <em>d</em> <strong>e</strong></p>',
    '<p>a <b>b</b> <i>c</i> <em>d</em> <strong>e</strong></p>',
  ),
  use('text only', 'a &lt; b &amp; c', 'a &lt; b &amp; c'),
  use('empty', '', ''),
  use('a bare less-than sign', '1 < 2 and 3 > 2', '1 &lt; 2 and 3 &gt; 2'),
  use('list', '<ul><li>a</li><li>b</li></ul>', '<ul><li>a</li><li>b</li></ul>'),
  use('list without end tags', '<ul><li>a<li>b</ul>', '<ul><li>a</li><li>b</li></ul>'),
  use('ordered list', '<ol start="3"><li>a</li></ol>', '<ol start="3"><li>a</li></ol>'),
  use(
    'link',
    '<a href="https://example.com/x?a=1&amp;b=2#c">x</a>',
    `<a href="https://example.com/x?a=1&amp;b=2#c" ${rel}>x</a>`,
  ),
  use('relative link', '<a href="/about">x</a>', `<a href="/about" ${rel}>x</a>`),
  use('mail link', '<a href="mailto:a@example.com">x</a>', `<a href="mailto:a@example.com" ${rel}>x</a>`),
  use('phone link', '<a href="tel:+41441234567">x</a>', `<a href="tel:+41441234567" ${rel}>x</a>`),
  use(
    'link with a colon in its path',
    '<a href="/wiki/Help:Contents">x</a>',
    `<a href="/wiki/Help:Contents" ${rel}>x</a>`,
  ),
  use(
    'link with letters of Chinese',
    '<a href="/\u4e2d\u6587">x</a>',
    `<a href="/\u4e2d\u6587" ${rel}>x</a>`,
  ),
  use(
    'image',
    '<img src="https://example.com/a.png" alt="a" width="3" height="4">',
    '<img alt="a" height="4" src="https://example.com/a.png" width="3">',
  ),
  use(
    'image in data',
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">',
    '<img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
  ),
  use('headings', '<h1>a</h1><h2>b</h2><h6>c</h6>', '<h1>a</h1><h2>b</h2><h6>c</h6>'),
  use(
    'table',
    '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td colspan="2">b</td></tr></tbody></table>',
    '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td colspan="2">b</td></tr></tbody></table>',
  ),
  use(
    'table without a body',
    '<table><tr><td>b</table>',
    '<table><tbody><tr><td>b</td></tr></tbody></table>',
  ),
  use(
    'figure',
    '<figure><img src="/a.png" alt="a"><figcaption>b</figcaption></figure>',
    '<figure><img alt="a" src="/a.png"><figcaption>b</figcaption></figure>',
  ),
  use('details', '<details><summary>a</summary>b</details>', '<details><summary>a</summary>b</details>'),
  use('quote', '<blockquote><p>a</p></blockquote>', '<blockquote><p>a</p></blockquote>'),
  use('code', '<pre><code>if (a &lt; b) { }</code></pre>', '<pre><code>if (a &lt; b) { }</code></pre>'),
  use(
    'code that shows an attack',
    '<code>&lt;script&gt;alert(1)&lt;/script&gt;</code>',
    '<code>&lt;script&gt;alert(1)&lt;/script&gt;</code>',
  ),
  use('pre that begins with a line break', '<pre>\n\na</pre>', '<pre>\na</pre>'),
  use('line breaks and rules', 'a<br>b<hr>c', 'a<br>b<hr>c'),
  use(
    'title with quotes',
    '<b title="a &quot;b&quot; &lt;c&gt;">x</b>',
    '<b title="a &quot;b&quot; &lt;c&gt;">x</b>',
  ),
  use(
    'emoji and right-to-left text',
    '<p>\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \u05e9\u05dc\u05d5\u05dd</p>',
    '<p>\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \u05e9\u05dc\u05d5\u05dd</p>',
  ),
  use('no-break space', '<p>a&nbsp;b</p>', '<p>a&nbsp;b</p>'),
  use('unknown element keeps its text', '<p>a <foo>b</foo></p>', '<p>a b</p>'),
  use('font of a word processor', '<p><font color="red">a</font></p>', '<p>a</p>'),
  use('a comment goes', '<p>a<!-- b --></p>', '<p>a</p>'),
  use('sub and sup', 'H<sub>2</sub>O, x<sup>2</sup>', 'H<sub>2</sub>O, x<sup>2</sup>'),
  use('definition list', '<dl><dt>a</dt><dd>b</dd></dl>', '<dl><dt>a</dt><dd>b</dd></dl>'),
  use('deleted and inserted', '<p><del>a</del><ins>b</ins></p>', '<p><del>a</del><ins>b</ins></p>'),
  use(
    'a word with javascript: in text',
    '<p>javascript:alert(1) is text</p>',
    '<p>javascript:alert(1) is text</p>',
  ),
  use('a link without its scheme keeps its text', '<a href="ftp://example.com">x</a>', 'x'),
];
