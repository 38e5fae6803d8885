import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { supportedTags, voidTags } from './content-model.ts';
import type { Node } from './markup-node.ts';
import { parseRest } from './parse-untrusted.ts';
import { readPlainMarkup } from './plain-markup.ts';

const limits = { length: 1e6, nodes: 1e6, depth: 1000, attributes: 200 };

/** A tree in a notation of its own, with texts that stand together made one. */
function shown(nodes: readonly Node[]): string {
  let text = '';
  const of = (list: readonly Node[], depth: number): void => {
    let joined = '';
    const flush = (): void => {
      if (joined !== '') text += `${' '.repeat(depth)}${JSON.stringify(joined)}\n`;
      joined = '';
    };
    for (const node of list) {
      if ('value' in node) joined += node.value;
      else {
        flush();
        if ('tagName' in node) {
          text += `${' '.repeat(depth)}<${node.tagName} ${JSON.stringify(node.attrs)} ${node.namespaceURI}>\n`;
          of(node.childNodes, depth + 1);
        } else text += `${' '.repeat(depth)}${node.nodeName} ${'data' in node ? node.data : ''}\n`;
      }
    }
    flush();
  };
  of(nodes, 0);
  return text;
}

function both(markup: string): { plain: string; parsed: string; end: number } {
  const plain = readPlainMarkup(markup, limits.nodes);
  const rest = plain.end === markup.length ? [] : parseRest(markup.slice(plain.end), limits);
  return {
    plain: shown([...plain.nodes, ...rest]),
    parsed: shown(parseRest(markup, limits)),
    end: plain.end,
  };
}

