import type { Tree } from 'web-tree-sitter';
import type { Module } from '../../../ir/ir.ts';
import { lowerModule } from '../lower/lower-module.ts';
import { type Grammar, loadGrammar } from './grammar.ts';
import { type CopiedTree, copyTree } from './tree.ts';

/**
 * Loads the Python parser. Returns a function that parses and lowers a file, and that never throws: syntax errors are in
 * the `problems` of the module.
 *     const read = await createPythonReader();
 *     read('app/views.py', 'def f(x): return x').functions[1]?.name     // 'f'
 */
export async function createPythonReader(): Promise<(path: string, text: string) => Module> {
  const grammar = await loadGrammar();
  return (path, text) => readPython(grammar, path, text);
}

function readPython(grammar: Grammar, path: string, text: string): Module {
  try {
    return lowerModule(path, text, copyOf(grammar, text));
  } catch (error) {
    // One file must not end the scan.
    const message = `not read: ${error instanceof Error ? error.message : String(error)}`;
    return lowerModule(path, text, nothing(text, message));
  }
}

function copyOf(grammar: Grammar, text: string): CopiedTree {
  const tree = parse(grammar, text);
  if (!tree) return nothing(text, 'not read: the parser has given up');
  try {
    return copyTree(tree, text, grammar);
  } finally {
    tree.delete();
  }
}

/** Bounds the parser's steps, by its progress reports about every 200 characters: hostile text makes it backtrack. */
function parse({ parser }: Grammar, text: string): Tree | null {
  let steps = 1000 + text.length / 4;
  // Its type returns void, but true stops the parser.
  const progressCallback = (): boolean => --steps < 0;
  const tree = parser.parse(text, null, { progressCallback });
  if (!tree) parser.reset();
  return tree;
}

function nothing(text: string, message: string): CopiedTree {
  const root = { kind: 'module', at: 0, end: text.length, children: [] };
  return { root, comments: [], problems: [{ at: 0, message }] };
}
