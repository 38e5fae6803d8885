import type { Node, Program } from 'oxc-parser';
import { parseJavascript } from '../javascript/parse/parse-javascript.ts';
import { CodeWriter } from './code-writer.ts';

/** A range of the template that is replaced by other code. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly code: string;
}

/** Parses a script in a template. Undefined if it is invalid. */
export function parseScript(text: string, from: number, to: number): Program | undefined {
  try {
    const { program, problems } = parseJavascript('template.ts', text.slice(from, to));
    return problems.length === 0 ? program : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Splits a script into its imports and the rest, and makes the replacements in the rest. The script is the range `from` to
 * `to` of the text. Offsets in `program` are relative to `from`.
 */
export function splitImports(
  text: string,
  from: number,
  to: number,
  program: Program,
  replacements: readonly Replacement[] = [],
): { readonly imports: CodeWriter; readonly rest: CodeWriter } {
  const imports = new CodeWriter(text);
  const cuts = [...replacements];
  for (const node of program.body) {
    if (node.type !== 'ImportDeclaration') continue;
    imports.copy(from + node.start, from + node.end);
    imports.add('\n', from + node.end, from + node.end);
    cuts.push({ from: from + node.start, to: from + node.end, code: '' });
  }
  cuts.sort((a, b) => a.from - b.from);
  const rest = new CodeWriter(text);
  let at = from;
  for (const cut of cuts) {
    if (cut.from < at) continue;
    rest.copy(at, cut.from);
    rest.add(cut.code, cut.from, cut.to);
    at = cut.to;
  }
  rest.copy(at, to);
  return { imports, rest };
}

/** Visits all nodes of a tree. Uses an explicit stack, because a tree may be too deep for recursion. */
export function walkTree(root: object, visit: (node: Node, parent: Node | undefined) => void): void {
  const stack: { node: object; parent: Node | undefined }[] = [{ node: root, parent: undefined }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const node = top.node as Node & Record<string, unknown>;
    if (typeof node.type === 'string') visit(node, top.parent);
    const parent = typeof node.type === 'string' ? (node as Node) : top.parent;
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'parent' && typeof value === 'object' && value !== null)
        stack.push({ node: value, parent });
    }
  }
}

/** Returns the names that a pattern declares. */
export function namesIn(pattern: object): Set<string> {
  const names = new Set<string>();
  walkTree(pattern, (node, parent) => {
    if (node.type !== 'Identifier') return;
    if (parent?.type === 'Property' && parent.key === node && !parent.shorthand) return;
    names.add(node.name);
  });
  return names;
}

/** Returns the names that a script declares at its top level. */
export function declaredNames(program: Program): Set<string> {
  const names = new Set<string>();
  for (const statement of program.body) {
    const it =
      statement.type === 'ExportNamedDeclaration' && statement.declaration
        ? statement.declaration
        : statement;
    if (it.type === 'ImportDeclaration') for (const one of it.specifiers) names.add(one.local.name);
    else if (it.type === 'VariableDeclaration') {
      for (const one of it.declarations) for (const name of namesIn(one.id)) names.add(name);
    } else if ((it.type === 'FunctionDeclaration' || it.type === 'ClassDeclaration') && it.id)
      names.add(it.id.name);
  }
  return names;
}
