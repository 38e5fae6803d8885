import { articleElements } from './article.ts';
import { DomMisuse, DomRefusal } from './dom-error.ts';
import { parseInert } from './parse-inert.ts';
import { textOf } from './text-of.ts';
import { writeNodes } from './write-nodes.ts';

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
  // Only what the developer wrote: a polluted prototype must not change a policy.
  const elements = Object.hasOwn(options, 'elements') ? options.elements : undefined;
  for (const name of elements ?? []) {
    if (!all.has(name)) throw new DomMisuse('dom/invalid-option', `elements names <${name}>.`);
  }
  return writeNodes(parseInert(text), elements ? new Set(elements) : all);
}
