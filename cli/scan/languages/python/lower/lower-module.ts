import { FunctionBuilder } from '../../../ir/function-builder.ts';
import type { Class, Comment, Export, Func, Module } from '../../../ir/ir.ts';
import { type File, newCode } from '../parse/code.ts';
import { findScopes } from '../parse/find-scopes.ts';
import type { CopiedTree, Node } from '../parse/tree.ts';
import { lowerFunction } from './lower-function.ts';
import { lowerBlock } from './lower-statement.ts';

/** Lowers the syntax tree of a Python file to a module. */
export function lowerModule(path: string, text: string, { root, comments, problems }: CopiedTree): Module {
  const scopes = findScopes(root, text);
  const file: File = {
    text,
    scopes,
    functions: [undefined],
    classes: scopes.classes.map(() => undefined),
    exports: [],
    problems: [...problems],
    waiting: [],
    tooDeep: false,
    size: 0,
    maxSize: 50_000 + text.length,
  };
  const main = lowerMain(file, root);
  file.functions[0] = main;
  file.size += main.code.length;
  // The list grows while it is processed. In this order, outer functions come first.
  for (let next = 0; next < file.waiting.length; next++) {
    const waiting = file.waiting[next];
    if (waiting) lowerFunction(file, waiting);
  }
  const names = [...scopes.module.names.values()];
  const exports: Export[] = names.map(({ name, cell }) => ({ name, cell }));
  return {
    path,
    language: 'python',
    functions: file.functions as Func[],
    classes: file.classes.map((it, i) => it ?? unreached(scopes.classes[i], text)),
    cells: scopes.cells.map(({ name, scope }) => ({ name, owner: Math.max(0, scope.owner.func) })),
    exports: [...exports, ...file.exports],
    problems: file.problems,
    comments: commentsOf(text, comments),
    lines: linesOf(text),
  };
}

function lowerMain(file: File, root: Node): Func {
  const { module } = file.scopes;
  module.func = 0;
  const info = { outer: -1, class: -1, async: false, generator: false, at: 0, end: file.text.length };
  const b = new FunctionBuilder({ ...info, name: '<module>' });
  const c = newCode(file, b, { func: 0, class: -1, self: undefined, scope: module, depth: 0 });
  lowerBlock(c, root);
  return b.finish([]);
}

/** A placeholder for a class in unreachable code. */
function unreached(node: Node | undefined, text: string): Class {
  const name = node?.children[0];
  return {
    name: name ? text.slice(name.at, name.end) : '',
    methods: [],
    fields: [],
    init: -1,
    at: node?.at ?? 0,
    end: node?.end ?? 0,
  };
}

function commentsOf(text: string, offsets: readonly number[]): Comment[] {
  const found: Comment[] = [];
  for (let i = 0; i < offsets.length; i += 2) {
    const at = offsets[i] ?? 0;
    const comment = text.slice(at, offsets[i + 1]);
    if (/\bbulwark\b/i.test(comment)) found.push({ at, text: comment });
  }
  return found;
}

function linesOf(text: string): number[] {
  const lines = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
  return lines;
}
