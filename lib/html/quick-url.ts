import { escapeHtml } from './escape.ts';
import { joinUrl } from './safe-url.ts';
import type { UrlPlan } from './url-plan.ts';

/**
 * The static text of a URL, escaped, where a word in each hole leaves everything as it is: letters and digits need no
 * encoding, and cannot become a scheme, a host, a dot segment or white space. Undefined where that is not so.
 */
export function quickTexts(plan: UrlPlan): readonly string[] | undefined {
  const { texts, holes, shape } = plan;
  if (holes.some(({ position }) => !encoded.has(position))) return undefined;
  // A value could go on with what starts an encoded dot.
  if (texts.slice(0, -1).some((text) => /%2?$/i.test(text))) return undefined;
  if (
    joinUrl(
      plan,
      holes.map(() => 'x'),
    ) !== shape
  )
    return undefined;
  return texts.map(escapeHtml);
}

const encoded: ReadonlySet<string> = new Set(['part', 'query', 'address']);

/** The URL, escaped, or undefined where a value is more than a word, so that it is to be decided on. */
export function quickUrl(
  texts: readonly string[],
  holes: UrlPlan['holes'],
  values: readonly unknown[],
): string | undefined {
  let url = texts[0] as string;
  for (let i = 0; i < holes.length; i++) {
    const value = values[(holes[i] as UrlPlan['holes'][number]).index];
    if (
      typeof value === 'number' ? !(Number.isInteger(value) && value >= 0 && value < 1e15) : !isWord(value)
    ) {
      return undefined;
    }
    url += (value as string | number) + (texts[i + 1] as string);
  }
  return url;
}

function isWord(value: unknown): value is string {
  if (typeof value !== 'string' || value.length === 0 || value.length > 40) return false;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    // Letters first, then digits and the hyphen.
    if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) continue;
    if (!((code >= 0x30 && code <= 0x39) || code === 0x2d)) return false;
  }
  return true;
}
