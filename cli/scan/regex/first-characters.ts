import { type CharacterSet, union } from './character-set.ts';
import type { Node } from './syntax.ts';

/** The characters that a match can begin with. Undefined if a match can be empty, or if the characters are unknown. */
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
        // An optional item begins with its own first characters, or with those of the next item.
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

/** Whether an expression has a backreference to a group, so that a match depends on the text of that group. */
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
