import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, parseFragment, html as spec } from 'parse5';
import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { Misuse } from '../refusal/misuse.ts';
import { xss } from '../testing/corpus/xss.ts';
import { html } from './html.ts';
import { render } from './render.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** What a page is made of, apart from the text in it. */
function shapeOf(markup: string): string {
  return nodesOf(treeOf(markup))
    .filter((node) => !('value' in node))
    .map((node) =>
      'attrs' in node
        ? `${node.namespaceURI} ${node.tagName} ${node.attrs.map(({ name }) => name)} < ${parentOf(node)}`
        : node.nodeName,
    )
    .join('\n');
}

function parentOf(node: Element): string {
  return (node.parentNode as Element | null)?.tagName ?? '';
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

function template(parts: readonly string[]): TemplateStringsArray {
  const strings = Object.assign([...parts], { raw: Object.freeze([...parts]) });
  return Object.freeze(strings) as TemplateStringsArray;
}

const hole = '\0';

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

const nested = [
  ...[
    `<svg>${hole}</svg>`,
    `<svg><g>${hole}</g>${hole}</svg>`,
    `<math>${hole}</math>`,
    `<p>${hole}</p>`,
    hole,
    hole,
  ],
  ...[
    '<g>',
    '</g>',
    `<text x="${hole}">${hole}</text>`,
    '<a>',
    '</a>',
    `<a href="${hole}">x</a>`,
    '<rect/>',
    '<sub/>',
  ],
  ...[
    `<desc>${hole}</desc>`,
    `<title>${hole}</title>`,
    `<g><title>a &lt; ${hole}</title></g>`,
    `<select>${hole}</select>`,
    `<table>${hole}</table>`,
    `<button>${hole}</button>`,
  ],
];

describe('a template', () => {
  it('gives a page of the same shape, whatever the values', () => {
    const value = fc
      .oneof(
        fc.constantFrom(...xss.map(({ payload }) => payload)),
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.string({
          unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '!', '-', 'script', ' ', '=', 'a', '`', '\0'),
          maxLength: 12,
        }),
      )
      // Whether there is text at all decides if unclosed formatting goes on, by the standard and harmlessly.
      .map((text) => `${text}x`);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...whole), { maxLength: 10 }),
        fc.array(value, { minLength: 40, maxLength: 40 }),
        (list, values) => {
          const parts = template(list.join('').split(hole));
          const shown = (given: string[]): string => render(html(parts, ...given.slice(0, parts.length - 1)));
          let plain: string;
          try {
            plain = shown(values.map(() => 'x'));
          } catch (error) {
            if (error instanceof Misuse) return;
            throw error;
          }
          expect(shapeOf(shown(values))).toBe(shapeOf(plain));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('gives a page of the same shape, whatever the values of the templates that are spliced in', () => {
    const lists = fc.array(fc.constantFrom(...whole, ...nested), { maxLength: 6 });
    const value = fc.constantFrom(...xss.map(({ payload }) => payload));
    const values = fc.array(value, { minLength: 20, maxLength: 20 });
    let spliced = 0;
    fc.assert(
      fc.property(
        lists,
        fc.array(lists, { minLength: 20, maxLength: 20 }),
        values,
        (list, children, texts) => {
          const outer = template(list.join('').split(hole));
          const inner = children.map((child) => template(child.join('').split(hole)));
          const fill = (text: (i: number) => string): string => {
            const count = outer.length - 1;
            const parts = inner.slice(0, count).map((strings, at) => {
              const own = strings.slice(1).map((_, i) => text(i + at));
              return at % 4 === 3 ? text(at) : html(strings, ...own);
            });
            return render(html(outer, ...parts));
          };
          let plain: string;
          try {
            plain = fill(() => 'x');
          } catch (error) {
            if (error instanceof Misuse) return;
            throw error;
          }
          if (outer.length > 1) spliced++;
          expect(shapeOf(fill((i) => texts[i % 20] as string))).toBe(shapeOf(plain));
        },
      ),
      { numRuns: 4_000 },
    );
    expect(spliced).toBeGreaterThan(100);
  });
});
