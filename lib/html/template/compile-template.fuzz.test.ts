import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, parseFragment, html as spec } from 'parse5';
import { describe, expect, it } from 'vitest';
import { Misuse } from '../../refusal/misuse.ts';
import { compileTemplate } from './compile-template.ts';
import type { Hole } from './hole.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** parse5 is the oracle: where a word in a hole's place ends up is where the hole is. */
function placesOf(markup: string): Map<number, string> {
  const places = new Map<number, string>();
  for (const node of nodesOf(treeOf(markup))) {
    if ('attrs' in node) {
      for (const { name, value } of node.attrs) {
        note(value, `${name} of <${node.tagName}>`);
        note(name, 'attribute name');
      }
    } else if ('value' in node) {
      const parent = node.parentNode as Element;
      note(node.value, `text in ${parent.tagName ?? 'root'} ${foreignMark(parent)}`);
    } else if ('data' in node) note(node.data, 'comment');
    else if ('name' in node) note(`${node.name} ${node.publicId}`, 'doctype');
    if ('tagName' in node) note(node.tagName, 'tag name');
  }
  function note(text: string, place: string): void {
    for (const [, index] of text.matchAll(/zq(\d+)zq/g)) places.set(Number(index), place);
  }
  return places;
}

function foreignMark(parent: Element): string {
  return (parent.namespaceURI ?? spec.NS.HTML) === spec.NS.HTML ? 'html' : 'foreign';
}

function treeOf(markup: string): Node {
  if (/<!doctype|<(?:html|head|body|frameset)\b/i.test(markup)) return parse(markup);
  return parseFragment(defaultTreeAdapter.createElement('div', spec.NS.HTML, []), markup, {});
}

function nodesOf(root: Node): Node[] {
  const found: Node[] = [];
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    found.push(node);
    if ('content' in node) waiting.push(node.content);
    if ('childNodes' in node) waiting.push(...node.childNodes.toReversed());
  }
  return found;
}

/** Compiles, and compares with the oracle; undefined where the template is refused. */
function check(parts: readonly string[]): boolean {
  let site: ReturnType<typeof compileTemplate>;
  try {
    site = compileTemplate(parts);
  } catch (error) {
    if (error instanceof Misuse) return false;
    throw error;
  }
  const places = placesOf(parts.reduce((all, part, i) => `${all}zq${i - 1}zq${part}`));
  for (const { hole } of site.holes) {
    const indices = indicesOf(hole);
    for (const index of indices) {
      const place = places.get(index);
      // A parser drops what does not belong where it stands, such as a second <body>.
      if (place === undefined) continue;
      if (hole.kind === 'text') {
        expect(place).toMatch(/^text in /);
        expect(place).not.toMatch(/ (?:script|style|xmp|iframe|noembed|noframes|noscript|plaintext) /);
      } else if (hole.kind === 'plain-text') expect(place).toMatch(/^text in /);
      else if (hole.kind === 'json' || hole.kind === 'script' || hole.kind === 'script-value') {
        expect(place).toMatch(/^text in script /);
      } else if (hole.kind === 'style-sheet') expect(place).toMatch(/^text in style /);
      else if (hole.kind === 'spread') expect(place).toBe('attribute name');
      else if (hole.kind === 'url') expect(place).toBe(hole.plan.place);
      else expect(place).toBe((hole as { readonly place: string }).place);
    }
  }
  return true;
}

function indicesOf(hole: Hole): readonly number[] {
  if (hole.kind === 'url') return hole.plan.holes.map(({ index }) => index);
  if (hole.kind !== 'srcset' || hole.plan === 'list') return [hole.index];
  return hole.plan.flatMap(({ url }) => url.holes.map(({ index }) => index));
}

