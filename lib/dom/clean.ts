import { articleElements } from './article.ts';
import { DomMisuse, DomRefusal } from './dom-error.ts';
import { ownOptions, textsOf } from './own-options.ts';
import { parseInert } from './parse-inert.ts';
import { textOf } from './text-of.ts';
import { maxNodes, writeNodes } from './write-nodes.ts';

export interface HtmlOptions {
  /** Only these of the article's elements are kept; of the others, their text is. */
  readonly elements?: readonly string[];
}

const maxLength = 2_000_000;
const all: ReadonlySet<string> = new Set(articleElements);

/** New nodes, of a document that is shown nowhere, for what is allowed of `markup`. */
export function clean(markup: unknown, options: HtmlOptions = {}): DocumentFragment {
  const text = textOf(markup, 'markup');
  if (text.length > maxLength)
    throw new DomRefusal('dom/markup-too-complex', { limit: 'length', most: maxLength });
  // Before they are parsed: browsers look through all elements that are open, and take minutes for more.
  if ((text.match(/<[a-z]/gi)?.length ?? 0) > maxNodes)
    throw new DomRefusal('dom/markup-too-complex', { limit: 'nodes', most: maxNodes });
  const { elements } = ownOptions(options, ['elements']);
  if (elements === undefined) return writeNodes(parseInert(text), all);
  const chosen = textsOf('elements', elements);
  for (const name of chosen) {
    if (!all.has(name)) throw new DomMisuse('dom/invalid-option', `elements names <${name}>.`);
  }
  return writeNodes(parseInert(text), new Set(chosen));
}
