import { HtmlContext } from '../../languages/template/html-context.ts';
import type { Hole, TextPart } from '../text-part.ts';

/**
 * The inserted values of an HTML text that escaping makes harmless: those in element text and in plain quoted attributes.
 */
export function escapableHoles(parts: readonly TextPart[]): ReadonlySet<Hole> {
  const context = new HtmlContext();
  const holes = new Set<Hole>();
  for (const part of parts) {
    if (part.kind === 'letters') context.feed(part.text, 0, part.text.length);
    else if (context.place() === 'text' && !context.isScript) holes.add(part);
  }
  return holes;
}

/**
 * Whether the literal parts of a string contain an HTML tag. A string without one is not treated as HTML, even if it is
 * sent as a page.
 */
export function isMarkup(parts: readonly TextPart[]): boolean {
  return parts.some((part) => part.kind === 'letters' && /<\/?[a-z!]/i.test(part.text));
}
