import type { Node, Program } from 'oxc-parser';
import { parseJavascript } from '../../languages/javascript/parse/parse-javascript.ts';

/** A parsed file, as fixers see it. */
export interface JavascriptFile {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly parents: ReadonlyMap<Node, Node>;
  /** Nodes in the order of the text, a parent before its children. */
  readonly nodes: readonly Node[];
}

/** Parses a file. Undefined if it has syntax errors, since a fix in such a file is never certain. */
export function openJavascript(path: string, text: string): JavascriptFile | undefined {
  const { program, problems } = parseJavascript(path, text);
  if (!program || problems.length > 0) return undefined;
  const parents = new Map<Node, Node>();
  const nodes: Node[] = [];
  const waiting: Node[] = [program];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes.push(node);
    for (const child of childrenOf(node).reverse()) {
      parents.set(child, node);
      waiting.push(child);
    }
  }
  return { path, text, program, parents, nodes };
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent') continue;
    for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) children.push(one);
  }
  return children.sort((a, b) => a.start - b.start);
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'start' in value
  );
}

type NodeOf<T extends Node['type']> = Extract<Node, { type: T }>;

/** The node of the given type with exactly this source range. Undefined if there is none. */
export function nodeAt<T extends Node['type']>(
  file: JavascriptFile,
  type: T,
  at: number,
  end: number,
): NodeOf<T> | undefined {
  return file.nodes.find(
    (node): node is NodeOf<T> => node.type === type && node.start === at && node.end === end,
  );
}

export function source(file: JavascriptFile, node: { readonly start: number; readonly end: number }): string {
  return file.text.slice(node.start, node.end);
}

/** The innermost function, static block or class property that contains a node. The program if there is none. */
export function functionAround(file: JavascriptFile, node: Node): Node {
  let at = file.parents.get(node);
  while (at && !/Function|^Program$|^StaticBlock$|^PropertyDefinition$/.test(at.type))
    at = file.parents.get(at);
  return at ?? file.program;
}

/** Identifiers of this name inside a node, including property names. */
export function identifiersIn(file: JavascriptFile, within: Node, name: string): Node[] {
  return file.nodes.filter(
    (node) =>
      (node.type === 'Identifier' || node.type === 'JSXIdentifier') &&
      node.name === name &&
      node.start >= within.start &&
      node.end <= within.end,
  );
}

/**
 * Whether only commas separate a call's arguments: no parentheses and no comments. The syntax tree does not show
 * parentheses, so code that is inserted after a parenthesised argument would end up inside them.
 */
export function hasPlainArguments(file: JavascriptFile, call: NodeOf<'CallExpression'>): boolean {
  let at = (call.typeArguments ?? call.callee).end;
  const gaps = call.arguments.map((argument) => {
    const gap = file.text.slice(at, argument.start);
    at = argument.end;
    return gap;
  });
  const [first = '(', ...others] = gaps;
  return (
    /^\s*(?:\?\.)?\s*\(\s*$/.test(first) &&
    others.every((gap) => /^\s*,\s*$/.test(gap)) &&
    (gaps.length === 0 || /^\s*,?\s*\)$/.test(file.text.slice(at, call.end)))
  );
}

/** The name of the function that is called: `exec()` -> `exec`, `a.b.query()` -> `query`. Undefined if it has none. */
export function calledName(call: NodeOf<'CallExpression'>): string | undefined {
  const { callee } = call;
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier') {
    return callee.property.name;
  }
  return undefined;
}
