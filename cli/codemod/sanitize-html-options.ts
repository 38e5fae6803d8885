import type { Node } from 'oxc-parser';
import { unwrap } from '../scan/languages/javascript/parse/syntax.ts';
import { type Literal, literalOf } from './literal.ts';

/** What a call of sanitize-html keeps, as a preset. */
export interface Kept {
  readonly base: 'text' | 'article';
  readonly options: {
    readonly tags?: string[];
    readonly attributes?: Record<string, string[]>;
    readonly protocols?: string[];
    readonly classes?: Record<string, string[]>;
    readonly rel?: string[];
  };
  readonly notes: readonly string[];
}

/** Of sanitize-html 2, without the elements that no preset may keep. */
const defaultTags = (
  'address article aside footer header h1 h2 h3 h4 h5 h6 hgroup main nav section blockquote dd div dl dt figcaption figure hr li ' +
  'ol p pre ul a abbr b bdi bdo br cite code data dfn em i kbd mark q rb rp rt rtc ruby s samp small span strong sub sup time u var ' +
  'wbr caption col colgroup table tbody td tfoot th thead tr'
).split(' ');
const defaultAttributes = {
  a: ['href', 'name', 'target'],
  img: ['src', 'srcset', 'alt', 'title', 'width', 'height', 'loading'],
};
const defaultSchemes = ['http', 'https', 'ftp', 'mailto', 'tel'];

/** The preset, or why there is none. */
export function keptMarkup(options: ReadonlyMap<string, Node>, locals: ReadonlySet<string>): Kept | string {
  const unequal = [...options.keys()].find((name) => !known.includes(name));
  if (unequal !== undefined) return `The option ${unequal} has to be moved by hand.`;
  const value = (name: string): Literal | undefined => {
    const node = options.get(name);
    return node && listWithDefaults(node, locals);
  };
  const computed = [...options.keys()].find((name) => value(name) === undefined);
  if (computed !== undefined) return `The option ${computed} is computed.`;
  const tags = value('allowedTags') ?? defaultTags;
  const attributes = value('allowedAttributes') ?? defaultAttributes;
  if (!isTexts(tags)) return 'All elements are allowed. List the ones that you need.';
  if (tags.length === 0)
    return { base: 'text', options: {}, notes: ['Each block of the text is on its own line.'] };
  if (!isRecord(attributes)) return 'The attributes are not lists of names.';
  const schemes = value('allowedSchemes') ?? defaultSchemes;
  const classes = value('allowedClasses');
  if (!isTexts(schemes) || (classes !== undefined && !isRecord(classes)))
    return 'The lists are not lists of names.';
  return preset(tags, attributes, schemes, classes);
}

const known = ['allowedTags', 'allowedAttributes', 'allowedSchemes', 'allowedClasses', 'disallowedTagsMode'];

/** What no preset may keep is left out, with a note for each. */
function preset(
  tags: readonly string[],
  attributes: Readonly<Record<string, readonly string[]>>,
  schemes: readonly string[],
  classes: Readonly<Record<string, readonly string[]>> | undefined,
): Kept {
  const notes = [
    'Links keep no rel of their own, as before; the default of a preset would be nofollow noopener noreferrer ugc.',
  ];
  const dropped = new Set<string>();
  const kept = Object.entries(attributes).flatMap(([tag, names]) => {
    const allowed = names.filter((name) => !unsafe.test(name));
    for (const name of names.filter((one) => unsafe.test(one))) dropped.add(name);
    return tags.includes(tag) || tag === '*' ? [[tag, allowed] as const] : [];
  });
  const protocols = schemes.filter((scheme) => /^(?:https?|mailto|tel)$/.test(scheme));
  for (const scheme of schemes) if (!protocols.includes(scheme)) dropped.add(`${scheme}:`);
  const known = tags.filter((tag) => !unknownTags.includes(tag));
  for (const tag of tags) if (unknownTags.includes(tag)) dropped.add(`<${tag}>`);
  if (dropped.size > 0) notes.push(`No preset keeps these: ${[...dropped].sort().join(', ')}.`);
  return {
    base: 'article',
    options: {
      tags: known,
      attributes: Object.fromEntries(kept.map(([tag, names]) => [tag, [...names]])),
      protocols,
      ...(classes
        ? { classes: Object.fromEntries(Object.entries(classes).map(([tag, names]) => [tag, [...names]])) }
        : {}),
      rel: [],
    },
    notes,
  };
}

/** `name` could take over names of the page's code, and `target` needs a rel that a preset sets. */
const unsafe = /^(?:name|target|id|on.*)$/;
const unknownTags = ['hgroup', 'rb', 'rtc'];

/** `sanitizeHtml.defaults.allowedTags.concat(['img'])`, `[...sanitizeHtml.defaults.allowedTags, 'img']`, or what is written out. */
function listWithDefaults(expression: Node, locals: ReadonlySet<string>): Literal | undefined {
  const node = unwrap(expression);
  const value = literalOf(node);
  if (value !== undefined) return value;
  const defaults = defaultsOf(node, locals);
  if (defaults) return defaults;
  if (node.type === 'ArrayExpression') {
    const parts = node.elements.map((element) => {
      if (element?.type !== 'SpreadElement') return element ? [literalOf(element)] : [undefined];
      return defaultsOf(unwrap(element.argument), locals) ?? [undefined];
    });
    return parts.flat().includes(undefined) ? undefined : (parts.flat() as Literal[]);
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object, property } = node.callee;
  const base = defaultsOf(object, locals);
  const [more] = node.arguments;
  const added = more && literalOf(more);
  const isConcat =
    property.type === 'Identifier' && property.name === 'concat' && node.arguments.length === 1;
  return base && isConcat && added !== undefined && isTexts(added) ? [...base, ...added] : undefined;
}

function defaultsOf(node: Node, locals: ReadonlySet<string>): readonly string[] | undefined {
  if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return undefined;
  const { object, property } = node;
  const isDefaults =
    object.type === 'MemberExpression' &&
    object.property.type === 'Identifier' &&
    object.property.name === 'defaults' &&
    object.object.type === 'Identifier' &&
    locals.has(object.object.name);
  if (!isDefaults) return undefined;
  return property.name === 'allowedTags'
    ? defaultTags
    : property.name === 'allowedSchemes'
      ? defaultSchemes
      : undefined;
}

function isTexts(value: Literal): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isRecord(value: Literal): value is Record<string, string[]> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isTexts)
  );
}
