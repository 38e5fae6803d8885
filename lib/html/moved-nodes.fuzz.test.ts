import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse, parseFragment, serialize } from 'parse5';
import { beforeAll, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { Misuse } from '../refusal/misuse.ts';
import { html } from './html.ts';
import { render } from './render.ts';
import { sanitize } from './sanitizer/sanitize.ts';
import type { SafeHtml } from './values/safe-html.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

/** A template with its values, which may be templates. */
interface Made {
  readonly parts: readonly string[];
  readonly values: readonly Value[];
}
type Value = Made | readonly Value[] | string | null;

const hole = '\0';
const names = (
  'p div span b i a button form ul li dl dt dd h1 h2 table caption colgroup thead tbody tr td th select option optgroup ' +
  'ruby rt rp object template nobr label section details summary fieldset pre marquee em svg g'
).split(' ');
const voids = [
  '<br>',
  '<hr>',
  '<input>',
  '<input type="hidden">',
  '<col>',
  '<img>',
  '<meta name="a" content="b">',
  '<link rel="icon" href="/x">',
];
const bare = ['TAIL', ' ', '<!-- x -->', '<style>p{}</style>', '<script>1</script>', ...voids];

/** Elements in pairs, with holes between them. */
const markup: fc.Memo<string> = fc.memo((depth) => {
  const leaf = fc.oneof(fc.constant(hole), fc.constantFrom(...bare));
  if (depth <= 1) return leaf;
  const element = fc
    .tuple(fc.constantFrom(...names), fc.array(markup(depth - 1), { maxLength: 3 }))
    .map(([name, children]) => `<${name}>${children.join('')}</${name}>`);
  return fc.oneof({ weight: 2, arbitrary: leaf }, { weight: 3, arbitrary: element });
});

const made: fc.Memo<Made> = fc.memo((depth) =>
  fc.array(markup(4), { minLength: 1, maxLength: 3 }).chain((pieces) => {
    const parts = pieces.join('').split(hole);
    return fc
      .array(value(depth - 1), { minLength: parts.length - 1, maxLength: parts.length - 1 })
      .map((values) => ({ parts, values }));
  }),
);

/** Each element ends where its end tag is: what closes too much, or too little, does so as its own tags say. */
function isBalanced({ parts }: Made): boolean {
  const plain = (text: string): string => text.replaceAll(/<.?tbody>|<.?colgroup>/g, '').replaceAll('"', '');
  const own = parts.join('');
  return plain(serialize(parseFragment(own))) === plain(own);
}

const value: fc.Memo<Value> = fc.memo((depth): fc.Arbitrary<Value> => {
  const plain = fc.constantFrom<Value>('hello', '', ' ', null, 'sanitised');
  if (depth <= 0) return plain;
  const template = made(depth).filter(isBalanced);
  return fc.oneof(
    { weight: 1, arbitrary: plain },
    { weight: 3, arbitrary: template },
    { weight: 1, arbitrary: fc.array(template, { maxLength: 2 }) },
  );
});

const around = [
  ['<!doctype html><html><head><title>x</title></head><body>', '</body></html>'],
  ['<!doctype html><title>x</title><div>', '</div>'],
  ['<!doctype html><body><table><tr><td>', '</td></tr></table>TAIL'],
  ['<!doctype html><html><head>', `</head><body>${hole}<p>TAIL</p></body></html>`],
  ['<!doctype html><html>', '<body><p>TAIL</p></body></html>'],
  ['<!doctype html><body><table>', '<tr><td>TAIL</td></tr></table>'],
  ['<!doctype html><body><p><a href="/">', '</a>TAIL</p><form>TAIL</form>'],
] as const;

function template(parts: readonly string[]): TemplateStringsArray {
  return Object.freeze(Object.assign([...parts], { raw: Object.freeze([...parts]) })) as TemplateStringsArray;
}

function given(one: Value): unknown {
  if (one === 'sanitised')
    return sanitize('<p>x</p><ul><li>x</li></ul><a href="/">x</a><h2>x</h2>', 'article');
  if (one === null || typeof one === 'string') return one;
  return 'parts' in one ? built(one.parts, one.values.map(given)) : one.map(given);
}

function built(parts: readonly string[], values: readonly unknown[]): SafeHtml {
  return (html as (strings: TemplateStringsArray, ...values: unknown[]) => SafeHtml)(
    template(parts),
    ...values,
  );
}

/** Marks the template's own nodes, to tell them from those of values: text by its letters, elements by an attribute. */
function marked(parts: readonly string[]): string[] {
  let count = 0;
  return parts.map((part) =>
    part
      .replace(/<([a-z][a-z0-9]*)/g, (tag) => `${tag} data-own="${count++}"`)
      .replaceAll('TAIL', () => `OWN${count++}.`),
  );
}

/** Each own node of the outer template with its ancestors, as the standard's parser has them. */
function pathsOf(page: string): string[] {
  const found = new Map<string, string>();
  const waiting: [DefaultTreeAdapterTypes.Node, string][] = [[parse(page), '']];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, path] = next;
    const own =
      'attrs' in node ? node.attrs.filter(({ name }) => name === 'data-own').map(({ value: id }) => id) : [];
    if (node.nodeName === '#text' && 'value' in node) own.push(...(node.value.match(/OWN\d+/g) ?? []));
    // Of an element that the parser opens again, the first counts.
    for (const id of own) if (!found.has(id)) found.set(id, `${node.nodeName} <${path}`);
    const inside = ` ${node.nodeName}${path}`;
    if ('content' in node) waiting.push([node.content, inside]);
    if ('childNodes' in node) for (const child of node.childNodes.toReversed()) waiting.push([child, inside]);
  }
  return [...found].map(([id, path]) => `${id} ${path}`);
}

it('no accepted value changes the ancestors of the nodes of a template, as parse5 reads the page', () => {
  let [kept, refused] = [0, 0];
  fc.assert(
    fc.property(fc.constantFrom(...around), made(3), ([start, end], inner) => {
      const text = start + inner.parts.join(hole) + end;
      const parts = marked(text.split(hole));
      const values: Value[] = [...inner.values];
      while (values.length < parts.length - 1) values.push('hello');
      let page: string;
      let empty: string;
      try {
        empty = render(
          built(
            parts,
            values.map(() => null),
          ),
        );
        page = render(built(parts, values.map(given)));
      } catch (error) {
        if (!(error instanceof Misuse)) throw error;
        if (error.code === 'html/misplaced-content') refused++;
        return;
      }
      kept++;
      expect(pathsOf(page)).toEqual(pathsOf(empty));
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 3_000) },
  );
  expect(Math.min(kept, refused)).toBeGreaterThan(200);
}, 120_000);
