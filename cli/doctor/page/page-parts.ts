import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;

/** The parts of an element that a policy concerns. */
export interface Part {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** The text of a script or a style. */
  readonly text: string;
  readonly line: number;
}

const mostParts = 50_000;
/** How many characters of a page are read. */
export const mostMarkup = 500_000;

/** The elements of a page in document order, as a browser parses them. The content of a `template` is inert, and left out. */
export function pageParts(html: string): readonly Part[] {
  const parts: Part[] = [];
  const open: Parent[] = [parse(html.slice(0, mostMarkup), { sourceCodeLocationInfo: true })];
  for (let node = open.pop(); node && parts.length < mostParts; node = open.pop()) {
    if ('tagName' in node) parts.push(partOf(node));
    // Reversed, so that they are visited in order.
    for (const child of [...node.childNodes].reverse()) if ('childNodes' in child) open.push(child);
  }
  return parts;
}

function partOf(element: Element): Part {
  const text = element.childNodes.map((child) => ('value' in child ? child.value : '')).join('');
  return {
    tag: element.tagName,
    attributes: new Map(element.attrs.map(({ name, value }) => [name, value])),
    text: element.tagName === 'script' || element.tagName === 'style' ? text : '',
    line: element.sourceCodeLocation?.startLine ?? 0,
  };
}
