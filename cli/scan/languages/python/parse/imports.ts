import type { Imported } from './scope.ts';
import type { Node } from './tree.ts';

export interface ImportedName {
  /** The bound variable, or `*`. */
  readonly name: string;
  readonly imported: Imported;
  readonly node: Node;
}

/**
 * Returns the names that an import statement binds, and what each stands for. `from . import x as y` binds `y` to the name
 * `x` of the specifier `.`.
 */
export function importsOf(statement: Node, text: string): ImportedName[] {
  if (statement.kind === 'future_import_statement') return [];
  if (statement.kind === 'import_statement') return statement.children.map((node) => importOf(node, text));
  const [from, ...names] = statement.children;
  if (!from) return [];
  const specifier = dotted(text, from);
  return names.map((node) => {
    const name = dotted(text, node.kind === 'aliased_import' ? (node.children[0] ?? node) : node);
    const alias = node.kind === 'aliased_import' && node.children[1] ? dotted(text, node.children[1]) : name;
    return { name: alias, imported: { specifier, name }, node };
  });
}

/** `import a.b` binds `a`, `import a.b as c` the module `a.b`. */
function importOf(node: Node, text: string): ImportedName {
  const [module, alias] = node.children;
  if (node.kind === 'aliased_import' && module && alias) {
    return { name: dotted(text, alias), imported: { specifier: dotted(text, module), name: '*' }, node };
  }
  const name = dotted(text, node).split('.')[0] ?? '';
  return { name, imported: { specifier: name, name: '*' }, node };
}

/** A dotted name may have spaces around its dots. */
function dotted(text: string, node: Node): string {
  return text.slice(node.at, node.end).replace(/\s+/g, '');
}
