import type { Use } from './case.ts';

const use = (preset: Use['preset'], cases: Record<string, string | [string, string]>): Use[] =>
  Object.entries(cases).map(([name, given]) => {
    const id = `${preset}: ${name}`;
    return typeof given === 'string'
      ? { id, preset, markup: given }
      : { id, preset, markup: given[0], want: given[1] };
  });

/** What editors, renderers and mail programs write. */
export const htmlUses: readonly Use[] = [
  ...use('comment', {
    'paragraphs and emphasis':
      '<p>One <strong>two</strong> <em>three</em> <b>b</b> <i>i</i> <u>u</u> <s>s</s> <del>d</del> <small>x</small></p>\n<p>a<br>b</p>',
    'lists in lists': '<ul><li>a<ul><li>b</li></ul></li></ul><ol><li>c</li></ol>',
    'quotes in quotes': '<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>',
    'code keeps its characters':
      '<pre><code>if (a &lt; b &amp;&amp; c &gt; d) {\n\treturn "x";\n}\n</code></pre>',
    'pre begins with an empty line': '<pre>\n\na\n</pre>',
    'links of all allowed kinds':
      '<p><a href="https://a.test/?q=1&amp;r=2#x" title="t">a</a> <a href="mailto:a@b.test?subject=x%20y">m</a> <a href="tel:+49-30-1234">t</a> <a href="/rel/path">r</a> <a href="#x">f</a> <a href="?q=1">q</a> <a href="../up">u</a> <a href="//host.test/">h</a></p>',
    'text of arrows and hearts': '<p>a &lt; b, x -&gt; y, &lt;3, &amp;amp; &amp; AT&amp;T, 5 &gt; 4</p>',
    'unescaped less-than as people type it': [
      '<p>a < b and 3 <4 and <3</p>',
      '<p>a &lt; b and 3 &lt;4 and &lt;3</p>',
    ],
    'bare text with lines': 'one\ntwo\n\nthree',
    'empty string': '',
    'white space only': ' \n\t ',
    'right to left':
      '<p dir="rtl" lang="ar">\u0645\u0631\u062d\u0628\u0627 <b>\u0628\u0627\u0644\u0639\u0627\u0644\u0645</b></p><p dir="auto">\u05e9\u05dc\u05d5\u05dd</p>',
    'Chinese, Japanese, Korean':
      '<p lang="zh-Hant">\u7e41\u9ad4\u4e2d\u6587\uff0c\u300c\u5f15\u865f\u300d</p><p lang="ja">\u65e5\u672c\u8a9e\u30c6\u30ad\u30b9\u30c8</p><p lang="ko">\ud55c\uad6d\uc5b4</p>',
    'emoji with joiners and flags':
      '<p>\u{1f469}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466} \u{1f3f3}\ufe0f\u200d\u{1f308} \u{1f1e9}\u{1f1ea} \u{1f44d}\u{1f3fd} \u2764\ufe0f</p>',
    'combining and private letters':
      '<p>e\u0301 \u0928\u092e\u0938\u094d\u0924\u0947 \ue000 \u{1f9ff} \u{20000}</p>',
    'special spaces': '<p>a\u00a0b\u2003c\u200bd\u00ade\u2028f</p>',
    'words that look like code':
      '<p>javascript:alert(1) onclick= &lt;script&gt;alert(1)&lt;/script&gt; data:text/html</p>',
    'a link with javascript in its path':
      '<p><a href="https://a.test/javascript:void(0)?u=javascript:x">a</a> <a href="/wiki/javascript:">b</a></p>',
    'relative links with colons': '<p><a href="./a:b">a</a> <a href="/a:b">b</a> <a href="?a:b">c</a></p>',
    'scheme in capitals': '<p><a href="HTTPS://A.test/">a</a> <a href="Mailto:a@b.test">b</a></p>',
    'international addresses':
      '<p><a href="https://m\u00fcnchen.test/stra\u00dfe?\u00fc=\u00f6#\u00e4">a</a> <a href="https://xn--mnchen-3ya.test/">b</a></p>',
    'subscript, superscript, inline quote': '<p>H<sub>2</sub>O x<sup>2</sup> <q>q</q></p>',
    'link whose scheme is not known keeps its text': [
      '<p><a href="ftp://a.test/">file</a></p>',
      '<p>file</p>',
    ],
    'heading keeps its words': ['<h1>Title</h1><p>a</p>', 'Title<p>a</p>'],
    'target and class are left out': [
      '<p class="x"><a href="https://a.test/" target="_blank" class="y">a</a></p>',
      '<p><a href="https://a.test/">a</a></p>',
    ],
    'ContentEditable of a browser': ['<div>one</div><div><br></div><div>two</div>', 'one<br>two'],
  }),
  ...use('article', {
    'headings and rule': '<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5><h6>f</h6><hr>',
    'table with all its parts':
      '<table><caption>Cap</caption><colgroup><col span="2"><col></colgroup><thead><tr><th scope="col" colspan="2">a</th><th>b</th></tr></thead><tbody><tr><th scope="row">c</th><td rowspan="2">d</td><td>e</td></tr></tbody><tfoot><tr><td colspan="3">f</td></tr></tfoot></table>',
    'table without a body': ['<table><tr><td>a</table>', '<table><tbody><tr><td>a</td></tr></tbody></table>'],
    'table in a table':
      '<table><tbody><tr><td><table><tbody><tr><td>a</td></tr></tbody></table></td></tr></tbody></table>',
    figure:
      '<figure><img src="https://a.test/a.jpg" alt="A &quot;b&quot; &amp; c" width="640" height="480"><figcaption>F <em>g</em></figcaption></figure>',
    'images of the page':
      '<p><img src="/img/a.png" alt=""><img src="img/b.png" alt="b"><img src="//a.test/c.png" alt="c"></p>',
    'bitmaps as data':
      '<p><img src="data:image/png;base64,iVBORw0KGgo=" alt="a"><img src="data:image/jpeg;base64,/9j/4AAQ" alt="b"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="c"><img src="data:image/webp;base64,UklGRg==" alt="d"></p>',
    details:
      '<details open=""><summary>More <b>x</b></summary><p>a</p></details><details><summary>b</summary>c</details>',
    'description list': '<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd><p>d</p></dd></dl>',
    'ruby with rp':
      '<p><ruby>\u6f22<rp>(</rp><rt>kan</rt><rp>)</rp>\u5b57<rp>(</rp><rt>ji</rt><rp>)</rp></ruby></p>',
    sections:
      '<article><header><h2>a</h2></header><section><aside>b</aside></section><footer><address>c</address></footer></article>',
    'edits with their dates':
      '<p><ins cite="https://a.test/" datetime="2026-01-01">a</ins><del datetime="2026-01-01T10:00Z">b</del></p>',
    'technical words':
      '<p><kbd>Ctrl</kbd>+<kbd>C</kbd> <samp>o</samp> <var>x</var> <abbr title="HyperText">HTML</abbr> <dfn>d</dfn> <cite>c</cite> <mark>m</mark> <time datetime="2026-01-02">now</time></p>',
    'lists with numbers': '<ol start="3" reversed="" type="a"><li value="7">a</li></ol>',
    'turned text': '<p><bdo dir="rtl">abc</bdo> <bdi>x</bdi> long<wbr>word</p>',
    'blockquote with source':
      '<blockquote cite="https://a.test/q"><p>q</p></blockquote><p><q cite="https://a.test/">q</q></p>',
    'link around blocks': '<a href="https://a.test/"><h3>a</h3><p>b</p></a>',
    'picture that is a link': '<p><a href="https://a.test/"><img src="https://a.test/a.png" alt="a"></a></p>',
    Quill: [
      '<p class="ql-align-center"><span style="color: rgb(230, 0, 0);">a</span></p><ul><li class="ql-indent-1">b</li></ul><pre class="ql-syntax" spellcheck="false">c\n</pre>',
      '<p><span>a</span></p><ul><li>b</li></ul><pre>c\n</pre>',
    ],
    CKEditor: [
      '<figure class="image image_resized" style="width:50%;"><img style="aspect-ratio:1200/800;" src="https://a.test/a.jpg" width="1200" height="800" alt="x" srcset="https://a.test/a-2.jpg 2x" sizes="100vw"><figcaption>c</figcaption></figure><figure class="table"><table><tbody><tr><td>&nbsp;</td></tr></tbody></table></figure>',
      '<figure><img src="https://a.test/a.jpg" width="1200" height="800" alt="x" srcset="https://a.test/a-2.jpg 2x" sizes="100vw"><figcaption>c</figcaption></figure><figure><table><tbody><tr><td>&nbsp;</td></tr></tbody></table></figure>',
    ],
    TinyMCE: [
      '<p data-mce-style="text-align: center;" style="text-align: center;">a<br data-mce-bogus="1"></p><p>&nbsp;</p><!-- pagebreak --><p>b</p>',
      '<p align="center">a<br></p><p>&nbsp;</p><p>b</p>',
    ],
    ProseMirror: [
      '<p data-pm-slice="1 1 []">a <strong>b</strong></p><img src="https://a.test/i.png" alt="x" class="ProseMirror-separator" draggable="true">',
      '<p>a <strong>b</strong></p><img src="https://a.test/i.png" alt="x">',
    ],
    Word: [
      "<p class=MsoNormal style='margin-bottom:0cm;mso-pagination:none'><span lang=EN-US style='font-size:11.0pt;font-family:\"Calibri\",sans-serif'>a<o:p></o:p></span></p><!--[if !supportLists]--><span>\u00b7<span>&nbsp;</span></span><!--[endif]-->",
      '<p><span lang="EN-US">a</span></p><span>\u00b7<span>&nbsp;</span></span>',
    ],
    'Google Docs': [
      '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;">a</span></p></b>',
      '<b><p dir="ltr"><span>a</span></p></b>',
    ],
    'unclosed items of old pages': [
      '<UL><LI>a<LI>b<UL><LI>c</UL></UL><P>d<P>e',
      '<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><p>d</p><p>e</p>',
    ],
    'crossed formatting': ['<p><b>a<i>b</b>c</i></p>', '<p><b>a<i>b</i></b><i>c</i></p>'],
    'entities by name': [
      '<p>&copy; &euro; &hellip; &nbsp;&Alpha;&rarr; &NotEqualTilde; &notit;</p>',
      '<p>\u00a9 \u20ac \u2026 \u00a0\u0391\u2192 \u2242\u0338 \u00acit;</p>',
    ],
    'Windows characters by number': ['<p>&#150; &#146; &#x80;</p>', '<p>\u2013 \u2019 \u20ac</p>'],
    'a hundred deep is kept': `${'<div>'.repeat(95)}<p>a</p>${'</div>'.repeat(95)}`,
    'title of a thousand letters': `<p title="${'x'.repeat(1024)}">a</p>`,
    'long link': `<p><a href="https://a.test/?${'x'.repeat(4000)}">a</a></p>`,
    'long bitmap': `<p><img src="data:image/png;base64,${'A'.repeat(40_000)}" alt="x"></p>`,
  }),
  ...use('markdown', {
    'headings with ids and links to them': [
      '<h2 id="set-up">Set up</h2><p><a href="#set-up">to it</a></p>',
      '<h2 id="user-content-set-up">Set up</h2><p><a href="#user-content-set-up">to it</a></p>',
    ],
    'ids of other scripts': [
      '<h2 id="\u65e5\u672c\u8a9e-\u898b\u51fa\u3057">a</h2><p><a href="#\u65e5\u672c\u8a9e-\u898b\u51fa\u3057">b</a></p>',
      '<h2 id="user-content-\u65e5\u672c\u8a9e-\u898b\u51fa\u3057">a</h2><p><a href="#user-content-\u65e5\u672c\u8a9e-\u898b\u51fa\u3057">b</a></p>',
    ],
    'ids are not prefixed twice': [
      '<h2 id="user-content-a">a</h2><p><a href="#user-content-a">b</a></p>',
      '<h2 id="user-content-a">a</h2><p><a href="#user-content-a">b</a></p>',
    ],
    'task list of GitHub': [
      '<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled checked> a</li><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled> b</li></ul>',
      '<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled="" checked=""> a</li><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled=""> b</li></ul>',
    ],
    'task list of marked': [
      '<ul>\n<li><input checked="" disabled="" type="checkbox"> a</li>\n</ul>',
      '<ul>\n<li><input checked="" disabled="" type="checkbox"> a</li>\n</ul>',
    ],
    'footnotes of GitHub': [
      '<p>a<sup><a href="#fn-1" id="fnref-1" data-footnote-ref aria-describedby="footnote-label">1</a></sup></p><section data-footnotes class="footnotes"><h2 class="sr-only" id="footnote-label">Footnotes</h2><ol><li id="fn-1"><p>b <a href="#fnref-1" class="data-footnote-backref" data-footnote-backref aria-label="Back to reference 1">\u21a9</a></p></li></ol></section>',
      '<p>a<sup><a href="#user-content-fn-1" id="user-content-fnref-1" aria-describedby="user-content-footnote-label">1</a></sup></p><section class="footnotes"><h2 class="sr-only" id="user-content-footnote-label">Footnotes</h2><ol><li id="user-content-fn-1"><p>b <a href="#user-content-fnref-1" class="data-footnote-backref" aria-label="Back to reference 1">\u21a9</a></p></li></ol></section>',
    ],
    'footnotes of markdown-it': [
      '<p>a<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup></p><hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item"><p>b <a href="#fnref1" class="footnote-backref">\u21a9\ufe0e</a></p></li></ol></section>',
      '<p>a<sup class="footnote-ref"><a href="#user-content-fn1" id="user-content-fnref1">[1]</a></sup></p><hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list"><li id="user-content-fn1" class="footnote-item"><p>b <a href="#user-content-fnref1" class="footnote-backref">\u21a9\ufe0e</a></p></li></ol></section>',
    ],
    alerts: [
      '<div class="markdown-alert markdown-alert-warning" dir="auto"><p class="markdown-alert-title" dir="auto"><svg class="octicon" viewBox="0 0 16 16"><path d="M0 0"></path></svg>Warning</p><p dir="auto">a</p></div>',
      '<div class="markdown-alert markdown-alert-warning" dir="auto"><p class="markdown-alert-title" dir="auto">Warning</p><p dir="auto">a</p></div>',
    ],
    'fenced code':
      '<pre><code class="language-c++">a &lt; b\n</code></pre><pre><code class="language-objective-c lang-x">c</code></pre>',
    'inline code and kbd': '<p><code>a`b</code> <kbd>x</kbd> <sub>y</sub></p>',
    'highlight.js, plain scopes':
      '<pre><code class="hljs language-js"><span class="hljs-keyword">const</span> a = <span class="hljs-string">&#x27;b&#x27;</span>;</code></pre>'.replaceAll(
        '&#x27;',
        "'",
      ),
    'highlight.js, scopes of two parts':
      '<pre><code class="hljs language-js"><span class="hljs-title function_">f</span>(<span class="hljs-variable language_">console</span>) <span class="hljs-title class_ inherited__">B</span></code></pre>',
    Prism:
      '<pre class="language-js"><code class="language-js"><span class="token keyword">const</span> a <span class="token operator">=</span> <span class="token string">"b"</span><span class="token punctuation">;</span></code></pre>',
    'Prism, nested tokens':
      '<pre class="language-html"><code class="language-html"><span class="token tag"><span class="token tag"><span class="token punctuation">&lt;</span>p</span></span></code></pre>',
    Shiki: [
      '<pre class="shiki github-dark" style="background-color:#24292e;color:#e1e4e8" tabindex="0"><code><span class="line"><span style="color:#F97583">const</span></span></code></pre>',
      '<pre class="shiki"><code><span class="line"><span>const</span></span></code></pre>',
    ],
    'GitHub highlight': [
      '<div class="highlight highlight-source-js"><pre><span>a</span></pre></div>',
      '<div class="highlight highlight-source-js"><pre><span>a</span></pre></div>',
    ],
    'table with alignment':
      '<table><thead><tr><th align="left">a</th><th align="right">b</th></tr></thead><tbody><tr><td align="center">c</td><td>d</td></tr></tbody></table>',
    'README with a centred picture': [
      '<h1 align="center"><img src="https://a.test/logo.svg" alt="logo" width="200"></h1><p align="center"><a href="https://a.test"><img src="https://img.test/badge.svg" alt="b" align="right"></a></p>',
      '<h1 align="center"><img src="https://a.test/logo.svg" alt="logo" width="200"></h1><p align="center"><a href="https://a.test"><img src="https://img.test/badge.svg" alt="b" align="right"></a></p>',
    ],
    'anchors of headings': [
      '<h2 id="x"><a class="anchor" aria-hidden="true" href="#x"></a>x</h2>',
      '<h2 id="user-content-x"><a class="anchor" aria-hidden="true" href="#user-content-x"></a>x</h2>',
    ],
    'a link to the top': '<p><a href="#">a</a></p>',
    'a coded fragment': [
      '<h2 id="\u00fcber uns">a</h2><h2 id="stra\u00dfe">b</h2><p><a href="#stra%C3%9Fe">c</a></p>',
      '<h2>a</h2><h2 id="user-content-stra\u00dfe">b</h2><p><a href="#user-content-stra%C3%9Fe">c</a></p>',
    ],
    'a link into another page':
      '<p><a href="/docs/b.html#part">a</a> <a href="https://a.test/#part">b</a></p>',
    'details with code':
      '<details><summary>s</summary>\n\n<pre><code class="language-sh">a\n</code></pre>\n</details>',
    'moustaches are text': '<p>{{ a.b }} [[c]] &lt;%= d %&gt;</p>',
    'MathML loses its tags': ['<p>a<math><mi>x</mi></math>b</p>', '<p>ab</p>'],
  }),
  ...use('email', {
    'newsletter table':
      '<table width="100%" border="0" cellpadding="0" cellspacing="0" bgcolor="#f4f4f4" role="presentation"><tbody><tr><td align="center" valign="top" style="padding: 20px 0px"><table width="600" align="center" style="max-width: 600px"><tbody><tr><td height="40" style="font-size: 16px; line-height: 24px; color: #333333">Hello</td></tr></tbody></table></td></tr></tbody></table>',
    'fonts and centre': '<center><font face="Arial" size="2" color="#336699">a</font></center>',
    'button of a newsletter':
      '<a href="https://a.test/go" style="display: inline-block; background-color: #1a82e2; color: #ffffff; padding: 12px 24px; border-radius: 6px; text-decoration: none">Go</a>',
    'quoted reply of Gmail': [
      '<div dir="ltr">a</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, B &lt;<a href="mailto:b@c.test">b@c.test</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">c</blockquote></div>',
      '<div dir="ltr">a</div><br><div><div dir="ltr">On Mon, B &lt;<a href="mailto:b@c.test">b@c.test</a>&gt; wrote:<br></div><blockquote style="margin: 0px 0px 0px 0.8ex; border-left: 1px solid rgb(204, 204, 204); padding-left: 1ex">c</blockquote></div>',
    ],
    Outlook: [
      '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style><!--[if gte mso 9]><xml><o:shapedefaults/></xml><![endif]--></head><body lang=EN-US link="#0563C1"><div class=WordSection1><p class=MsoNormal><span style=\'font-size:11.0pt;font-family:"Calibri",sans-serif;mso-fareast-language:EN-US\'>a<o:p></o:p></span></p></div></body></html>',
      '<div><p><span style=\'font-size: 11pt; font-family: "Calibri", sans-serif\'>a</span></p></div>',
    ],
    'conditional comments': [
      '<!--[if mso]><table><tr><td><![endif]--><div>a</div><!--[if mso]></td></tr></table><![endif]--><!--[if !mso]><!--><p>b</p><!--<![endif]-->',
      '<div>a</div><p>b</p>',
    ],
    'Apple Mail': [
      '<body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">a<br><div><blockquote type="cite"><div>b</div></blockquote></div></body>',
      'a<br><div><blockquote><div>b</div></blockquote></div>',
    ],
    'hidden preview text':
      '<div style="display: none; font-size: 1px; color: #fefefe; line-height: 1px; height: 0px">preview</div>',
    'nested tables of a receipt':
      '<table border="1" width="600"><thead align="left" valign="top"><tr><th bgcolor="#eee" nowrap="" width="50%">Item</th><th align="right">\u20ac</th></tr></thead><tbody valign="middle"><tr bgcolor="#fff" align="left"><td>x</td><td style="text-align: right; white-space: nowrap">9,99</td></tr></tbody></table>',
    'fonts with quotes and spaces': `<p style='font-family: "Helvetica Neue", Helvetica, Arial, sans-serif'>a</p>`,
    borders:
      '<p style="border: 1px solid #ccc; border-top-color: red; border-collapse: collapse; border-left-width: 2px">a</p>',
    'upper case and important': [
      '<P STYLE="COLOR:RED;Margin:0 !important;padding:0 10PX">a</P>',
      '<p style="color: red; margin: 0; padding: 0 10px">a</p>',
    ],
    'colours of all kinds':
      '<p style="color: rgba(0, 0, 0, 0.5)">a</p><p style="color: hsl(120, 50%, 50%)">b</p><p style="background-color: transparent">c</p><p style="background: #fff">d</p><p style="color: #12345678">e</p>',
    'small negative letter spacing': '<p style="letter-spacing: -0.5px">a</p>',
    'text properties':
      '<p style="text-transform: uppercase; font-weight: 700; font-style: italic; letter-spacing: 0.05em; line-height: 1.5; text-decoration: underline; vertical-align: middle; text-indent: 2em; white-space: pre-wrap; word-break: break-word">a</p>',
    'automatic margins':
      '<table style="margin: 0 auto; width: 100%"><tbody><tr><td>a</td></tr></tbody></table>',
    floats:
      '<img src="https://a.test/a.png" alt="a" style="float: left; margin-right: 10px; display: block" border="0" width="100" height="50" align="left">',
    'plain text as a mail': '<pre style="white-space: pre-wrap">Hi,\n\n&gt; quoted\n-- \nA</pre>',
    'rule of old mails': '<hr size="1" width="100%" color="#cccccc" align="left">',
    'hostile style keeps the good part': [
      '<p style="position:absolute;color:#333;background:url(https://a.test/x.png);font-size:12px">a</p>',
      '<p style="color: #333; font-size: 12px">a</p>',
    ],
  }),
];

/** Presets that leave no elements: text by itself, which is compared as text. */
export const textUses: readonly { id: string; markup: string; want: string }[] = [
  { id: 'inline', markup: 'a <b>b</b>c <i>d</i>', want: 'a bc d' },
  { id: 'blocks on lines of their own', markup: '<p>a</p><p>b</p>', want: 'a\nb' },
  { id: 'a heading and a paragraph', markup: '<h1>a</h1><p>b</p>', want: 'a\nb' },
  { id: 'list', markup: '<ul><li>a</li><li>b</li></ul>', want: 'a\nb' },
  { id: 'escapes stay', markup: '<p>a &lt; b &amp; c</p>', want: 'a < b & c' },
  { id: 'script is not text', markup: 'a<script>b</script><style>c</style>d', want: 'ad' },
  { id: 'a title as it is', markup: 'Tom & Jerry <3 "x"', want: 'Tom & Jerry <3 "x"' },
  { id: 'Chinese', markup: '<p>\u4f60\u597d</p>', want: '\u4f60\u597d' },
];
