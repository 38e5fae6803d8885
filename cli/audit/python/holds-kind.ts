import type { Node } from '../../scan/languages/python/parse/tree.ts';

/** Whether code has a statement or an expression of one of these kinds. Functions and classes in it are code of their own. */
export function holdsKind(root: Node, kinds: ReadonlySet<string>): boolean {
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (kinds.has(node.kind)) return true;
    const isOther =
      node.kind === 'function_definition' || node.kind === 'class_definition' || node.kind === 'lambda';
    if (!isOther || node === root) open.push(...node.children);
  }
  return false;
}
