import type { ClassRule } from './class-rule.ts';
import type { ParseLimits } from './parse-untrusted.ts';

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
