import { stringValue } from '../../scan/languages/python/parse/literal.ts';
import type { Node } from '../../scan/languages/python/parse/tree.ts';
import { type ModuleFile, textOf } from './module-file.ts';

/** Stands for a part of a text that is computed. */
export const hole = '\u0000';

/** A text with a hole for each part that is computed: f-strings, `format`, `%`, `+` and `join`. Undefined if it is none of these. */
export function templateText(module: ModuleFile, node: Node, depth = 0): string | undefined {
  const [first, second] = node.children;
  if (depth > 10) return undefined;
  switch (node.kind) {
    case 'parenthesized_expression':
      return first && templateText(module, first, depth + 1);
    case 'string':
      return literalText(module, node);
    case 'concatenated_string':
      return joined(
        node.children.map((part) => templateText(module, part, depth + 1)),
        '',
      );
    case 'identifier': {
      const set = assignedTo(module, module.root, textOf(module, node));
      return set.length === 1 && set[0] ? templateText(module, set[0], depth + 1) : undefined;
    }
    case 'binary_operator':
      return operated(module, node, depth);
    case 'call':
      return first?.kind === 'attribute' && second ? called(module, first, second, depth) : undefined;
    default:
      return undefined;
  }
}

function joined(parts: readonly (string | undefined)[], between: string): string | undefined {
  return parts.every((part) => part !== undefined) ? parts.join(between) : undefined;
}

/** Of an f-string, with `{{` as Python reads it. */
function literalText(module: ModuleFile, node: Node): string | undefined {
  const isFormatted = node.children.some(({ kind }) => kind === 'interpolation');
  if (!isFormatted) return stringValue(textOf(module, node));
  const parts = node.children.flatMap((part) => {
    if (part.kind === 'interpolation') return [hole];
    return part.kind === 'string_content' ? [textOf(module, part)] : [];
  });
  return parts.join('');
}

function operated(module: ModuleFile, { children }: Node, depth: number): string | undefined {
  const [left, sign, right] = children;
  const before = left && templateText(module, left, depth + 1);
  const after = right && templateText(module, right, depth + 1);
  if (sign?.kind === '%') return before?.replace(/%(\(\w+\))?s/g, hole);
  if (sign?.kind !== '+' || (before === undefined && after === undefined)) return undefined;
  return (before ?? hole) + (after ?? hole);
}

/** `POLICY.format(nonce=nonce)` and `'; '.join([...])` */
function called(module: ModuleFile, callee: Node, given: Node, depth: number): string | undefined {
  const [object, member] = callee.children;
  const name = member ? textOf(module, member) : '';
  const text = object && templateText(module, object, depth + 1);
  if (text === undefined) return undefined;
  if (name === 'format') return text.replace(/\{\w*\}/g, hole);
  const [list] = given.children;
  if (name !== 'join' || !list) return undefined;
  const named = list.kind === 'identifier' ? assignedTo(module, module.root, textOf(module, list)) : [list];
  const [items] = named;
  if (named.length !== 1 || (items?.kind !== 'list' && items?.kind !== 'tuple')) return undefined;
  return joined(
    items.children.map((item) => templateText(module, item, depth + 1)),
    text,
  );
}

export function assignedTo(module: ModuleFile, root: Node, name: string): readonly Node[] {
  return nodesWithin(root).flatMap((node) => {
    const [target] = node.children;
    const isTarget = target?.kind === 'identifier' && textOf(module, target) === name;
    const value = node.children.at(-1);
    return isTarget && node.kind.endsWith('assignment') && value ? [value] : [];
  });
}

const mostNodes = 50_000;

export function nodesWithin(root: Node): readonly Node[] {
  const nodes: Node[] = [root];
  for (let at = 0; at < nodes.length && nodes.length < mostNodes; at++)
    nodes.push(...(nodes[at]?.children ?? []));
  return nodes;
}
