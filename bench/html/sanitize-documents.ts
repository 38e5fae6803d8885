/** The texts that sanitisers are measured with: what people write, and what somebody writes to get past. */
export interface SanitizeDocument {
  readonly name: string;
  readonly markup: string;
  /** Calls a round. */
  readonly calls: number;
}

const words =
  'the of and to in is you that it he was for on are as with his they at be this have from or one had by word but'.split(
    ' ',
  );

function prose(count: number, seed: number): string {
  let text = '';
  for (let i = 0; i < count; i++)
    text += `${i === 0 ? '' : ' '}${words[(seed * 7 + i * 13 + (i >> 3)) % words.length]}`;
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}

/** As an editor or a Markdown renderer writes it: every tag closed, every value quoted. */
function tidy(i: number): string {
  return `<h2>Section ${i}</h2>
<p>${prose(40, i)} <strong>${prose(3, i)}</strong> &amp; <a href="https://example.com/page/${i}?a=1&amp;b=2" title="A link">${prose(4, i)}</a>, it's "so".</p>
<ul>
<li>${prose(8, i)}</li>
<li><em>${prose(5, i + 1)}</em> <code>f(x) &lt; ${i}</code></li>
</ul>
<pre><code>const a = ${i};\nif (a &gt; 1) {\n  run(a);\n}\n</code></pre>
<p><img src="https://example.com/${i}.png" alt="Picture ${i}" width="640" height="480"></p>
<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>${i}</td><td>${prose(3, i)}</td></tr></tbody></table>
<blockquote><p>${prose(20, i)}</p></blockquote>
`;
}

/** As a word processor or an old mail client writes it: open items, styles, names of its own, references. */
function untidy(i: number): string {
  return `<div class=MsoNormal style='margin:0cm;font-size:11.0pt;font-family:"Calibri",sans-serif'><span lang=EN-US>${prose(30, i)}<o:p></o:p></span>
<p class="MsoNormal">${prose(20, i)}&nbsp;&eacute;&mdash;<font color="#ff0000" size=2>${prose(6, i)}</font><p>${prose(9, i)}
<ul type=disc><li>${prose(6, i)}<li><b>${prose(4, i)}</b><li>${prose(5, i)}</ul>
<table border=0 cellpadding="0"><tr><td width=100 valign=top>${i}<td>${prose(6, i)}</table><!-- ${i} --><br clear=all>
<a href=http://example.com/${i}>${prose(3, i)}</a><script>track(${i})</script></div>
`;
}

/** As somebody writes it who wants to run something. */
function hostile(i: number): string {
  return `<p onclick="x(${i})">${prose(12, i)}<img src=x onerror=alert(${i})><svg><style><img src=x onerror=x()></style></svg>
<a href="java&#x09;script:alert(1)">a</a><math><mi//xlink:href="data:x,<script>x()</script>"><b>b<i>c</b>d</i>
<iframe srcdoc="<script>x()</script>"></iframe><form><input name=action></form><div style="background:url(javascript:x())">e
<noscript><p title="</noscript><img src=x onerror=x()>"></noscript></div>`;
}

function upTo(length: number, write: (i: number) => string): string {
  let markup = '';
  for (let i = 0; markup.length < length; i++) markup += write(i);
  return markup;
}

const small = 10_000;
const large = 1_000_000;

export const documents: readonly SanitizeDocument[] = [
  { name: '10 KB, tidy', markup: upTo(small, tidy), calls: 40 },
  { name: '10 KB, untidy', markup: upTo(small, untidy), calls: 40 },
  { name: '10 KB, hostile', markup: upTo(small, hostile), calls: 40 },
  { name: '1 MB, tidy', markup: upTo(large, tidy), calls: 1 },
  { name: '1 MB, untidy', markup: upTo(large, untidy), calls: 1 },
];
