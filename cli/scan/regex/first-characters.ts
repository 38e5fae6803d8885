import { type CharacterSet, union } from './character-set.ts';
import type { Node } from './syntax.ts';

/** Characters that what an expression matches can begin with; undefined if it can be empty, or is not known. */
export function firstCharacters(node: Node): CharacterSet | undefined {
  switch (node.kind) {
    case 'set':
      return node.set;
    case 'repeat':
      return node.min === 0 ? undefined : firstCharacters(node.node);
    case 'choice': {
      const all = node.items.map(firstCharacters);
      return all.every((one) => one !== undefined) ? union(...(all as CharacterSet[])) : undefined;
    }
    case 'sequence': {
      const begun: CharacterSet[] = [];
      for (const item of node.items) {
        if (item.kind === 'assert' || item.kind === 'look' || item.kind === 'empty') continue;
        const first = firstCharacters(item);
        if (first) return union(...begun, first);
        // What may be left out begins with its own, or with what comes behind.
        const own = item.kind === 'repeat' ? firstCharacters(item.node) : undefined;
        if (!own) return undefined;
        begun.push(own);
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

/** Whether what it matches depends on what a group matched. */
export function hasReference(node: Node): boolean {
  switch (node.kind) {
    case 'reference':
      return true;
    case 'sequence':
    case 'choice':
      return node.items.some(hasReference);
    case 'repeat':
    case 'look':
      return hasReference(node.node);
    default:
      return false;
  }
}
