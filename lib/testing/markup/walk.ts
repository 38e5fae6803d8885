import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

/**
 * Every element of the markup in its order, with those inside templates, as a browser that runs scripts reads it; a piece
 * of a page as in any place, table cells included. Deep trees cost no stack.
 */
export function elementsOf(markup: string): readonly Element[] {
  const isPage = /<(?:!doctype|html|head|body|frameset)[\s/>]/i.test(markup);
  const open: Node[] = [isPage ? parse(markup) : parseFragment(markup)];
  const elements: Element[] = [];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if ('tagName' in node) elements.push(node);
    if ('content' in node) open.push(node.content);
    if ('childNodes' in node) {
      for (let at = node.childNodes.length - 1; at >= 0; at--) open.push(node.childNodes[at] as Node);
    }
  }
  return elements;
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value;
}

export function textOf(element: Element): string {
  return element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
}
