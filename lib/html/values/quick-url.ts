import type { UrlPlan } from '../template/url-plan.ts';
import { escapeHtml } from './escape.ts';
import { joinUrl } from './safe-url.ts';

/**
 * The static text of a URL, escaped, where a word in each hole leaves everything as it is: letters and digits need no
 * encoding, and cannot become a scheme, a host, a dot segment or white space. `wholeUrl` where one value is all of it.
 * Undefined where each value is to be decided on.
 */
export function quickTexts(plan: UrlPlan): readonly string[] | undefined {
  const { texts, holes, shape } = plan;
  if (holes.length === 1 && holes[0]?.position === 'start' && texts.join('') === '') return wholeUrl;
  if (holes.some(({ position }) => !encoded.has(position))) return undefined;
  // A value could go on with what starts an encoded dot.
  if (texts.slice(0, -1).some((text) => /%2?$/i.test(text))) return undefined;
  const words = holes.map(() => 'x');
  return joinUrl(plan, words) === shape ? texts.map(escapeHtml) : undefined;
}

const encoded: ReadonlySet<string> = new Set(['part', 'query', 'address']);

const wholeUrl: readonly string[] = ['', ''];

/** The URL, escaped, or undefined where a value is neither a word nor, for all of it, a plain URL. */
export function quickUrl(
  texts: readonly string[],
  holes: UrlPlan['holes'],
  values: readonly unknown[],
): string | undefined {
  if (texts === wholeUrl) {
    const value = values[holes[0]?.index ?? 0];
    return typeof value === 'string' && plainUrl.test(value) ? escapeHtml(value) : undefined;
  }
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
  return typeof value === 'string' && word.test(value);
}

const word = /^[\w-]+$/;

/** Printable ASCII, of which URL parsers strip nothing, with no scheme or with one that is followed safely. */
const plainUrl = /^(?:https?:[!-~]*|[!-9;-~]*)$/;
