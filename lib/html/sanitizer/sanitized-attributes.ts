import { allowedSrcset } from '../../internal/markup/allowed-srcset.ts';
import { bitmapUrl } from '../../internal/markup/bitmap-url.ts';
import { dimension } from '../../internal/markup/dimension.ts';
import { textAlignOf } from '../../internal/markup/text-align-of.ts';
import { escapeHtml } from '../values/escape.ts';
import { allowedUrl } from '../values/safe-url.ts';
import { allowedStyle } from './allowed-style.ts';
import type { AttributeRule } from './attribute-rule.ts';
import { allowedClasses } from './class-rule.ts';
import type { CompiledPreset, ElementRules } from './compiled-preset.ts';
import type { Element } from './markup-node.ts';
import { prefixedFragment, prefixedId, prefixedIds } from './prefixed-id.ts';
import type { Removed } from './removal.ts';

export interface UnsafeUrl {
  readonly place: string;
  readonly value: string;
}

export interface Allowed {
  /** False where the element has lost what it is for: a link its target, an image its source. */
  readonly keep: boolean;
  /** The attributes as markup, each with a space in front. */
  readonly text: string;
  readonly unsafeUrl: UnsafeUrl | undefined;
}

type Refused = (kind: Removed['kind'], name: string) => void;

/** Longer ones are left out, in UTF-16 units: an unclosed link repeats its attributes in each paragraph. */
const maxTextLength = 1024;
const maxUrlLength = 4096;

const imageSchemes: ReadonlySet<string> = new Set(['http', 'https']);
const nothing: Allowed = Object.freeze({ keep: true, text: '', unsafeUrl: undefined });

/** @param refused is called for each thing that is left out, where somebody asked for a report */
export function allowedAttributes(element: Element, policy: CompiledPreset, refused?: Refused): Allowed {
  const { tagName: tag, attrs } = element;
  const needs = tag === 'a' || tag === 'img' || tag === 'input';
  if (attrs.length === 0 && !needs) return nothing;
  const rules = policy.elements.get(tag);
  let text = '';
  let unsafeUrl: UnsafeUrl | undefined;
  let target = false;
  let named = false;
  let disabled = false;
  for (let i = 0; i < attrs.length; i++) {
    const { name, value } = attrs[i] as Element['attrs'][number];
    const rule = rules?.attributes.get(name);
    if (rule === undefined) {
      const align = name === 'style' ? alignOf(value, attrs, rules) : undefined;
      if (align !== undefined) text += ` align="${align}"`;
      const whole = align !== undefined && /^[^;]*;?\s*$/.test(value);
      if (refused && !whole && name !== 'rel' && name !== 'target') refused('attribute', name);
      continue;
    }
    const allowed =
      name === 'class' && rules?.classes
        ? allowedClasses(value, rules.classes, (found) => refused?.('class', found))
        : allowedValue(rule, value, policy, refused);
    if (allowed !== undefined) {
      if (name === 'href' || name === 'src') target = true;
      else if (name === 'id') named = true;
      else if (name === 'type') target = tag === 'input' && allowed === 'checkbox';
      else if (name === 'disabled') disabled = true;
      text += ` ${name}="${escapeHtml(allowed)}"`;
    } else if ((name === 'href' || name === 'src') && isUnsafe(name, value, policy.links)) {
      unsafeUrl ??= { place: `${name} of <${tag}>`, value: value.slice(0, 1024) };
      refused?.('url', name);
    } else if (name !== 'class' && name !== 'style') refused?.('attribute', name);
  }
  if (!needs) return { keep: true, text, unsafeUrl };
  if (tag === 'a') return { keep: target || named, text: target ? text + policy.rel : text, unsafeUrl };
  // A box of a task list shows something, and is no part of a form.
  if (tag === 'input' && !disabled) text += ' disabled=""';
  return { keep: target, text, unsafeUrl };
}

/** The `align` that stands for a `style`, where the element has none of its own. */
function alignOf(
  style: string,
  attrs: Element['attrs'],
  rules: ElementRules | undefined,
): string | undefined {
  if (!rules?.attributes.has('align') || attrs.some(({ name }) => name === 'align')) return undefined;
  return textAlignOf(style);
}

/** The value to write, or undefined where the attribute is left out. */
function allowedValue(
  rule: AttributeRule,
  value: string,
  policy: CompiledPreset,
  refused: Refused | undefined,
): string | undefined {
  const { idPrefix } = policy.preset;
  switch (rule) {
    case 'text':
      return value.length <= maxTextLength ? value : undefined;
    case 'cut-text':
      return value.slice(0, maxTextLength).replace(/[\ud800-\udbff]$/, '');
    case 'dimension':
      return dimension(value);
    case 'boolean':
      return '';
    case 'link': {
      const url = allowedUrl(value, policy.links);
      return shortUrl(url !== undefined && idPrefix !== undefined ? prefixedFragment(url, idPrefix) : url);
    }
    case 'image':
      return imageUrl(value, policy);
    case 'image-set':
      return allowedSrcset(value, (url) => imageUrl(url, policy));
    case 'id':
      return idPrefix === undefined ? undefined : prefixedId(value, idPrefix);
    case 'id-list':
      return idPrefix === undefined ? undefined : prefixedIds(value, idPrefix);
    case 'style':
      return allowedStyle(value, policy.grammars, (property) => refused?.('style', property));
    default:
      return rule.test(value) ? value : undefined;
  }
}

function imageUrl(value: string, policy: CompiledPreset): string | undefined {
  // A bitmap is as long as its picture, and an image is not repeated.
  const bitmap = bitmapUrl(value);
  if (bitmap !== undefined) return bitmap;
  const url = shortUrl(allowedUrl(value, imageSchemes));
  const { images } = policy.preset;
  if (url === undefined || images === undefined) return url;
  const shown: unknown = images(url);
  return typeof shown === 'string' ? shortUrl(allowedUrl(shown, imageSchemes)) : undefined;
}

function shortUrl(url: string | undefined): string | undefined {
  return url !== undefined && url.length <= maxUrlLength ? url : undefined;
}

/** True where it is the scheme that a URL was left out for, and not its length. */
function isUnsafe(name: 'href' | 'src', value: string, links: ReadonlySet<string>): boolean {
  return allowedUrl(value, name === 'src' ? imageSchemes : links) === undefined;
}
