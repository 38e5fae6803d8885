import { shared } from '../../internal/shared.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { basePresets } from './base-presets.ts';
import { type ClassRule, wholeName } from './class-rule.ts';
import type { ParseLimits } from './parse-untrusted.ts';
import { ownOptions, requirePreset } from './require-preset.ts';

export type PresetName = 'text' | 'comment' | 'article' | 'markdown' | 'email' | 'svg';

/** What a sanitiser keeps. It drops everything else. */
export interface PresetOptions {
  /** Elements, in lower case; for `svg` in SVG's own spelling. */
  readonly tags?: readonly string[];
  /** Attributes by element; those under `*` are allowed on every element. */
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  /** Schemes of links, without the colon. Relative URLs are always allowed. Images are http, https or bitmaps. */
  readonly protocols?: readonly string[];
  /**
   * Classes by element, and under `*` for every element: a name, a prefix such as `language-*`, or a RegExp for the whole
   * name. If `attributes` allows `class` and there is no rule here, every class is kept.
   */
  readonly classes?: Readonly<Record<string, readonly ClassRule[]>>;
  /**
   * The prefix of every `id`; links to fragments are rewritten to match. `id` cannot be allowed without it. Letters,
   * digits and hyphens, ending in a hyphen.
   */
  readonly idPrefix?: string;
  /** Properties that a `style` attribute may set, if `attributes` allows one. Their values follow a fixed grammar. */
  readonly styles?: readonly string[];
  /** The `rel` of every link: `nofollow noopener noreferrer ugc` by default. */
  readonly rel?: readonly string[];
  /**
   * Returns the URL to load an image from, such as that of an image proxy, or undefined to leave the image out. It is
   * called for each URL that a browser would load, `srcset` included. The result must be an http, https or relative
   * URL. Return your own URLs unchanged, so that sanitising twice changes nothing.
   */
  readonly images?: (url: string) => string | undefined;
  /**
   * Leaves out the box that clips the output where `styles` can change sizes or places. Only for pages that clip it
   * themselves, as a frame does: otherwise an invisible link can cover the page's buttons. False by default.
   */
  readonly allowOverflow?: boolean;
}

/** A sanitiser's policy: frozen, and created by `preset` only. */
export interface Preset {
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly protocols: readonly string[];
  readonly classes: Readonly<Record<string, readonly ClassRule[]>>;
  readonly idPrefix: string | undefined;
  readonly styles: readonly string[];
  readonly rel: readonly string[];
  readonly images: ((url: string) => string | undefined) | undefined;
  readonly allowOverflow: boolean;
  readonly limits: ParseLimits;
  /** True for `svg` and presets based on it: the output is one picture. */
  readonly picture: boolean;
}

const known = shared('html-preset', () => new WeakSet<object>());

/**
 * A policy of your own. A list that you give replaces that of `base`; the others stay.
 *
 * @throws Misuse `bulwark/invalid-option` for an element, attribute, scheme, class or property that cannot be allowed:
 *   anything that runs a script, loads a document, is parsed by other rules, or takes over names of the page (`name`, and
 *   `id` without a prefix).
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
  const own = ownOptions(options);
  const created: Preset = {
    tags: Object.freeze([...new Set(own.tags ?? from.tags)]),
    attributes: freezeLists(own.attributes ?? from.attributes, (name) => name),
    protocols: Object.freeze([...new Set(own.protocols ?? from.protocols)]),
    classes: freezeLists(own.classes ?? from.classes, (rule) =>
      rule instanceof RegExp ? wholeName(rule) : rule,
    ),
    idPrefix: own.idPrefix ?? from.idPrefix,
    styles: Object.freeze([...new Set(own.styles ?? from.styles)]),
    rel: Object.freeze([...new Set(own.rel ?? from.rel)]),
    images: own.images ?? from.images,
    allowOverflow: own.allowOverflow ?? from.allowOverflow,
    limits: from.limits,
    picture: from.picture,
  };
  requirePreset(created);
  known.add(Object.freeze(created));
  return created;
}

/** @throws Misuse for anything that is neither a name nor made by `preset` */
export function resolvePreset(policy: PresetName | Preset): Preset {
  if (typeof policy === 'object' && policy !== null && known.has(policy)) return policy;
  if (typeof policy === 'string' && Object.hasOwn(basePresets, policy)) return basePresets[policy];
  throw new Misuse(
    'bulwark/invalid-option',
    `A preset is one of ${Object.keys(basePresets).join(', ')}, or the result of preset().`,
  );
}

function freezeLists<T>(
  lists: Readonly<Record<string, readonly T[]>>,
  copyOf: (value: T) => T,
): Readonly<Record<string, readonly T[]>> {
  const copy: Record<string, readonly T[]> = Object.create(null);
  for (const [name, values] of Object.entries(lists)) copy[name] = Object.freeze(values.map(copyOf));
  return Object.freeze(copy);
}
