import { shared } from '../internal/shared.ts';
import { Misuse } from '../refusal/misuse.ts';
import { attributeRules } from './attribute-rule.ts';
import { supportedTags, tableTags } from './content-model.ts';
import type { ParseLimits } from './parse-untrusted.ts';

export type PresetName = 'text' | 'comment' | 'article';

/** What a sanitiser keeps. Everything that is not named is left out. */
export interface PresetOptions {
  /** Elements, in lower case. */
  readonly tags?: readonly string[];
  /** Attributes by element; those under `*` are allowed on every element. */
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  /** Schemes of links, without the colon. Relative URLs are always allowed, images are http, https or bitmaps. */
  readonly protocols?: readonly string[];
}

/** A sanitiser's policy: frozen, and made by `preset` only. */
export interface Preset extends Required<PresetOptions> {
  readonly limits: ParseLimits;
}

const known = shared('html-preset', () => new WeakSet<object>());

/**
 * A policy of your own. Each list that you give replaces the one of `base`; the others stay.
 *
 * @throws Misuse `bulwark/invalid-option` for an element, attribute or scheme that cannot be allowed: what runs a
 *   script, loads a document, is parsed by other rules, or takes over names of the page (`id`, `name`).
 *
 * @example
 * ```ts
 * import { preset, render, sanitize } from 'bulwark/html';
 *
 * const note = preset('comment', { tags: ['b', 'a'], protocols: ['https'] });
 * render(sanitize('<p><b>x</b> <a href="http://example.com/">y</a></p>', note)); // '<b>x</b> y'
 * ```
 */
export function preset(base: PresetName | Preset, options: PresetOptions = {}): Preset {
  const from = resolvePreset(base);
  const created: Preset = {
    tags: Object.freeze([...new Set(options.tags ?? from.tags)]),
    attributes: freezeLists(options.attributes ?? from.attributes),
    protocols: Object.freeze([...new Set(options.protocols ?? from.protocols)]),
    limits: from.limits,
  };
  requireTags(created.tags);
  for (const [tag, names] of Object.entries(created.attributes)) requireAttributes(tag, names);
  for (const scheme of created.protocols) requireScheme(scheme);
  known.add(Object.freeze(created));
  return created;
}

/** @throws Misuse for anything that is neither a name nor made by `preset` */
export function resolvePreset(policy: PresetName | Preset): Preset {
  if (typeof policy === 'object' && policy !== null && known.has(policy)) return policy;
  const base = typeof policy === 'string' ? Object.getOwnPropertyDescriptor(bases, policy)?.value : undefined;
  if (base) return base as Preset;
  throw new Misuse(
    'bulwark/invalid-option',
    "A preset is 'text', 'comment', 'article', or what preset() gave.",
  );
}

function freezeLists(lists: Readonly<Record<string, readonly string[]>>): Preset['attributes'] {
  const copy: Record<string, readonly string[]> = Object.create(null);
  for (const [name, values] of Object.entries(lists)) copy[name] = Object.freeze([...values]);
  return Object.freeze(copy);
}

function requireTags(tags: readonly string[]): void {
  for (const tag of tags) {
    if (supportedTags.has(tag)) continue;
    throw new Misuse(
      'bulwark/invalid-option',
      `The sanitiser cannot allow <${tag}>. It can allow: ${[...supportedTags].join(' ')}.`,
    );
  }
  const parts = [...tableTags].filter((tag) => tags.includes(tag));
  if (parts.length === 0 || parts.length === tableTags.size) return;
  throw new Misuse(
    'bulwark/invalid-option',
    `A table is allowed with all its parts: ${[...tableTags].join(' ')}.`,
  );
}

function requireAttributes(tag: string, names: readonly string[]): void {
  if (tag !== '*' && !supportedTags.has(tag)) {
    throw new Misuse('bulwark/invalid-option', `The sanitiser cannot allow attributes of <${tag}>.`);
  }
  for (const name of names) {
    if (attributeRules.has(name)) continue;
    const possible = [...attributeRules.keys()].join(' ');
    throw new Misuse(
      'bulwark/invalid-option',
      `The sanitiser cannot allow the attribute ${name}. It can allow: ${possible}.`,
    );
  }
}

/** Schemes that run something, carry a document, or reach into the browser or the machine. */
const refusedSchemes: ReadonlySet<string> = new Set(
  'javascript vbscript livescript mocha data blob filesystem file about chrome resource view-source jar mhtml'.split(
    ' ',
  ),
);

function requireScheme(scheme: string): void {
  if (/^[a-z][a-z0-9+.-]*$/.test(scheme) && !refusedSchemes.has(scheme)) return;
  throw new Misuse(
    'bulwark/invalid-option',
    `The sanitiser cannot allow the scheme ${scheme}; it is written like "https".`,
  );
}

const commentTags = 'a b blockquote br code del em i li ol p pre q s small strong sub sup u ul'.split(' ');
const linkSchemes: readonly string[] = Object.freeze(['http', 'https', 'mailto', 'tel']);
const short: ParseLimits = Object.freeze({ length: 200_000, nodes: 20_000, depth: 1000, attributes: 200 });
const long: ParseLimits = Object.freeze({ length: 2_000_000, nodes: 100_000, depth: 1000, attributes: 200 });

const bases: Readonly<Record<PresetName, Preset>> = Object.freeze({
  text: Object.freeze({ tags: [], attributes: {}, protocols: [], limits: long }),
  comment: Object.freeze({
    tags: commentTags,
    attributes: { a: ['href', 'title'], '*': ['dir', 'lang'] },
    protocols: linkSchemes,
    limits: short,
  }),
  article: Object.freeze({
    tags: [...supportedTags],
    attributes: {
      '*': ['dir', 'lang', 'title'],
      a: ['href', 'hreflang'],
      blockquote: ['cite'],
      col: ['span'],
      colgroup: ['span'],
      del: ['cite', 'datetime'],
      details: ['open'],
      img: ['alt', 'height', 'src', 'width'],
      ins: ['cite', 'datetime'],
      li: ['value'],
      ol: ['reversed', 'start', 'type'],
      q: ['cite'],
      td: ['align', 'colspan', 'rowspan'],
      th: ['align', 'colspan', 'rowspan', 'scope'],
      time: ['datetime'],
    },
    protocols: linkSchemes,
    limits: long,
  }),
});
