import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseAllDocuments,
} from 'yaml';

/** A value of a YAML file with its line. Aliases are resolved and merge keys applied. */
export type Tree = TreeMap | TreeList | TreeScalar;

export interface TreeMap {
  readonly kind: 'map';
  readonly line: number;
  readonly entries: readonly { readonly key: string; readonly line: number; readonly value: Tree }[];
}

export interface TreeList {
  readonly kind: 'list';
  readonly line: number;
  readonly items: readonly Tree[];
}

export interface TreeScalar {
  readonly kind: 'scalar';
  readonly line: number;
  readonly value: string | number | boolean | null;
  /** The name of a tag of the file's own: `!Ref`. */
  readonly tag?: string;
}

export interface YamlFile {
  readonly documents: readonly Tree[];
  /** Why the file, or a part of it, could not be read; undefined if all of it was. */
  readonly problem?: string;
}

const maxLength = 1_000_000;
const maxDepth = 60;
const maxDocuments = 200;
/** Entries that merge keys (`<<`) copy, of a document. */
const maxMerged = 50_000;
/** Of the texts whose trees are kept: several checks read the same file. */
const mostKept = 2_000_000;
const kept = new Map<string, YamlFile>();

/** Reads YAML without executing tags. What is malformed, too large or too deep is a problem, never an exception. */
export function readYaml(text: string): YamlFile {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const file = parsed(text);
  kept.set(text, file);
  let size = 0;
  for (const one of kept.keys()) size += one.length;
  for (const one of kept.keys()) {
    if (size <= mostKept) break;
    kept.delete(one);
    size -= one.length;
  }
  return file;
}

function parsed(text: string): YamlFile {
  if (text.length > maxLength) return { documents: [], problem: 'is larger than 1 MB' };
  if ((text.match(/^---/gm)?.length ?? 0) > maxDocuments)
    return { documents: [], problem: 'has too many documents' };
  const lines = new LineCounter();
  try {
    // The library compares each key with each other one, which takes minutes for a hundred thousand: the converter looks for two alike.
    const found = parseAllDocuments(text, {
      lineCounter: lines,
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
    const all: readonly Document.Parsed[] = Array.isArray(found) ? found : [];
    if (all.length > maxDocuments) return { documents: [], problem: 'has too many documents' };
    const error = all.flatMap(({ errors }) => errors)[0];
    if (error !== undefined) return { documents: [], problem: 'is not valid YAML' };
    const documents = all.flatMap((one) =>
      one.contents === null ? [] : [new Converter(lines).tree(one.contents, 0)],
    );
    return { documents };
  } catch (error) {
    if (error instanceof TooDeep || error instanceof RangeError) {
      return { documents: [], problem: 'is nested too deeply' };
    }
    return { documents: [], problem: 'is not valid YAML' };
  }
}

class TooDeep extends Error {}
class SameKey extends Error {}

class Converter {
  // An alias shares the tree of its anchor, so that nested aliases can't make a tree of any size.
  readonly #known = new Map<Node, Tree>();
  /** By name, as they stand above: the library walks the whole document for each alias. */
  readonly #anchors = new Map<string, Node>();
  readonly #lines: LineCounter;
  #merged = 0;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  tree(node: Node | null, depth: number): Tree {
    if (depth > maxDepth) throw new TooDeep();
    if (node === null) return { kind: 'scalar', line: 1, value: null };
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      return target === undefined
        ? { kind: 'scalar', line: this.#lineOf(node), value: null }
        : this.tree(target, depth + 1);
    }
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    const line = this.#lineOf(node);
    // Found again inside of itself: an alias to its own parent.
    this.#known.set(node, { kind: 'scalar', line, value: null });
    const made = this.#make(node, line, depth);
    this.#known.set(node, made);
    return made;
  }

  #make(node: Node, line: number, depth: number): Tree {
    if (isSeq(node)) {
      const items = node.items.map((item) => this.tree(item as Node | null, depth + 1));
      return node.tag === '!reference'
        ? { kind: 'scalar', line, value: null, tag: '!reference' }
        : { kind: 'list', line, items };
    }
    if (isMap(node)) return this.#map(node.items as readonly { key: unknown; value: unknown }[], line, depth);
    if (!isScalar(node)) return { kind: 'scalar', line, value: null };
    const { value, tag } = node;
    const isPlain = ['string', 'number', 'boolean'].includes(typeof value);
    const plain = isPlain ? (value as string | number | boolean) : null;
    return tag?.startsWith('!')
      ? { kind: 'scalar', line, value: plain, tag }
      : { kind: 'scalar', line, value: plain };
  }

  #map(items: readonly { key: unknown; value: unknown }[], line: number, depth: number): Tree {
    const own: { key: string; line: number; value: Tree }[] = [];
    const merged: { key: string; line: number; value: Tree }[] = [];
    const names = new Set<string>();
    for (const { key, value } of items) {
      const name = isScalar(key) ? String(key.value) : '';
      const at = this.#lineOf(key as ParsedNode);
      const tree = this.tree((value ?? null) as Node | null, depth + 1);
      if (isScalar(key) && names.has(name)) throw new SameKey();
      names.add(name);
      if (name !== '<<') own.push({ key: name, line: at, value: tree });
      else for (const one of itemsOf(tree)) this.#merge(one, merged);
    }
    const taken = new Set(own.map(({ key }) => key));
    for (const entry of merged) {
      if (taken.has(entry.key)) continue;
      taken.add(entry.key);
      own.push(entry);
    }
    return { kind: 'map', line, entries: own };
  }

  #merge(tree: Tree, into: TreeMap['entries'][number][]): void {
    if (tree.kind !== 'map') return;
    this.#merged += tree.entries.length;
    if (this.#merged > maxMerged) throw new TooDeep();
    for (const entry of tree.entries) into.push(entry);
  }

  #lineOf(node: Node | null): number {
    return node?.range ? this.#lines.linePos(node.range[0]).line : 1;
  }
}

/** What stands at the end of these keys, or undefined. */
export function at(tree: Tree | undefined, ...keys: readonly string[]): Tree | undefined {
  let here = tree;
  for (const key of keys) {
    if (here?.kind !== 'map') return undefined;
    here = here.entries.find((entry) => entry.key === key)?.value;
  }
  return here;
}

/** The line of the last of these keys itself. */
export function lineOf(tree: Tree | undefined, ...keys: readonly string[]): number {
  const parent = at(tree, ...keys.slice(0, -1));
  const entry = parent?.kind === 'map' ? parent.entries.find(({ key }) => key === keys.at(-1)) : undefined;
  return entry?.line ?? parent?.line ?? 1;
}

/** A scalar as text: `true`, `8080`; undefined for maps, lists and null. */
export function textOf(tree: Tree | undefined): string | undefined {
  if (tree?.kind !== 'scalar' || tree.value === null) return undefined;
  return String(tree.value);
}

/** The items of a list; a single value stands for a list of one; none for null and undefined. */
export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  if (tree === undefined || (tree.kind === 'scalar' && tree.value === null)) return [];
  return tree.kind === 'list' ? tree.items : [tree];
}

export function entriesOf(tree: Tree | undefined): TreeMap['entries'] {
  return tree?.kind === 'map' ? tree.entries : [];
}
