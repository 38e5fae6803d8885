import { html } from 'parse5';
import type { CompiledPreset } from './compiled-preset.ts';
import type { Element, Node } from './markup-node.ts';
import type { ReportRemoval } from './removal.ts';
import { drawnElsewhere, leafTags, textTags } from './svg-model.ts';

const maxDepth = 100;

/** An element that is written, with what of it is written. */
export interface KeptElement {
  readonly element: Element;
  readonly parent: KeptElement | undefined;
  readonly children: (KeptElement | string)[];
  /** True inside of what is drawn wherever it is named, and for that itself. */
  readonly drawn: boolean;
}

/**
 * The first `<svg>` of a tree, and of it the elements that are written. It is known before anything is written, since a
 * reference may lead to nothing else.
 */
export function keptPicture(
  nodes: readonly Node[],
  { tags }: CompiledPreset,
  report?: ReportRemoval,
): KeptElement | undefined {
  const picture = firstPicture(nodes);
  if (picture === undefined || !tags.has('svg')) return undefined;
  const root: KeptElement = { element: picture, parent: undefined, children: [], drawn: false };
  const steps: { node: Node; into: KeptElement; depth: number }[] = [];
  const goInto = (childNodes: readonly Node[], into: KeptElement, depth: number): void => {
    for (let i = childNodes.length - 1; i >= 0; i--) steps.push({ node: childNodes[i] as Node, into, depth });
  };
  goInto(picture.childNodes, root, 1);
  for (let step = steps.pop(); step; step = steps.pop()) {
    const { node, into, depth } = step;
    const around = into.element.tagName;
    if (node.nodeName === '#text' && 'value' in node) {
      if (textTags.has(around) || /^[\t\n\f\r ]*$/.test(node.value)) into.children.push(node.value);
      continue;
    }
    if (!('tagName' in node)) continue;
    const { tagName: tag, namespaceURI, childNodes } = node;
    const foreign = namespaceURI !== html.NS.SVG || leafTags.has(around);
    // A link in a picture leaves what it is around.
    const unwrapped = !foreign && tag === 'a';
    if (unwrapped || foreign || !tags.has(tag) || depth >= maxDepth) {
      report?.('element', tag, pathOf(into));
      if (unwrapped) goInto(childNodes, into, depth);
      continue;
    }
    const drawn = into.drawn || drawnElsewhere.has(tag);
    const kept: KeptElement = { element: node, parent: into, children: [], drawn };
    into.children.push(kept);
    goInto(childNodes, kept, depth + 1);
  }
  return root;
}

/** The elements around what is in `kept`, and itself, from the outside in. */
export function pathOf(kept: KeptElement): string[] {
  const path: string[] = [];
  for (let one: KeptElement | undefined = kept; one; one = one.parent) path.push(one.element.tagName);
  return path.reverse();
}

function firstPicture(nodes: readonly Node[]): Element | undefined {
  const steps: Node[] = [...nodes].reverse();
  for (let step = steps.pop(); step; step = steps.pop()) {
    if (!('tagName' in step)) continue;
    if (step.tagName === 'svg' && step.namespaceURI === html.NS.SVG) return step;
    for (let i = step.childNodes.length - 1; i >= 0; i--) steps.push(step.childNodes[i] as Node);
  }
  return undefined;
}
