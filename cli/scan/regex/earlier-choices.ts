import { maxEarlierChoices } from '../budgets/regex.ts';
import type { Node } from './syntax.ts';

/**
 * Returns variants of an expression, each with only the first alternatives of one choice: `(a|b|c)d` -> `ad` and
 * `(a|b)d`. A matcher tries all paths through the first alternatives before the others, so a variant can be slow even if
 * the whole expression matches in the end. A choice after a loop gets no variants, because the matcher tries all of the
 * choice's alternatives before it goes back into the loop.
 */
export function withEarlierChoices(tree: Node): readonly Node[] {
  const found: Node[] = [];
  for (const choice of choicesOf(tree)) {
    for (let length = 1; length < choice.items.length && found.length < maxEarlierChoices; length++) {
      const [first, ...more] = choice.items.slice(0, length);
      const kept = first && more.length === 0 ? first : { ...choice, items: choice.items.slice(0, length) };
      found.push(replaced(tree, choice, kept));
    }
  }
  return found;
}

type Choice = Extract<Node, { readonly kind: 'choice' }>;

function choicesOf(node: Node): readonly Choice[] {
  if (node.kind === 'choice') return [node, ...node.items.flatMap(choicesOf)];
  if (node.kind !== 'sequence') return [];
  const loop = node.items.findIndex(hasLoop);
  return node.items.slice(0, loop < 0 ? undefined : loop + 1).flatMap(choicesOf);
}

function hasLoop(node: Node): boolean {
  if (node.kind === 'sequence' || node.kind === 'choice') return node.items.some(hasLoop);
  return node.kind === 'repeat' && (node.max === Number.POSITIVE_INFINITY || hasLoop(node.node));
}

/** A tree with another node in place of one, also in what refers back to it. */
function replaced(tree: Node, from: Node, to: Node): Node {
  if (tree === from) return to;
  switch (tree.kind) {
    case 'sequence':
    case 'choice':
      return { ...tree, items: tree.items.map((item) => replaced(item, from, to)) };
    case 'repeat':
    case 'look':
      return { ...tree, node: replaced(tree.node, from, to) };
    case 'reference':
      return tree.group ? { ...tree, group: replaced(tree.group, from, to) } : tree;
    default:
      return tree;
  }
}
