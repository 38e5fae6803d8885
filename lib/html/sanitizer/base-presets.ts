import { wholeName } from './class-rule.ts';
import { supportedTags } from './content-model.ts';
import { styleGrammars } from './mail-style.ts';
import type { ParseLimits } from './parse-untrusted.ts';
import type { Preset, PresetName } from './preset-type.ts';
import { svgTags } from './svg-model.ts';

const split = (names: string): readonly string[] => Object.freeze(names === '' ? [] : names.split(' '));
const lists = (given: Record<string, string>): Preset['attributes'] => {
  const made: Record<string, readonly string[]> = Object.create(null);
  for (const [name, names] of Object.entries(given)) made[name] = split(names);
  return Object.freeze(made);
};

const none: Preset['attributes'] = lists({});
const linkSchemes = split('http https mailto tel');
/** What the page's own links must not be taken for, and what they must not tell the target. */
const rel = split('nofollow noopener noreferrer ugc');
const short: ParseLimits = Object.freeze({ length: 200_000, nodes: 20_000, depth: 1000, attributes: 200 });
const long: ParseLimits = Object.freeze({ length: 2_000_000, nodes: 100_000, depth: 1000, attributes: 200 });
const picture: ParseLimits = Object.freeze({
  length: 1_000_000,
  nodes: 20_000,
  depth: 1000,
  attributes: 100,
});

const plain = {
  attributes: none,
  protocols: linkSchemes,
  classes: none,
  idPrefix: undefined,
  styles: split(''),
  rel,
  images: undefined,
  allowOverflow: false,
  limits: long,
  picture: false,
} satisfies Omit<Preset, 'tags'>;

/** A second `<main>` on a page would take the place of the first one for a screen reader. */
const pageTags = [...supportedTags].filter((tag) => tag !== 'main');
const articleTags = pageTags.filter((tag) => !['center', 'font', 'input'].includes(tag));
const image = 'alt decoding height loading sizes src srcset width';
const articleAttributes = {
  '*': 'dir lang title',
  a: 'href hreflang',
  blockquote: 'cite',
  col: 'span',
  colgroup: 'span',
  data: 'value',
  del: 'cite datetime',
  details: 'open',
  ...Object.fromEntries('div h1 h2 h3 h4 h5 h6 p'.split(' ').map((tag) => [tag, 'align'])),
  img: image,
  ins: 'cite datetime',
  li: 'value',
  ol: 'reversed start type',
  q: 'cite',
  td: 'align colspan rowspan',
  th: 'align colspan rowspan scope',
  time: 'datetime',
};

/** What the themes of Prism know. */
const prismTokens =
  'atrule attr-name attr-value bold boolean builtin cdata char class-name comment constant deleted doctype entity ' +
  'function function-variable important inserted italic keyword namespace number operator parameter prolog property ' +
  'punctuation regex selector string symbol tag template-string interpolation url variable';
/** The second part of a scope of highlight.js, as in `hljs-title function_`. */
const hljsScope = wholeName(/[a-z]{2,20}_{1,2}/);
/** Those of Pygments, Rouge, Chroma and Pandoc, as `k`, `s1` and `kw`. */
const shortToken = wholeName(/[a-z][a-z0-9]?/);

/** GitHub's, those of marked and markdown-it with their extensions, and those of highlighters. */
const markdownClasses: Preset['classes'] = Object.freeze(
  Object.assign(Object.create(null), {
    '*': split('sr-only'),
    a: split(
      'anchor data-footnote-backref footnote footnote-back footnote-backref footnote-ref header-anchor headerlink ' +
        'reversefootnote',
    ),
    code: split('hljs language-* lang-* shiki sourceCode'),
    div: split(
      'admonition codehilite footnote footnotes highlight highlight-* markdown-alert markdown-alert-* sourceCode toc',
    ),
    hr: split('footnotes-sep'),
    input: split('task-list-item-checkbox'),
    li: split('footnote-item task-list-item'),
    ol: split('contains-task-list footnotes-list'),
    nav: split('table-of-contents toc'),
    p: split('admonition-title markdown-alert-title'),
    pre: split('highlight hljs language-* lang-* shiki sourceCode'),
    section: split('footnotes'),
    sup: split('footnote-ref'),
    ul: split('contains-task-list task-list'),
    span: Object.freeze([...split(`hljs-* line pl-* token ${prismTokens}`), hljsScope, shortToken]),
  }),
);

const cell = 'align bgcolor colspan height nowrap rowspan valign width';

/** What the presets by name allow: data, from what editors, Markdown renderers, mail clients and drawing tools write. */
export const basePresets: Readonly<Record<PresetName, Preset>> = Object.freeze({
  text: { ...plain, tags: split(''), protocols: split('') },
  comment: {
    ...plain,
    tags: split('a b blockquote br code del em i li ol p pre q s small strike strong sub sup tt u ul'),
    attributes: lists({ a: 'href title', '*': 'dir lang' }),
    limits: short,
  },
  article: { ...plain, tags: Object.freeze(articleTags), attributes: lists(articleAttributes) },
  markdown: {
    ...plain,
    tags: Object.freeze([...articleTags, 'input']),
    attributes: lists({
      ...articleAttributes,
      '*': 'aria-describedby aria-hidden aria-label aria-labelledby dir id lang role title',
      img: `align ${image}`,
      input: 'checked disabled type',
    }),
    classes: markdownClasses,
    idPrefix: 'user-content-',
  },
  email: {
    ...plain,
    tags: Object.freeze(pageTags.filter((tag) => tag !== 'input')),
    attributes: lists({
      ...articleAttributes,
      '*': 'dir lang role style title',
      font: 'color face size',
      hr: 'align color size width',
      img: `align border ${image}`,
      table: 'align bgcolor border cellpadding cellspacing height width',
      tbody: 'align valign',
      td: cell,
      th: `${cell} scope`,
      thead: 'align valign',
      tr: 'align bgcolor height valign',
      ul: 'type',
    }),
    styles: Object.freeze([...styleGrammars.keys()]),
  },
  svg: {
    ...plain,
    tags: Object.freeze([...svgTags.keys()]),
    protocols: split(''),
    idPrefix: 'svg-',
    limits: picture,
    picture: true,
  },
});
