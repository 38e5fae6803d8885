import { wholeName } from './class-rule.ts';
import { supportedTags } from './content-model.ts';
import { styleGrammars } from './mail-style.ts';
import type { ParseLimits } from './parse-untrusted.ts';
import type { Preset, PresetName } from './preset.ts';
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

const articleTags = [...supportedTags].filter((tag) => !['center', 'font', 'input'].includes(tag));
const articleAttributes = {
  '*': 'dir lang title',
  a: 'href hreflang',
  blockquote: 'cite',
  col: 'span',
  colgroup: 'span',
  del: 'cite datetime',
  details: 'open',
  img: 'alt height src width',
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

/** GitHub's, those of marked and markdown-it with their extensions, and those of highlighters. */
const markdownClasses: Preset['classes'] = Object.freeze(
  Object.assign(Object.create(null), {
    '*': split('sr-only'),
    a: split('anchor data-footnote-backref footnote-backref footnote-ref'),
    code: split('hljs language-* lang-* shiki'),
    div: split('footnotes highlight highlight-* markdown-alert markdown-alert-*'),
    hr: split('footnotes-sep'),
    input: split('task-list-item-checkbox'),
    li: split('footnote-item task-list-item'),
    ol: split('contains-task-list footnotes-list'),
    p: split('markdown-alert-title'),
    pre: split('hljs language-* lang-* shiki'),
    section: split('footnotes'),
    sup: split('footnote-ref'),
    ul: split('contains-task-list'),
    span: Object.freeze([...split(`hljs-* line token ${prismTokens}`), hljsScope]),
  }),
);

const cell = 'align bgcolor colspan height nowrap rowspan valign width';

/** What the presets by name allow: data, from what editors, Markdown renderers, mail clients and drawing tools write. */
export const basePresets: Readonly<Record<PresetName, Preset>> = Object.freeze({
  text: { ...plain, tags: split(''), protocols: split('') },
  comment: {
    ...plain,
    tags: split('a b blockquote br code del em i li ol p pre q s small strong sub sup u ul'),
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
      div: 'align',
      h1: 'align',
      h2: 'align',
      h3: 'align',
      img: 'align alt height src width',
      input: 'checked disabled type',
      p: 'align',
    }),
    classes: markdownClasses,
    idPrefix: 'user-content-',
  },
  email: {
    ...plain,
    tags: Object.freeze([...supportedTags].filter((tag) => tag !== 'input')),
    attributes: lists({
      ...articleAttributes,
      '*': 'dir lang role style title',
      div: 'align',
      font: 'color face size',
      h1: 'align',
      h2: 'align',
      h3: 'align',
      hr: 'align color size width',
      img: 'align alt border height src width',
      p: 'align',
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
