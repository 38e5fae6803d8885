import { articleValue, attributesOf, droppedElements, voidElements } from './article.ts';
import { DomRefusal } from './dom-error.ts';
import {
  dataOf,
  firstChild,
  getAttribute,
  htmlNamespace,
  localName,
  namespaceUri,
  nextSibling,
  nodeType,
} from './native.ts';

const dropped: ReadonlySet<string> = new Set(droppedElements);

/** Deeper than any real text, and well below the depth of 512 at which browsers move elements elsewhere. */
const maxDepth = 100;
export const maxNodes = 100_000;

interface Step {
  readonly node: Node | null;
  readonly parent: Node;
  readonly depth: number;
}

/**
 * Builds new nodes for the allowed parts of a tree. Nothing is serialised and parsed again, so nothing can mutate in between. No
 * node of the tree is reused, and none is read through a property that its own content could shadow.
 *
 * @throws DomRefusal `dom/markup-too-complex`
 */
export function writeNodes(root: Element, elements: ReadonlySet<string>): DocumentFragment {
  const document = root.ownerDocument;
  const out = document.createDocumentFragment();
  const steps: Step[] = [{ node: firstChild(root), parent: out, depth: 0 }];
  let count = 0;
  for (let step = steps.pop(); step; step = steps.pop()) {
    const { node, parent, depth } = step;
    if (!node) continue;
    if (++count > maxNodes)
      throw new DomRefusal('dom/markup-too-complex', { limit: 'nodes', most: maxNodes });
    steps.push({ ...step, node: nextSibling(node) });
    const type = nodeType(node);
    if (type === 3) parent.appendChild(document.createTextNode(dataOf(node)));
    if (type !== 1) continue;
    const tag = localName(node);
    if (namespaceUri(node) !== htmlNamespace || dropped.has(tag)) continue;
    const made = elements.has(tag) && depth < maxDepth ? copyOf(node, tag, document) : undefined;
    if (made) parent.appendChild(made);
    if (made && voidElements.has(tag)) continue;
    steps.push({ node: firstChild(node), parent: made ?? parent, depth: made ? depth + 1 : depth });
  }
  // Merges text nodes that a removed element used to separate.
  out.normalize();
  return out;
}

/** Undefined if the element lost its purpose: a link without a target, an image without a source. */
function copyOf(node: Node, tag: string, document: Document): Element | undefined {
  const made = document.createElement(tag);
  for (const name of attributesOf(tag)) {
    const value = getAttribute(node, name);
    const allowed = value === null ? undefined : articleValue(name, value);
    if (allowed !== undefined) made.setAttribute(name, allowed);
  }
  if (tag === 'img') return made.hasAttribute('src') ? made : undefined;
  if (tag !== 'a') return made;
  made.setAttribute('rel', 'nofollow noopener noreferrer ugc');
  return made.hasAttribute('href') ? made : undefined;
}
