import type { Alias, Node } from 'yaml';
import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import type { YamlDocument } from './compose-documents.ts';
import { loadYaml } from './load-yaml.ts';

/**
 * The target of each alias: the last node before it that had its name. The library would search the whole document for each.
 *
 * @throws Refusal `parse/too-many` for more aliases than the limit
 */
export function resolveAliases(
  document: YamlDocument,
  maxAliases: number,
): ReadonlyMap<Alias, Node | undefined> {
  const { isAlias, isCollection, isPair } = loadYaml();
  const anchors = new Map<string, Node>();
  const resolved = new Map<Alias, Node | undefined>();
  // In text order: the last of the list is next.
  const open: unknown[] = [document.contents];
  while (open.length > 0) {
    const node = open.pop();
    if (isAlias(node)) {
      resolved.set(node, anchors.get(node.source));
      if (resolved.size > maxAliases) {
        refuse(deny('parse/too-many', { format: 'yaml', what: 'maxAliases', most: maxAliases }));
      }
      continue;
    }
    if (isPair(node)) {
      open.push(node.value, node.key);
      continue;
    }
    const { anchor } = (node ?? {}) as { readonly anchor?: string };
    if (anchor !== undefined) anchors.set(anchor, node as Node);
    if (isCollection(node)) for (let i = node.items.length - 1; i >= 0; i--) open.push(node.items[i]);
  }
  return resolved;
}
