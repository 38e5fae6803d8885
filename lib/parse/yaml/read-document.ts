import type { Alias, Node, Scalar, YAMLMap } from 'yaml';
import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { type Position, positionAt } from '../position.ts';
import { shownKey } from '../shown-key.ts';
import type { YamlDocument } from './compose-documents.ts';
import { loadYaml } from './load-yaml.ts';
import { readScalar } from './read-scalar.ts';
import { resolveAliases } from './resolve-aliases.ts';
import type { YamlPolicy } from './yaml-options.ts';

const format = 'yaml';
const core: ReadonlySet<string> = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
);

/**
 * The plain data of a document: strings, numbers, booleans, null, arrays and objects. The target of an alias is copied, and counted.
 *
 * @throws Refusal `parse/*`
 */
export function readDocument(document: YamlDocument, text: string, policy: YamlPolicy<unknown>): unknown {
  const aliases = resolveAliases(document, policy.maxAliases);
  const open = new Set<Node>();
  const { isAlias, isScalar, isSeq } = loadYaml();
  let values = 0;

  const placeOf = (node: Node): Position => positionAt(text, node.range?.[0] ?? 0);
  const refuseThis = (what: string, node: Node): never =>
    refuse(deny('parse/not-allowed', { format, what, ...placeOf(node) }));

  function read(node: Node | null, depth: number): unknown {
    values++;
    if (values > policy.maxValues) {
      refuse(deny('parse/too-many', { format, what: 'maxValues', most: policy.maxValues }));
    }
    if (node === null) return null;
    if (isAlias(node)) return readAlias(node, depth);
    if (node.tag !== undefined && !core.has(node.tag)) refuseThis('a tag', node);
    if (isScalar(node)) return scalarOf(node);
    if (depth >= policy.maxDepth) refuse(deny('parse/too-deep', { format, maxDepth: policy.maxDepth }));
    if (open.has(node)) refuseThis('an alias inside its own target', node);
    open.add(node);
    const value = isSeq(node)
      ? node.items.map((item) => read(item as Node, depth + 1))
      : readMap(node as YAMLMap, depth + 1);
    open.delete(node);
    return value;
  }

  function readAlias(alias: Alias, depth: number): unknown {
    const node = aliases.get(alias);
    if (node !== undefined) return read(node, depth);
    return refuse(deny('parse/invalid-syntax', { format, reason: 'BAD_ALIAS', ...placeOf(alias) }));
  }

  function scalarOf(node: Scalar): unknown {
    if (!fitsTag(node)) {
      refuse(
        deny('parse/invalid-syntax', {
          format,
          reason: 'a tag that does not fit its value',
          ...placeOf(node),
        }),
      );
    }
    const result = readScalar(node, () => placeOf(node), policy);
    return 'value' in result ? result.value : refuse(result);
  }

  function readMap(node: YAMLMap, depth: number): object {
    const entries = new Map<string, unknown>();
    const merged: unknown[] = [];
    for (const { key, value } of node.items as Iterable<{ key: Node; value: Node | null }>) {
      if (isScalar(key) && key.type === 'PLAIN' && key.source === '<<') {
        if (!policy.allowMergeKeys) refuseThis('a merge key', key);
        const from = read(value, depth);
        for (const one of Array.isArray(from) ? from : [from]) {
          if (typeof one !== 'object' || one === null || Array.isArray(one))
            refuseThis('a merge key without a mapping', key);
          merged.push(one);
        }
        continue;
      }
      const name = keyOf(key);
      if (entries.has(name))
        refuse(deny('parse/duplicate-key', { format, key: shownKey(name), ...placeOf(key) }));
      const inner = read(value, depth);
      if (name === '__proto__') refuse(deny('parse/dangerous-key', { format, key: name }));
      if (
        name === 'constructor' &&
        typeof inner === 'object' &&
        inner !== null &&
        Object.hasOwn(inner, 'prototype')
      ) {
        refuse(deny('parse/dangerous-key', { format, key: 'constructor.prototype' }));
      }
      entries.set(name, inner);
    }
    for (const one of merged) {
      for (const [name, value] of Object.entries(one as object))
        if (!entries.has(name)) entries.set(name, value);
    }
    return Object.fromEntries(entries);
  }

  /** As written: `404` and `no` are names like any other. */
  function keyOf(key: Node | null): string {
    if (!isScalar(key)) return key === null ? noKey() : refuseThis('a key that is not a scalar', key);
    if (key.tag !== undefined && !core.has(key.tag)) refuseThis('a tag', key);
    values++;
    const value = scalarOf(key);
    const name = typeof value === 'string' ? value : (key.source ?? '');
    return name === '' && typeof value !== 'string' ? refuseThis('an empty key', key) : name;
  }

  function noKey(): never {
    return refuse(deny('parse/not-allowed', { format, what: 'an empty key', line: 1, column: 1 }));
  }

  return read(document.contents, 0);
}

/** The library returns a string if a tag such as `!!int` precedes something else. */
function fitsTag({ tag, value }: Scalar): boolean {
  const expected = tag?.slice('tag:yaml.org,2002:'.length);
  if (expected === 'int' || expected === 'float') return typeof value === 'number';
  if (expected === 'bool') return typeof value === 'boolean';
  return expected !== 'null' || value === null;
}
