import { isDataBlock, runsAsDocument, runsAsLink } from './runs.ts';
import { attribute, type Element, elementsOf, textOf } from './walk.ts';

/** Something in markup that runs, or that decides what runs. */
export interface ActiveContent {
  /** `script`, `onclick`, `javascript: in href`: what is compared between two pages. */
  readonly kind: string;
  readonly source: string;
}

export interface Given {
  /** Scripts that carry it are the application's own. */
  readonly nonce?: string | undefined;
}

/** A document in `srcdoc` may hold another. No page nests more. */
const deepest = 5;

/** All of it, in the order of the document. Data blocks run nothing (HTML, 4.12.1). */
export function activeContent(elements: readonly Element[], given: Given = {}, depth = 0): ActiveContent[] {
  return elements.flatMap((element) => ofElement(element, given, depth));
}

function ofElement(element: Element, given: Given, depth: number): ActiveContent[] {
  const { tagName } = element;
  const found: ActiveContent[] = [];
  const add = (kind: string, value = ''): void => {
    found.push({ kind, source: `<${tagName}${value}>` });
  };
  if (tagName === 'script' && !isGiven(element, given) && !isDataBlock(element)) {
    add('script', `>${textOf(element).slice(0, 200)}`);
  }
  if (tagName === 'object' || tagName === 'embed' || tagName === 'applet' || tagName === 'base') add(tagName);
  const refreshes =
    tagName === 'meta' && attribute(element, 'http-equiv')?.trim().toLowerCase() === 'refresh';
  if (refreshes) add('meta refresh', ` content=${attribute(element, 'content')}`);
  const animated = attribute(element, 'attributeName') ?? '';
  if (/^(?:animate|set)/i.test(tagName) && /^(?:(?:xlink:)?href$|on)/i.test(animated)) {
    add(`animated ${animated.toLowerCase()}`);
  }
  for (const { name, prefix, value } of element.attrs) {
    const full = prefix ? `${prefix}:${name}` : name;
    const written = ` ${full}=${value.slice(0, 200)}`;
    // No HTML or SVG attribute that begins so is anything else.
    if (/^on./i.test(name)) add(name.toLowerCase(), written);
    else if (name === 'srcdoc') found.push(...inner(value, given, depth));
    else if (runsAsLink(name, value)) add(`script URL in ${full}`, written);
    else if (runsAsDocument(tagName, name, value)) add(`data: URL in ${full}`, written);
  }
  return found;
}

function inner(markup: string, given: Given, depth: number): ActiveContent[] {
  if (depth >= deepest) return [{ kind: 'srcdoc', source: `srcdoc in srcdoc, ${deepest} times` }];
  return activeContent(elementsOf(markup), given, depth + 1).map(({ kind, source }) => ({
    kind: `${kind} in srcdoc`,
    source,
  }));
}

function isGiven(script: Element, { nonce }: Given): boolean {
  return nonce !== undefined && attribute(script, 'nonce') === nonce;
}
