import type { Parser, Node as TreeNode } from 'web-tree-sitter';

/** A node of the syntax tree, copied from the parser's own tree. Includes punctuation, which fixers need. */
export interface PythonNode {
  readonly kind: string;
  readonly at: number;
  readonly end: number;
  /** Its role in its parent: `function`, `arguments`, `left`. */
  readonly field: string | undefined;
  readonly isNamed: boolean;
  readonly parent: PythonNode | undefined;
  readonly children: readonly PythonNode[];
}

/** A parsed file, as fixers see it. */
export interface PythonFile {
  readonly path: string;
  readonly text: string;
  readonly root: PythonNode;
  /** Nodes in the order of the text, a parent before its children. */
  readonly nodes: readonly PythonNode[];
}

/** Parses a file. Undefined if it has syntax errors, since a fix in such a file is never certain. */
export function openPython(parser: Parser, path: string, text: string): PythonFile | undefined {
  const tree = parser.parse(text);
  if (!tree) return undefined;
  try {
    if (tree.rootNode.hasError) return undefined;
    const nodes: PythonNode[] = [];
    return { path, text, root: copy(tree.rootNode, nodes), nodes };
  } finally {
    tree.delete();
  }
}

interface Growing extends PythonNode {
  readonly children: Growing[];
}

function copy(root: TreeNode, nodes: PythonNode[]): PythonNode {
  const cursor = root.walk();
  let parent: Growing | undefined;
  let first: Growing | undefined;
  for (;;) {
    const node: Growing = {
      kind: cursor.nodeType,
      at: cursor.startIndex,
      end: cursor.endIndex,
      field: cursor.currentFieldName ?? undefined,
      isNamed: cursor.nodeIsNamed,
      parent,
      children: [],
    };
    nodes.push(node);
    first ??= node;
    parent?.children.push(node);
    if (cursor.gotoFirstChild()) {
      parent = node;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) {
        cursor.delete();
        return first;
      }
      parent = parent?.parent as Growing | undefined;
    }
  }
}

export function source(file: PythonFile, node: PythonNode): string {
  return file.text.slice(node.at, node.end);
}

export function childOf(node: PythonNode | undefined, field: string): PythonNode | undefined {
  return node?.children.find((child) => child.field === field);
}

export function namedChildren(node: PythonNode): PythonNode[] {
  return node.children.filter(({ isNamed, kind }) => isNamed && kind !== 'comment');
}

/** The node of the given kind with exactly this source range. Undefined if there is none. */
export function nodeAt(file: PythonFile, kind: string, at: number, end: number): PythonNode | undefined {
  return file.nodes.find((node) => node.kind === kind && node.at === at && node.end === end);
}

/** The innermost function, lambda or class that contains a node. Without one, the module. */
export function functionAround(file: PythonFile, node: PythonNode): PythonNode {
  let at = node.parent;
  while (at && at.kind !== 'function_definition' && at.kind !== 'lambda' && at.kind !== 'class_definition')
    at = at.parent;
  return at ?? file.root;
}

/** Identifiers of this name inside a node. */
export function identifiersIn(file: PythonFile, within: PythonNode, name: string): PythonNode[] {
  return file.nodes.filter(
    (node) =>
      node.kind === 'identifier' &&
      node.at >= within.at &&
      node.end <= within.end &&
      source(file, node) === name,
  );
}

/** A call's arguments. */
export interface Arguments {
  readonly list: PythonNode;
  readonly positional: readonly PythonNode[];
  readonly keywords: ReadonlyMap<string, PythonNode>;
}

/** Returns a call's arguments. Undefined if it has `*args` or `**options`, whose number is unknown. */
export function argumentsOf(file: PythonFile, call: PythonNode): Arguments | undefined {
  const list = childOf(call, 'arguments');
  if (list?.kind !== 'argument_list') return undefined;
  const positional: PythonNode[] = [];
  const keywords = new Map<string, PythonNode>();
  for (const child of namedChildren(list)) {
    if (child.kind === 'list_splat' || child.kind === 'dictionary_splat') return undefined;
    const name = child.kind === 'keyword_argument' && childOf(child, 'name');
    if (name) keywords.set(source(file, name), child);
    else positional.push(child);
  }
  return { list, positional, keywords };
}

/** Returns the dotted name of the callee: `a.b.run` for `a.b.run(x)`. */
export function calledPath(file: PythonFile, call: PythonNode): string {
  const called = childOf(call, 'function');
  return called ? source(file, called).replace(/\s+/g, '') : '';
}
