import type { Edit } from '../fix.ts';
import { newline } from './edit-arguments.ts';
import { childOf, identifiersIn, type PythonFile, type PythonNode, source } from './python-file.ts';

/** The modules that a file imports, as written: `a.b`, `.db`. */
export function importedModules(file: PythonFile): string[] {
  return file.nodes.flatMap((node) => {
    if (node.kind === 'import_from_statement') {
      const module = childOf(node, 'module_name');
      return module ? [source(file, module)] : [];
    }
    if (node.kind !== 'import_statement') return [];
    return node.children.flatMap((child) => {
      const name = child.kind === 'aliased_import' ? childOf(child, 'name') : child;
      return child.field === 'name' && name ? [source(file, name)] : [];
    });
  });
}

/** The texts of the project's own modules that a file imports. */
export function importedTexts(file: PythonFile, sources: (path: string) => string | undefined): string[] {
  const texts = new Map<string, string>();
  const folders = file.path.split('/').slice(0, -1);
  for (const module of importedModules(file)) {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    const names = module.slice(dots).split('.').filter(Boolean);
    const starts = dots > 0 ? [folders.length - dots + 1] : folders.map((_, i) => i).concat(folders.length);
    for (const count of starts) {
      const base = [...folders.slice(0, Math.max(0, count)), ...names].join('/');
      for (const path of [`${base}.py`, `${base}/__init__.py`]) {
        const text = sources(path);
        if (text !== undefined) texts.set(path, text);
      }
    }
  }
  return [...texts.values()];
}

/**
 * Edits that add `import module` after the first imports of the file. No edits if it is imported already. Undefined if
 * the file uses the name for something else, or does not start with imports.
 */
export function importModule(file: PythonFile, module: string): Edit[] | undefined {
  const statements = file.root.children.filter(({ kind }) => /^import_(?:from_)?statement$/.test(kind));
  if (statements.some((node) => isImportOf(file, node, module))) return [];
  if (identifiersIn(file, file.root, module).length > 0) return undefined;
  return insertImport(file, `import ${module}`);
}

/**
 * Edits that add `from module import name`. No edits if it is imported already. Undefined if the file uses the name for
 * something else, or does not start with imports.
 */
export function importName(file: PythonFile, module: string, name: string): Edit[] | undefined {
  const there = file.root.children.some(
    (node) =>
      node.kind === 'import_from_statement' &&
      source(file, childOf(node, 'module_name') ?? node) === module &&
      node.children.some((child) => child.field === 'name' && source(file, child) === name),
  );
  if (there) return [];
  if (identifiersIn(file, file.root, name).length > 0) return undefined;
  return insertImport(file, `from ${module} import ${name}`);
}

function isImportOf(file: PythonFile, node: PythonNode, module: string): boolean {
  return (
    node.kind === 'import_statement' &&
    node.children.some((child) => child.field === 'name' && source(file, child) === module)
  );
}

/** Inserts after the imports at the start of the file, which is in effect for all later code. */
function insertImport(file: PythonFile, code: string): Edit[] | undefined {
  const statements = file.root.children.filter(({ isNamed, kind }) => isNamed && kind !== 'comment');
  const isImport = ({ kind }: PythonNode): boolean => /^(?:import_|future_import)/.test(kind);
  const first = isDocstring(statements[0]) ? 1 : 0;
  const end = statements.findIndex((node, i) => i >= first && !isImport(node));
  const last = statements.slice(first, end < 0 ? undefined : end).at(-1);
  if (!last) return undefined;
  return [{ at: last.end, end: last.end, text: newline(file) + code }];
}

function isDocstring(node: PythonNode | undefined): boolean {
  return node?.kind === 'expression_statement' && node.children[0]?.kind === 'string';
}