const hole = '\0';
const pieces = [
  ...[
    '<p>',
    '</p>',
    '<div class="',
    '<a href="',
    '<a href="/x/',
    '?q=',
    '">',
    "'>",
    '"',
    "'",
    '>',
    '<',
    '</',
    ' ',
  ],
  ...[
    'title=',
    'title="',
    "alt='",
    ' data-x="',
    '<img src="',
    '<input value="',
    ' disabled="',
    '/>',
    '=',
    '/',
    '\n',
  ],
  ...[
    '<svg>',
    '</svg>',
    '<math>',
    '</math>',
    '<mi>',
    '</mi>',
    '<circle r="',
    '<title>',
    '</title>',
    '<desc>',
  ],
  ...[
    '<textarea>',
    '</textarea>',
    '<pre>',
    '</pre>',
    '<script>',
    '<script type="application/json">',
    '</script>',
  ],
  ...[
    '<script>x = ',
    ', y = ',
    '[',
    '<p style="',
    '<p class="',
    '<img srcset="',
    ' 2x, ',
    '<iframe srcdoc="',
    '<p ',
  ],
  ...[
    '<style>',
    '</style>',
    '<noscript>',
    '</noscript>',
    '<xmp>',
    '</xmp>',
    '<!--',
    '-->',
    '<!doctype html>',
  ],
  ...[
    '<select>',
    '<option>',
    '</select>',
    '<table>',
    '<tr>',
    '<td>',
    '</table>',
    '<template>',
    '</template>',
  ],
  ...[
    '<body>',
    '<frameset>',
    '<form>',
    '</form>',
    '<b>',
    '</b>',
    '<plaintext>',
    '<![CDATA[',
    ']]>',
    '<g>',
    '</g>',
  ],
  ...['&', '&#x', '&amp;', '&lt', 'text', '<p title="a"class="', '<p x=1 ', '--!>', '<?', '<foreignObject>'],
];

const whole = [
  ...[`<p>${hole}</p>`, `<a href="${hole}">${hole}</a>`, `<a href="/a/${hole}?b=${hole}#${hole}">x</a>`],
  ...[
    `<p class='a ${hole} b' title="${hole}">`,
    `<title>${hole}</title>`,
    `<textarea>${hole}</textarea>`,
    '</p>',
  ],
  ...[
    `<script type="application/json">${hole}</script>`,
    `<svg><circle r="${hole}"/>`,
    '</svg>',
    '<table><tr><td>',
  ],
  ...[
    `<img src="https://${hole}.example.com/${hole}" alt="${hole}">`,
    `<input disabled="${hole}" value="${hole}">`,
  ],
  ...[
    '<select>',
    `<option value="${hole}">${hole}`,
    '</select>',
    '<style>p{}</style>',
    '<math><mi>',
    '</mi></math>',
  ],
  ...[
    '<template>',
    '</template>',
    '<noscript>x</noscript>',
    '<script>"<b>"</script>',
    '<!-- x -->',
    `<pre>${hole}`,
  ],
  ...[
    '<form>',
    '<button>',
    '</form>',
    '<b>',
    '</b>',
    '<h1>',
    '</h1>',
    '<table>',
    '</table>',
    '<br/>',
    hole,
    'text',
  ],
  ...['<body>', '<frameset>', '<a>', '</a>', '<li>', '<title>x</title>', '<g>', '</g>', '<text>', '</text>'],
];

describe('a compiled template', () => {
  it('predicts where the parser puts each hole, for pieces of markup in any order', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...pieces), fc.constant(hole)), { maxLength: 9 }),
        (list) => {
          if (check(list.join('').split(hole))) accepted++;
        },
      ),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(500);
  });

  it('predicts where the parser puts each hole, for elements in any order', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...whole), { maxLength: 12 }), (list) => {
        if (check(list.join('').split(hole))) accepted++;
      }),
      { numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(1_000);
  });

  it('ends for any static text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { minLength: 1, maxLength: 5 }),
        (parts) => {
          check(parts.map((part) => part.replaceAll('\0', '')));
        },
      ),
    );
  });
});
