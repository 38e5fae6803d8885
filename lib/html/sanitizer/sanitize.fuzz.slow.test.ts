import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, parseFragment, html as spec } from 'parse5';
import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { xss } from '../../testing/corpus/xss.ts';
import { render } from '../render.ts';
import { droppedTags, fits, supportedTags, voidTags } from './content-model.ts';
import { preset } from './preset.ts';
import type { PresetName } from './preset-type.ts';
import { sanitize } from './sanitize.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

type Node = DefaultTreeAdapterTypes.ChildNode;

/**
 * Reads the sanitiser's output the way it was meant: tags in pairs and nothing implied. Not a parser: where a browser
 * would add, move or close anything, the two trees differ.
 */
function meant(markup: string): string {
  return markup
    .replace(/<pre([^>]*)>\n/g, '<pre$1>')
    .split(/(<[^>]*>)/)
    .filter((piece) => piece !== '')
    .join('\n');
}

/** The same notation, written from the tree that a parser builds. */
function built(nodes: readonly Node[]): string {
  const lines: string[] = [];
  const steps: (Node | string)[] = [...nodes].reverse();
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (typeof step === 'string') lines.push(step);
    else if ('value' in step) lines.push(escaped(step.value));
    else if ('tagName' in step) {
      const attributes = step.attrs.map(({ name, value }) => ` ${name}="${escaped(value)}"`).join('');
      expect(step.namespaceURI).toBe(spec.NS.HTML);
      lines.push(`<${step.tagName}${attributes}>`);
      if (voidTags.has(step.tagName)) continue;
      steps.push(`</${step.tagName}>`, ...step.childNodes.toReversed());
    } else lines.push(step.nodeName);
  }
  return lines.join('\n');
}

function escaped(text: string): string {
  const names: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
    '\r': '&#13;',
  };
  return text.replace(/[&<>"'\r]/g, (c) => names[c] as string);
}

const contexts = ['div', 'body', 'td', 'section', 'li', 'template'];
const everything = preset('article', {
  attributes: {
    '*': ['class', 'title', 'lang', 'dir', 'align', 'width'],
    a: ['href'],
    img: ['src', 'srcset', 'sizes', 'alt'],
  },
});
const fewTags = preset('article', { tags: ['a', 'li', 'p', 'dd', 'h2', 'rt', 'pre', 'div', 'b'] });
const policies = ['text', 'comment', 'article', everything, fewTags] as const;

function check(markup: string): void {
  for (const policy of policies) {
    const once = render(sanitize(markup, policy));
    expect(render(sanitize(once, policy))).toBe(once);
    for (const name of contexts) {
      const context = defaultTreeAdapter.createElement(name, spec.NS.HTML, []);
      expect(built(parseFragment(context, once, {}).childNodes)).toBe(meant(once));
    }
    const page = parse(`<!doctype html><body><main>${once}</main>`);
    const [, html] = page.childNodes;
    const body = html && 'childNodes' in html ? html.childNodes[1] : undefined;
    const main = body && 'childNodes' in body ? body.childNodes[0] : undefined;
    expect(main && 'childNodes' in main ? built(main.childNodes) : '').toBe(meant(once));
    if (policy === 'text') expect(once).not.toMatch(/[<>]/);
  }
}

const tags = [
  ...supportedTags,
  ...droppedTags,
  ...[
    'form',
    'button',
    'font',
    'center',
    'main',
    'nobr',
    'marquee',
    'input',
    'option',
    'optgroup',
    'rb',
    'rtc',
    'label',
  ],
  ...[
    'mtext',
    'mglyph',
    'annotation-xml',
    'foreignObject',
    'desc',
    'g',
    'mi',
    'o:p',
    'x-y',
    'body',
    'html',
    'image',
    'big',
  ],
];
const frequent = [
  'table',
  'tr',
  'td',
  'caption',
  'a',
  'p',
  'b',
  'i',
  'li',
  'ul',
  'dd',
  'dl',
  'h1',
  'h2',
  'div',
  'pre',
  'svg',
  'math',
  'select',
  'template',
  'ruby',
  'rt',
  'button',
  'object',
];
const tag = fc.oneof(fc.constantFrom(...tags), fc.constantFrom(...frequent));
const attribute = fc.constantFrom(
  '',
  ' href=x',
  ' src=y',
  ' class="a b"',
  ' title="</p><img>"',
  ' onclick=x',
  ' id=a',
  ' encoding=text/html',
  ' align=left',
  ' lang',
);
const piece = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(tag, attribute).map(([name, more]) => `<${name}${more}>`) },
  { weight: 3, arbitrary: tag.map((name) => `</${name}>`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('text', ' ', '\n', '\n\n', '\r', '&#13;', '&lt;', '\0', '&#10;x', 'y\nz'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('<!--', '-->', '<![CDATA[', ']]>', '<', '"', '>', '&', '<?', '</', '<!x>'),
  },
);

describe('sanitised markup', () => {
  it('is parsed to the tree that was written, and comes out of a second pass unchanged: the corpus', () => {
    for (const { payload } of xss) check(payload);
  });

  it('is parsed to the tree that was written, and comes out of a second pass unchanged: any order of tags', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (list) => check(list.join(''))),
      { numRuns: 1_000 },
    );
  }, 120_000);

  it('is parsed to the tree that was written, and comes out of a second pass unchanged: mixed payloads', () => {
    const part = fc.oneof(
      fc.constantFrom(...xss.map(({ payload }) => payload).filter((p) => p.length < 300)),
      piece,
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.nat(), fc.nat(), (list, from, length) => {
        const all = list.join('');
        const start = from % (all.length + 1);
        check(all.slice(start, start + (length % 400) + 1));
      }),
      { numRuns: 1_000 },
    );
  }, 120_000);

  it('is never refused, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), check), { numRuns: 1_000 });
  });
});

describe('the content model', () => {
  it('says that an element fits where a parser leaves it', () => {
    const names = [...supportedTags];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names), { maxLength: 8 }), (list) => {
        const open: string[] = [];
        for (const name of list) if (!voidTags.has(name) && fits(name, open)) open.push(name);
        const markup =
          open.map((name) => `<${name}>`).join('') +
          open
            .toReversed()
            .map((name) => `</${name}>`)
            .join('');
        const context = defaultTreeAdapter.createElement('div', spec.NS.HTML, []);
        expect(built(parseFragment(context, markup, {}).childNodes)).toBe(meant(markup));
      }),
      { numRuns: 5_000 },
    );
  });

  it('has a preset for every name', () => {
    for (const name of ['text', 'comment', 'article'] satisfies PresetName[]) {
      expect(render(sanitize('x', preset(name)))).toBe('x');
    }
  });
});
