/**
 * Documents that sanitisers must leave as they are, by the preset that is for them: what editors, Markdown renderers
 * (GitHub's, marked, markdown-it, with footnotes, task lists and highlighting), newsletters and drawing tools
 * (Inkscape, Illustrator, icon sets) write, in the sanitiser's own spelling. A sanitiser that changes one raises a
 * false alarm.
 */
const rel = 'rel="nofollow noopener noreferrer ugc"';

const inline = [
  'plain words',
  'Tom &amp; Jerry &lt;3',
  '&quot;quotes&quot; and it&#39;s so',
  '<b>b</b>',
  '<i>i</i>',
  '<em>e</em> and <strong>s</strong>',
  '<strong><em>both</em></strong>',
  '<u>u</u> <s>s</s> <del>d</del>',
  'H<sub>2</sub>O, x<sup>2</sup>',
  '<small>small</small>',
  '<code>if (a &lt; b)</code>',
  '<q>quoted</q>',
  `<a href="https://example.com/?a=1&amp;b=2" ${rel}>link</a>`,
  `<a href="mailto:a@example.com" ${rel}>mail</a>`,
  `<a href="tel:+15550109999" title="Call" ${rel}>call</a>`,
  `<a href="/docs/a:b" ${rel}>relative</a>`,
  `<a href="//example.com/x" ${rel}><b>bold link</b></a>`,
  'one<br>two',
  '<b lang="de">Stra\u00dfe</b>',
  '<i dir="rtl">\u0645\u0631\u062d\u0628\u0627</i>',
  '\u65e5\u672c\u8a9e \ud83d\ude00',
  'a\u00a0b \u2014 c',
  '{{ not.a.template }} <% nor.this %>'.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  'javascript: is a word, and onclick=x too',
];

const blocksOfComment = [
  '<p>one</p><p>two</p>',
  '<p>one</p>\n<p>two</p>\n',
  '<blockquote><p>q</p></blockquote>',
  '<blockquote><blockquote>twice</blockquote></blockquote>',
  '<ul><li>a</li><li>b</li></ul>',
  '<ol><li>a<ul><li>b</li></ul></li></ol>',
  '<ul>\n<li><p>loose</p>\n</li>\n</ul>',
  '<pre>a\n  b\n</pre>',
  '<pre><code>x &lt; y\n</code></pre>',
  '<pre>\n\nstarts with an empty line</pre>',
  '<p><b>a</b><br><i>b</i></p>',
  '<p></p><p>after an empty one</p>',
];

const blocksOfArticle = [
  ...blocksOfComment,
  '<h1>1</h1><h2>2</h2><h3>3</h3><h4>4</h4><h5>5</h5><h6>6</h6>',
  '<hr><p>x</p>',
  '<p><img src="https://example.com/a.png" alt="A" width="10" height="20"></p>',
  '<figure><img src="/a.png" alt=""><figcaption>A <em>cat</em></figcaption></figure>',
  '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
  '<table><caption>T</caption><colgroup><col span="2"></colgroup><tbody><tr><td colspan="2">b</td></tr></tbody></table>',
  '<dl><dt>a</dt><dd>b</dd></dl>',
  '<details open=""><summary>More</summary><p>x</p></details>',
  '<section><header>a</header><article>b</article><aside>c</aside><footer>d</footer></section>',
  '<ol start="3" reversed="" type="a"><li value="4">x</li></ol>',
  '<p><ruby>\u6f22<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> <kbd>x</kbd> <samp>y</samp> <var>z</var></p>',
  '<p><abbr title="HyperText">HT</abbr> <dfn>d</dfn> <cite>c</cite> <time datetime="2026-01-01">then</time></p>',
  '<p><ins cite="/a" datetime="2026-01-01">i</ins> <mark>m</mark> <bdi>x</bdi> <bdo dir="rtl">y</bdo></p>',
  '<address>Street 1</address>',
  '<div><div>nested</div></div>',
  '<p><span lang="fr">mot</span> a<wbr>b</p>',
  '<p><strike>a</strike> <big>b</big> <tt>c</tt> <data value="12.5">d</data></p>',
  '<hgroup><h2>Title</h2><p>Subtitle</p></hgroup><nav><ul><li>first</li></ul></nav><search>found</search>',
  '<h2 align="center">c</h2><p align="right">r</p><div align="justify">j</div>',
  '<table><thead><tr><th align="right">n</th></tr></thead><tbody><tr><td align="center">1</td></tr></tbody></table>',
  '<figure><img src="/a.png" srcset="/a.png 400w, /b.png 800w" sizes="(max-width: 400px) 100vw, 400px" loading="lazy" decoding="async" alt="x" width="33.3%"></figure>',
  '<p><img src="data:image/jpeg;base64,/9j/4AAQ==" alt="" height="20"></p>',
];

