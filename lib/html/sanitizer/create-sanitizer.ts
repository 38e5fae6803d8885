import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { type Content, contentOf, type SafeHtml, trust } from '../values/safe-html.ts';
import { boundedCache } from './bounded-cache.ts';
import { resolvePreset } from './preset.ts';
import type { Preset, PresetName } from './preset-type.ts';
import { sanitize } from './sanitize.ts';

export interface SanitizerOptions {
  /** How many results to keep. None by default. */
  readonly cache?: number;
  /** The total length of all kept results, in UTF-16 units. 16,000,000 by default. */
  readonly cacheLength?: number;
}

export type Sanitizer = (markup: string) => SafeHtml;

/**
 * A sanitiser for one policy, with a cache. Store texts as users wrote them, and sanitise them each time you show them, by
 * today's rules.
 *
 * Guarantee: returns what `sanitize` returns. Results are cached under a SHA-256 of the markup, bounded in number and
 * length. The event for an unsafe link is recorded when the markup is sanitised, not when a result comes from the cache.
 *
 * @throws Misuse `bulwark/invalid-option` for an unknown policy or an invalid size
 *
 * @example
 * ```ts
 * import { createSanitizer, render } from 'bulwark/html';
 *
 * const clean = createSanitizer('comment', { cache: 1_000 });
 * render(clean('<b onclick="x()">a</b>')); // '<b>a</b>'
 * ```
 */
export function createSanitizer(policy: PresetName | Preset, options: SanitizerOptions = {}): Sanitizer {
  // Says at once what is no policy.
  resolvePreset(policy);
  const own = knownOptions(options, ['cache', 'cacheLength']);
  const entries = sizeOf('cache', own.cache ?? 0);
  const length = sizeOf('cacheLength', own.cacheLength ?? 16_000_000);
  if (entries === 0) return (markup) => sanitize(markup, policy);
  const cache = boundedCache(entries, length);
  const make = (markup: string): { html: SafeHtml; length: number } => {
    const { markup: text, fitsForeign, effects } = contentOf(sanitize(markup, policy)) as Content;
    // A copy: a piece of what came in would keep the whole of it.
    const html = trust(Buffer.from(text, 'utf16le').toString('utf16le'), fitsForeign, effects);
    return { html, length: text.length };
  };
  return (markup) =>
    typeof markup === 'string' ? cache.of(markup, () => make(markup)) : sanitize(markup, policy);
}

function sizeOf(name: string, size: number): number {
  if (Number.isSafeInteger(size) && size >= 0) return size;
  throw new Misuse('bulwark/invalid-option', `${name} must be a whole number, 0 or more.`);
}
