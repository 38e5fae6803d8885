import type { XmlElement } from '../xml/xml-element.ts';

/** A node of XPath's data model. It knows its parent and its place in the document, which an `XmlElement` does not. */
export interface XpathNode {
  readonly kind: 'document' | 'element' | 'attribute' | 'text';
  readonly name: string;
  readonly namespace: string;
  readonly element: XmlElement | undefined;
  readonly parent: XpathNode | undefined;
  /** Document order. */
  readonly order: number;
  /** Among the children of its parent. */
  readonly index: number;
  readonly children: XpathNode[];
  readonly attributes: XpathNode[];
  /** Set for attributes and text nodes; for others once it is known. */
  text: string | undefined;
}

const documents = new WeakMap<XmlElement, XpathNode>();

/** The document with this root element. Made once for each element, because elements are frozen. */
export function documentOf(root: XmlElement): XpathNode {
  const known = documents.get(root);
  if (known !== undefined) return known;
  let order = 0;
  const document = node('document', '', '', undefined, undefined, 0, undefined);
  document.children.push(elementNode(root, document, 0));
  documents.set(root, document);
  return document;

  function node(
    kind: XpathNode['kind'],
    name: string,
    namespace: string,
    element: XmlElement | undefined,
    parent: XpathNode | undefined,
    index: number,
    text: string | undefined,
  ): XpathNode {
    return {
      kind,
      name,
      namespace,
      element,
      parent,
      order: order++,
      index,
      children: [],
      attributes: [],
      text,
    };
  }

  function elementNode(element: XmlElement, parent: XpathNode, index: number): XpathNode {
    const made = node('element', element.name, element.namespace, element, parent, index, undefined);
    for (const [written, value] of Object.entries(element.attributes)) {
      const end = written.startsWith('{') ? written.lastIndexOf('}') : 0;
      const name = end === 0 ? written : written.slice(end + 1);
      const namespace = end === 0 ? '' : written.slice(1, end);
      made.attributes.push(node('attribute', name, namespace, undefined, made, 0, value));
    }
    element.children.forEach((child, at) => {
      const below =
        typeof child === 'string'
          ? node('text', '', '', undefined, made, at, child)
          : elementNode(child, made, at);
      made.children.push(below);
    });
    return made;
  }
}

/** The text of a node and everything below it. It is joined once for each node that needs it. */
export function textOfNode(node: XpathNode, spend: (steps: number) => void): string {
  if (node.text !== undefined) return node.text;
  const parts: string[] = [];
  const rest = [node];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    spend(1);
    if (next.text !== undefined) {
      spend(next.text.length >> 4);
      parts.push(next.text);
    } else {
      for (let index = next.children.length - 1; index >= 0; index--)
        rest.push(next.children[index] as XpathNode);
    }
  }
  node.text = parts.join('');
  return node.text;
}