const blocksOfMarkdown = [
  '<h2 id="user-content-intro">Intro</h2>',
  `<p><a href="#user-content-intro" ${rel}>to the intro</a></p>`,
  `<h2 id="user-content-x"><a id="user-content-y" class="anchor" href="#user-content-x" aria-hidden="true" ${rel}>#</a>X</h2>`,
  '<pre><code class="language-ts">const a = 1;\n</code></pre>',
  '<pre><code class="hljs language-js"><span class="hljs-keyword">const</span> a</code></pre>',
  '<pre class="shiki"><code><span class="line">x</span></code></pre>',
  '<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" checked="" disabled=""> done</li></ul>',
  '<ul><li><input disabled="" type="checkbox"> open</li></ul>',
  `<p>x<sup class="footnote-ref"><a href="#user-content-fn1" id="user-content-fnref1" ${rel}>[1]</a></sup></p>`,
  `<section class="footnotes"><ol class="footnotes-list"><li id="user-content-fn1" class="footnote-item"><p>Note <a href="#user-content-fnref1" class="footnote-backref" ${rel}>back</a></p></li></ol></section>`,
  `<p><sup><a href="#user-content-fn-1" id="user-content-fnref-1" aria-describedby="user-content-footnote-label" ${rel}>1</a></sup></p>`,
  '<h2 class="sr-only" id="user-content-footnote-label">Footnotes</h2>',
  '<table>\n<thead>\n<tr>\n<th align="left">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align="right">1</td>\n</tr>\n</tbody>\n</table>',
  '<div class="markdown-alert markdown-alert-note"><p class="markdown-alert-title">Note</p><p>x</p></div>',
  '<p align="center"><img src="/logo.png" alt="Logo" align="left" width="50%"></p>',
  '<div class="highlight highlight-source-ts"><pre>x</pre></div>',
  '<div class="admonition"><p class="admonition-title">Note</p><p>x</p></div>',
  '<div class="codehilite"><pre><span></span><code><span class="kn">import</span> <span class="s1">x</span></code></pre></div>',
  '<div class="sourceCode" id="user-content-cb1"><pre class="sourceCode"><code class="sourceCode"><span class="kw">if</span></code></pre></div>',
  '<nav id="user-content-TOC" role="doc-toc" class="toc"><ul><li>x</li></ul></nav>',
];

const cellStyle = 'padding: 10px 20px; font-family: Arial, &#39;Segoe UI&#39;, sans-serif; color: #333333';
const blocksOfMail = [
  '<table border="0" cellpadding="0" cellspacing="0" width="100%" role="presentation"><tbody><tr><td align="center" valign="top">x</td></tr></tbody></table>',
  `<table width="600" bgcolor="#ffffff" align="center"><tbody><tr><td style="${cellStyle}">x</td></tr></tbody></table>`,
  '<table style="border-collapse: collapse"><tbody><tr bgcolor="#eee" valign="top"><td nowrap="" width="50%" height="40">x</td></tr></tbody></table>',
  '<font color="#ff0000" face="Verdana, Arial" size="2">old</font>',
  '<font color="red" size="+1"><b>old</b></font>',
  '<center>middle</center>',
  '<div align="center"><img src="https://example.com/a.png" alt="" border="0" width="600" style="display: block; max-width: 100%"></div>',
  `<a href="https://example.com/" style="background-color: #0066cc; color: #ffffff; padding: 12px 24px; border-radius: 4px; text-decoration: none; display: inline-block" ${rel}>Buy</a>`,
  '<p style="margin: 0 auto; text-align: center; line-height: 1.5">x</p>',
  '<p style="margin-top: 0; margin-bottom: 1em; font-size: 14px; font-weight: 700">x</p>',
  '<span style="color: rgb(10, 20, 30); background: rgba(0,0,0,0.5)">x</span>',
  '<span style="letter-spacing: -0.5px; text-transform: uppercase; font-style: italic">x</span>',
  '<div style="display: none">preheader</div>',
  '<hr style="border: 1px solid #cccccc; width: 80%" align="center" size="1" width="100%">',
  '<div style="border-top: 2px dashed red; padding-left: 1em"><blockquote style="border-left: 1px solid #ccc">x</blockquote></div>',
  '<ul type="disc" style="list-style-type: square"><li style="margin-left: 0">x</li></ul>',
  '<img src="/x.gif" alt="" height="1" width="1">',
  '<h1 align="center" style="font-family: Georgia, serif; font-size: 28px">News</h1>',
  '<div style="white-space: pre-wrap; word-break: break-word; vertical-align: middle; float: left; clear: both">x</div>',
  '<table><tbody><tr><th style="text-align: left" scope="col" align="left">x</th></tr></tbody></table>',
];

/** What a sanitiser of mail puts around markup, so that nothing in it can cover the page. */
const inBox = (markup: string): string =>
  markup.includes('<')
    ? `<div style="overflow-x: auto; overflow-y: hidden; max-width: 100%; min-height: min-content"><div>${markup}</div></div>`
    : markup;

