import { articleElements } from './article.ts';
import { DomMisuse, DomRefusal } from './dom-error.ts';
import { ownOptions, textsOf } from './own-options.ts';
import { parseInert } from './parse-inert.ts';
import { textOf } from './text-of.ts';
import { maxNodes, writeNodes } from './write-nodes.ts';

export interface HtmlOptions {
  /** Keep only these elements of the `article` preset. Other elements keep only their text. */
  readonly elements?: readonly string[];
}

const maxLength = 2_000_000;
const all: ReadonlySet<string> = new Set(articleElements);

/** Parses `markup` in an inert document, and returns new nodes for the allowed parts. */
export function clean(markup: unknown, options: HtmlOptions = {}): DocumentFragment {
  const text = textOf(markup, 'markup');
  if (text.length > maxLength)
    throw new DomRefusal('dom/markup-too-complex', { limit: 'length', most: maxLength });
  // Before parsing: at each tag, browsers search all open elements, which takes minutes for more of them.
  if ((text.match(/<[a-z]/gi)?.length ?? 0) > maxNodes)
    throw new DomRefusal('dom/markup-too-complex', { limit: 'nodes', most: maxNodes });
  const { elements } = ownOptions(options, ['elements']);
  if (elements === undefined) return writeNodes(parseInert(text), all);
  const chosen = textsOf('elements', elements);
  for (const name of chosen) {
    if (!all.has(name)) throw new DomMisuse('dom/invalid-option', `elements cannot include <${name}>.`);
  }
  return writeNodes(parseInert(text), new Set(chosen));
}
