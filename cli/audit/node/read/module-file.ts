import type { ArrowFunctionExpression, Function as FunctionDefinition, Node } from 'oxc-parser';
import { type JavascriptFile, openJavascript } from '../../../scan/fix/javascript/javascript-file.ts';
import { collectDeclarations, type Declarations } from './declarations.ts';

/** A parsed file of an application. */
export interface ModuleFile extends JavascriptFile {
  readonly declarations: Declarations;
  /** From 1 on. */
  lineOf(node: { readonly start: number }): number;
  /** The text of a node, on one line and bounded. */
  shown(node: { readonly start: number; readonly end: number }): string;
}

/** Undefined for a file that cannot be parsed without problems. */
export function openModule(path: string, text: string): ModuleFile | undefined {
  const file = openJavascript(path, text);
  if (file === undefined) return undefined;
  const starts = lineStarts(text);
  return {
    ...file,
    declarations: collectDeclarations(file.program, file.nodes, file.parents),
    lineOf: ({ start }) => lineAt(starts, start),
    shown: ({ start, end }) => {
      const line = text.slice(start, Math.min(end, start + 400)).replace(/\s+/g, ' ');
      return line.length > 160 ? `${line.slice(0, 157)}...` : line;
    },
  };
}

/** The nodes in a part of the text, in its order. */
export function nodesWithin(
  { nodes }: ModuleFile,
  { start, end }: { readonly start: number; readonly end: number },
): readonly Node[] {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found: Node[] = [];
  for (let at = low; at < nodes.length; at++) {
    const node = nodes[at];
    if (!node || node.start >= end) break;
    if (node.end <= end) found.push(node);
  }
  return found;
}

/** The function around a node, or the whole program. */
export function functionAround({ parents, program }: ModuleFile, node: Node): Node {
  let at = parents.get(node);
  while (at && !isFunction(at) && at.type !== 'StaticBlock') at = parents.get(at);
  return at ?? program;
}

export type FunctionNode = FunctionDefinition | ArrowFunctionExpression;

export function isFunction(node: Node | undefined): node is FunctionNode {
  return (
    node?.type === 'FunctionDeclaration' ||
    node?.type === 'FunctionExpression' ||
    node?.type === 'ArrowFunctionExpression'
  );
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