const shapes = [
  '<path d="M12 2L2 7l10 5 10-5-10-5z"></path>',
  '<path d="M0,0 C10.5,20 -3e1,4 5,5 Z" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"></path>',
  '<circle cx="12" cy="12" r="10"></circle>',
  '<rect x="1" y="2" width="10" height="20%" rx="2" fill="#f00"></rect>',
  '<ellipse cx="5" cy="5" rx="3" ry="2" fill="rgb(1, 2, 3)"></ellipse>',
  '<line x1="0" y1="0" x2="10" y2="10" stroke="black" stroke-dasharray="4 2"></line>',
  '<polygon points="0,0 10,0 5,8.66" fill-rule="evenodd"></polygon>',
  '<polyline points="0 0 1 1" opacity="0.5"></polyline>',
  '<g transform="translate(1 2) rotate(45, 5, 5) scale(-1,1)"><circle r="1"></circle></g>',
  '<text x="1" y="2" font-family="Arial, sans-serif" font-size="12" text-anchor="middle">A &amp; <tspan dx="1" font-weight="bold">b</tspan></text>',
  '<title>A picture</title><desc>Of a cat</desc><path d="M0 0"></path>',
  '<defs><linearGradient id="svg-a" x1="0" x2="1" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#fff"></stop><stop offset="100%" stop-color="red" stop-opacity=".5"></stop></linearGradient></defs><rect fill="url(#svg-a)" width="1" height="1"></rect>',
  '<radialGradient id="svg-r" cx="50%" cy="50%" r="50%" gradientTransform="matrix(1 0 0 1 0 0)"><stop offset="1"></stop></radialGradient><circle r="1" style="fill: url(#svg-r); stroke: none"></circle>',
  '<linearGradient id="svg-b"><stop offset="0"></stop></linearGradient><linearGradient id="svg-c" href="#svg-b"></linearGradient><path d="M0 0" fill="url(#svg-c) red"></path>',
  '<clipPath id="svg-k"><rect width="5" height="5"></rect></clipPath><g clip-path="url(#svg-k)"><path d="M0 0"></path></g>',
  '<mask id="svg-m" maskUnits="userSpaceOnUse"><rect width="5" height="5" fill="white"></rect></mask><g mask="url(#svg-m)"><path d="M0 0"></path></g>',
  '<symbol id="svg-s" viewBox="0 0 5 5"><path d="M0 0"></path></symbol><use href="#svg-s" x="1" y="1" width="5" height="5"></use>',
  '<marker id="svg-w" markerWidth="4" markerHeight="4" refX="2" refY="2" orient="auto"><path d="M0 0"></path></marker><line x2="5" stroke="#000" marker-end="url(#svg-w)"></line>',
  '<pattern id="svg-p" width="4" height="4" patternUnits="userSpaceOnUse"><circle r="1"></circle></pattern><rect width="9" height="9" fill="url(#svg-p)"></rect>',
  '<g id="svg-layer1" style="fill: #ff0000; stroke-width: 1.5; stroke-miterlimit: 4"><path d="m 1,2 h 3 v -4 z"></path></g>',
];
const roots = [
  '<svg viewBox="0 0 24 24">',
  '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none">',
  '<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="10mm" height="10mm" viewBox="-5 -5 10.5 10" role="img" aria-label="x">',
];

const inParagraphs = inline.map((one) => `<p>${one}</p>`);
const inItems = inline.map((one) => `<ul><li>${one}</li></ul>`);
const inCells = inline.slice(0, 12).map((one) => `<table><tbody><tr><td>${one}</td></tr></tbody></table>`);
const words = [
  ...inline.filter((one) => !one.includes('<')),
  ...'a b|tab\tbed|line\nbreak|  spaces  |&lt;script&gt;alert(1)&lt;/script&gt;|100% sure|C:\\Users\\me|a=b&amp;c=d'.split(
    '|',
  ),
  ...'1 &lt; 2 &gt; 0|&amp;amp;|&amp;lt;p&amp;gt;|x -- y|--&gt;|]]&gt;|&lt;!-- note --&gt;|O&#39;Neill|caf\u00e9|\u00fc\u00f6\u00e4'.split(
    '|',
  ),
];

/** At least sixty for each preset; `sanitize(one, name)` gives the same text. */
export const legitimateDocuments: Readonly<
  Record<'text' | 'comment' | 'article' | 'markdown' | 'email' | 'svg', readonly string[]>
> = Object.freeze({
  text: [...words, ...words.map((one) => `Dear all, ${one}.`), ...words.map((one) => `${one}\n\n${one}`)],
  comment: [...inline, ...blocksOfComment, ...inParagraphs, ...inItems],
  article: [...blocksOfArticle, ...inParagraphs, ...inItems, ...inCells],
  markdown: [...blocksOfMarkdown, ...blocksOfArticle, ...inParagraphs],
  email: [...blocksOfMail, ...blocksOfArticle, ...inParagraphs].map(inBox),
  svg: roots.flatMap((root) => shapes.map((shape) => `${root}${shape}</svg>`)),
});
