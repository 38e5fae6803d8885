import type { Node } from 'oxc-parser';
import { requiredSpecifier, stringOf } from '../../languages/javascript/parse/syntax.ts';
import type { Edit } from '../fix.ts';
import { functionAround, identifiersIn, type JavascriptFile, source } from './javascript-file.ts';
import { stringCode, styleOf } from './style.ts';

/** A name imported from a module, such as `a` in `import { a } from 'm'` or `const { a } = require('m')`. */
export interface NamedImport {
  readonly module: string;
  readonly imported: string;
  readonly local: string;
  /** The specifier, or the property of the pattern. */
  readonly node: Node;
}

export function namedImports(file: JavascriptFile): NamedImport[] {
  return file.nodes.flatMap((node): NamedImport[] => {
    if (node.type === 'ImportSpecifier') {
      const around = file.parents.get(node);
      const imported = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
      if (around?.type !== 'ImportDeclaration' || around.importKind === 'type' || node.importKind === 'type')
        return [];
      return [{ module: around.source.value, imported, local: node.local.name, node }];
    }
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern' || !node.init) return [];
    if (functionAround(file, node) !== file.program) return [];
    const module = requiredSpecifier(node.init);
    if (module === undefined) return [];
    return node.id.properties.flatMap((property): NamedImport[] =>
      property.type === 'Property' &&
      property.key.type === 'Identifier' &&
      property.value.type === 'Identifier'
        ? [{ module, imported: property.key.name, local: property.value.name, node: property }]
        : [],
    );
  });
}

/**
 * Edits that import `name` from the module that `known` is imported from. If only the changed code uses `known`, the import
 * of `name` replaces that of `known`. No edits if `name` is imported already, undefined if `name` is taken.
 */
export function importBeside(file: JavascriptFile, known: NamedImport, name: string): Edit[] | undefined {
  const there = namedImports(file).find(({ module, local }) => module === known.module && local === name);
  if (there) return there.imported === name ? [] : undefined;
  if (isTaken(file, name)) return undefined;
  const uses = identifiersIn(file, file.program, known.local).filter(
    ({ start }) => start < known.node.start || start >= known.node.end,
  );
  if (uses.length === 1) return [{ at: known.node.start, end: known.node.end, text: name }];
  return [{ at: known.node.end, end: known.node.end, text: `, ${name}` }];
}

/**
 * Edits that import names from a module: they extend an existing import from it, or add one after the last import. No edits
 * if all names are imported already. Undefined if one of the names is taken, or if it is unclear whether the file uses
 * `import` or `require`.
 */
export function importNew(
  file: JavascriptFile,
  module: string,
  names: readonly string[],
): Edit[] | undefined {
  const known = namedImports(file).filter((one) => one.module === module && one.imported === one.local);
  const missing = names.filter((name) => !known.some(({ local }) => local === name));
  if (missing.some((name) => isTaken(file, name))) return undefined;
  if (missing.length === 0) return [];
  const [beside] = known.slice(-1);
  if (beside) return [{ at: beside.node.end, end: beside.node.end, text: `, ${missing.join(', ')}` }];
  const style = styleOf(file);
  const list = `{ ${missing.join(', ')} }`;
  const from = stringCode(module, style);
  const head = headOf(file);
  const imports = head.filter(({ type }) => type === 'ImportDeclaration');
  const required = head.filter((node) => isRequire(node));
  const isModule = imports.length > 0 || (required.length === 0 && isEsm(file));
  if (!isModule && required.length === 0 && !/\.cjs$/.test(file.path)) return undefined;
  const code =
    (isModule ? `import ${list} from ${from}` : `const ${list} = require(${from})`) + style.semicolon;
  const last = (isModule ? imports : required).at(-1);
  if (last) return [{ at: last.end, end: last.end, text: style.newline + code }];
  const first = file.program.body.find((node) => !('directive' in node && node.directive));
  const at = first?.start ?? file.text.length;
  return [{ at, end: at, text: code + style.newline }];
}

/** The import statements at the start of a file. An import added there is in effect for all later code. */
function headOf({ program, text }: JavascriptFile): Node[] {
  const end = program.body.findIndex(
    (node) =>
      node.type !== 'ImportDeclaration' &&
      !isRequire(node) &&
      !(node.type === 'ExpressionStatement' && /^(?:'|"|require\()/.test(text.slice(node.start))),
  );
  return program.body.slice(0, end < 0 ? undefined : end);
}

function isEsm({ path, program }: JavascriptFile): boolean {
  return /\.(?:mjs|m?tsx?)$/.test(path) || program.body.some(({ type }) => /^Export/.test(type));
}

function isRequire(node: Node): boolean {
  return (
    node.type === 'VariableDeclaration' &&
    node.declarations.length > 0 &&
    node.declarations.every(({ init }) => init !== null && requiredSpecifier(init) !== undefined)
  );
}

function isTaken(file: JavascriptFile, name: string): boolean {
  return identifiersIn(file, file.program, name).length > 0;
}

/**
 * Whether a node is the name of a whole module: `cp` of `import * as cp from 'm'`, `import cp from 'm'` or `const cp =
 * require('m')`, where `m` is one of `modules`.
 */
export function isModuleObject(file: JavascriptFile, node: Node, modules: readonly string[]): boolean {
  if (node.type !== 'Identifier') return false;
  return file.nodes.some((other) => {
    if (other.type === 'ImportNamespaceSpecifier' || other.type === 'ImportDefaultSpecifier') {
      const around = file.parents.get(other);
      return (
        other.local.name === node.name &&
        around?.type === 'ImportDeclaration' &&
        modules.includes(stringOf(around.source) ?? '')
      );
    }
    if (other.type !== 'VariableDeclarator' || other.id.type !== 'Identifier' || !other.init) return false;
    return source(file, other.id) === node.name && modules.includes(requiredSpecifier(other.init) ?? '');
  });
}