describe('plain markup', () => {
  it.each([
    ['paragraphs', '<p>a <b>b</b></p>\n<p>c</p>'],
    ['attributes', `<a href="/x?a=1&amp;b=2" title='t' open hreflang=de>x</a>`],
    ['void elements', 'a<br>b<br/>c<hr />d<img src="/x" alt="">'],
    ['references', '&lt;p&gt; &eacute;&mdash;&nbsp;&#39;&#8212; &amp;amp;'],
    ['a line feed behind pre', '<pre>\na\n</pre><pre>\n\nb</pre>'],
    [
      'a line feed behind pre, as a reference',
      '<pre>&#10;a</pre><pre>&NewLine;\nb</pre><pre><b>&#10;c</b></pre>',
    ],
    ['characters by number', '<p>&#9;&#60;&#8364;&#128512;</p>'],
    ['items without ends', '<ul><li>a<li>b<p>c<li>d</ul><p>e<p>f<div>g</div>'],
    ['a table without its bodies', '<table><tr><td>a<td>b<tr><th>c</table><table><td>x</table>'],
    ['a comment', 'a<!-- b -->c'],
    [
      'names with a colon, and scripts',
      '<p>a<o:p>&nbsp;</o:p><script>1 < 2 && "</p>"</script><style></style></p>',
    ],
    ['what is open at the end', '<div><p>a <b>b'],
  ])('is read to its end: %s', (_name, markup) => {
    const { plain, parsed, end } = both(markup);
    expect({ plain, end }).toEqual({ plain: parsed, end: markup.length });
  });

  it.each([
    ['tags that overlap', '<p>x</p><b>a<i>b</b>c</i>'],
    ['a link in a link', '<p>x</p><a href=/>a<a href=/>b</a></a>'],
    ['text between the parts of a table', '<p>x</p><table>a<tr><td>b</td></tr></table>'],
    ['an element that it does not know', '<p>x</p><svg><p>a</p></svg>'],
    ['upper case', '<p>x</p><B>a</B>'],
    ['an attribute twice', '<p>x</p><p title="a" title="b">c</p>'],
    ['a reference without its semicolon', '<p>x</p>&ampx &copy'],
    ['a carriage return', '<p>x</p>a\r\nb'],
    ['a comment that ends early', '<p>x</p><!--> a -->'],
    ['a comment in pre', '<p>x</p><pre><!-- -->\na</pre>'],
    ['an end tag of nothing', '<p>x</p></p>a'],
    ['a self-closing tag', '<p>x</p><b/>a'],
    ['a script with a comment', '<p>x</p><script><!--<script></script>a--></script>'],
    ['a script that ends in another way', '<p>x</p><script>a</SCRIPT >b'],
    ['an element in one with a colon', '<p>x</p><o:p><b>a</b></o:p>'],
    ['a heading in a heading', '<p>x</p><h1>a<h2>b</h2></h1>'],
  ])('is left to the parser from there on: %s', (_name, markup) => {
    const { plain, parsed, end } = both(markup);
    expect({ plain, end }).toEqual({ plain: parsed, end: '<p>x</p>'.length });
  });

  const common = [
    'p',
    'li',
    'ul',
    'table',
    'tr',
    'td',
    'th',
    'tbody',
    'div',
    'b',
    'a',
    'dd',
    'dt',
    'pre',
    'br',
    'o:p',
    'script',
    'style',
  ];
  const odd = [
    'form',
    'svg',
    'nobr',
    'o:p',
    'select',
    'button',
    'main',
    'x-y',
    'B',
    'rb',
    'body',
    'template',
  ];
  const values = ['', ' a=b', ' title="&amp;&eacute;"', ' a=b/', ' a="<b>" c'];
  const oddValues = [" title='&ampx;'", ' a b="c" a', '/', ' a=b`', ' A=b', ' a=""b=""', ' a = b', ' "'];
  const texts = ['x', ' ', '\n', '&lt;', '&notin;', '&#128;', '<!--a-->', 'a\nb', '&nbsp;'];
  const oddTexts = [
    '&amp',
    '&notit;',
    '&#x41;',
    '&#0;',
    '\r',
    '\0',
    '<',
    '<!-->',
    '<!--a--!>b-->',
    '&NotEqualTilde;',
    '&zz;',
  ];

  /** Trees in markup; `oddness` of a hundred tags, values and texts are such as only the parser reads. */
  function trees(oddness: number): fc.Arbitrary<string> {
    const either = (plain: readonly string[], rare: readonly string[]): fc.Arbitrary<string> =>
      fc.oneof(
        { weight: 100 - oddness, arbitrary: fc.constantFrom(...plain) },
        { weight: oddness, arbitrary: fc.constantFrom(...rare) },
      );
    const tag = either([...supportedTags, ...common, ...common, ...common], odd);
    const attribute = either(values, oddValues);
    const open = fc.tuple(tag, attribute).map(([name, more]) => `<${name}${more}>`);
    const stray = tag.map((name) => `</${name}>`);
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'medium', withCrossShrink: true },
        { weight: 3, arbitrary: either(texts, oddTexts) },
        { weight: 1 + oddness, arbitrary: fc.oneof(open, stray) },
        {
          weight: 40,
          arbitrary: fc
            .tuple(tag, attribute, fc.array(tie('tree'), { maxLength: 4 }), fc.boolean())
            .map(([name, more, inner, closed]) => {
              const end = voidTags.has(name) || (!closed && oddness > 0) ? '' : `</${name}>`;
              return `<${name}${more}>${inner.join('')}${end}`;
            }),
        },
      ),
    }));
    return tree;
  }

  it.each([
    ['plain for the most part', 1, 0.1],
    ['odd here and there', 10, 0.02],
  ])(
    'is the tree that the parser builds: %s',
    (_name, oddness, share) => {
      const runs = Number(process.env['BULWARK_FUZZ_RUNS'] ?? 1_000);
      let read = 0;
      fc.assert(
        fc.property(fc.array(trees(oddness), { maxLength: 6 }), (parts) => {
          const markup = parts.join('');
          const { plain, parsed, end } = both(markup);
          if (end > 0) read++;
          expect(plain).toBe(parsed);
        }),
        { numRuns: runs },
      );
      expect(read).toBeGreaterThan(runs * share);
    },
    120_000,
  );
});
