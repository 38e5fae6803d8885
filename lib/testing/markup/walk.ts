import type { DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

/** Every element under a node in its order, with those inside templates. Deep trees cost no stack. */
export function elementsUnder(root: Node): readonly Element[] {
  const open: Node[] = [root];
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
