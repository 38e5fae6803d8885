import type {
  CallExpression,
  ExportAllDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Node,
  TSExportAssignment,
} from 'oxc-parser';
import type { ValueId } from '../../../ir/ir.ts';
import { lowerExpression } from '../lower/lower-expression.ts';
import { isExportsOf } from '../lower/lower-reference.ts';
import { lowerStatement } from '../lower/lower-statement.ts';
import { cellOf, type ExportCell, emit, emitConst, type Lowering, type Place } from '../lower/lowering.ts';
import { lookUp } from './scope.ts';
import { isIdentifier, keyName, requiredSpecifier, stringOf } from './syntax.ts';
import { importedType } from './type-name.ts';
import { declaredNames, exportName } from './visit-declaration.ts';

export function exportValue(f: Lowering, name: string, value: ValueId): void {
  f.module.exports.push({ name, value, func: f.info.index });
  if (name !== '=') return;
  const inst = f.builder.inst(value);
  if (inst.op !== 'object') return;
  inst.keys.forEach((key, i) => {
    const member = inst.values[i];
    if (typeof key !== 'string' || member === undefined || !f.module.scopes.readExports.has(key)) return;
    emit(
      f,
      { op: 'cell-store', cell: exportCell(f, key).cell, value: member },
      { start: inst.at, end: inst.end },
    );
  });
}

/**
 * Lowers a read of `exports.name` or `module.exports.name` to a load from a cell. In a module with such a read, writes to
 * that export store into the cell.
 */
export function readExport(f: Lowering, name: string, place: Place): ValueId {
  return emit(f, { op: 'cell-load', cell: exportCell(f, name).cell }, place);
}

export function writeExport(f: Lowering, name: string, value: ValueId, place: Place): void {
  const inst = f.builder.inst(value);
  // Compiled code begins with `exports.a = exports.b = void 0`.
  if (inst.op === 'unary' && inst.operator === 'void') return;
  if (!f.module.scopes.readExports.has(name)) {
    f.module.exports.push({ name, value, func: f.info.index });
    return;
  }
  const exported = exportCell(f, name);
  emit(f, { op: 'cell-store', cell: exported.cell, value }, place);
  if (!exported.isExported) f.module.exports.push({ name, cell: exported.cell });
  exported.isExported = true;
}

function exportCell(f: Lowering, name: string): ExportCell {
  const { cells, exportCells } = f.module;
  let known = exportCells.get(name);
  if (!known) {
    known = { cell: cells.push({ name: `exports.${name}`, owner: 0 }) - 1, isExported: false };
    exportCells.set(name, known);
  }
  return known;
}

/**
 * Lowers a call by which compiled code exports names, such as `__exportStar(require('x'), exports)` or
 * `Object.defineProperty(exports, 'a', ...)`. Returns undefined for any other call.
 */
export function lowerExportCall(f: Lowering, node: CallExpression): ValueId | undefined {
  const [first, second, third] = node.arguments;
  if (!first || !second) return undefined;
  const { callee } = node;
  const name =
    callee.type === 'Identifier'
      ? callee.name
      : callee.type === 'MemberExpression' && !callee.computed
        ? callee.property.name
        : '';
  if (name === '__exportStar' && isExportsOf(f, second) && first.type === 'CallExpression') {
    const specifier = requiredSpecifier(first);
    if (specifier === undefined) return undefined;
    f.module.exports.push({ all: specifier });
    return emitConst(f, undefined, node);
  }
  if (
    name !== 'defineProperty' ||
    callee.type !== 'MemberExpression' ||
    !isIdentifier(callee.object, 'Object')
  ) {
    return undefined;
  }
  const exported = stringOf(second);
  if (exported === undefined || exported === '__esModule' || third?.type !== 'ObjectExpression')
    return undefined;
  if (!isExportsOf(f, first)) return undefined;
  for (const property of third.properties) {
    if (property.type !== 'Property') continue;
    const key = keyName(property.key, property.computed);
    if (key !== 'get' && key !== 'value') continue;
    const value = lowerExpression(f, property.value, exported);
    const result = key === 'get' ? emit(f, { op: 'call', callee: value, args: [] }, property) : value;
    writeExport(f, exported, result, node);
    return result;
  }
  return undefined;
}

export function lowerExportNamed(f: Lowering, node: ExportNamedDeclaration): void {
  const { declaration, source } = node;
  if (declaration) {
    lowerStatement(f, declaration);
    if (declaration.type === 'TSInterfaceDeclaration' || declaration.type === 'TSTypeAliasDeclaration')
      exportType(f, declaration.id.name, declaration.id.name);
    if (isDeclared(declaration))
      for (const name of declaredNames(declaration)) exportVariable(f, name, name, node);
  }
  for (const specifier of node.specifiers) {
    const local = exportName(specifier.local);
    const exported = exportName(specifier.exported);
    if (source) f.module.exports.push({ name: exported, from: source.value, imported: local });
    else exportVariable(f, local, exported, specifier);
  }
}

function isDeclared(declaration: Node): boolean {
  return !('declare' in declaration && declaration.declare);
}

/** Exports a type of another module under this name, for the annotations of modules that import it. */
function exportType(f: Lowering, local: string, exported: string): void {
  const type = importedType(f.scope, local);
  const [imported, ...more] = type?.path ?? [];
  if (type && imported !== undefined && more.length === 0)
    f.module.exports.push({ name: exported, from: type.import, imported });
}

/** Exports the value of a name at the top level. Of a type, only the type of another module that it stands for is exported. */
function exportVariable(f: Lowering, local: string, exported: string, place: Place): void {
  const variable = lookUp(f.scope, local);
  if (!variable) {
    exportType(f, local, exported);
    return;
  }
  if (variable.kind !== 'import') {
    f.module.exports.push({ name: exported, cell: cellOf(f.module, variable) });
  } else if (variable.imported === '*') {
    exportImport(f, exported, variable.specifier, place);
  } else {
    f.module.exports.push({ name: exported, from: variable.specifier, imported: variable.imported });
  }
}

function exportImport(f: Lowering, name: string, specifier: string, place: Place): void {
  exportValue(f, name, emit(f, { op: 'import', specifier, name: '*' }, place));
}

export function lowerExportDefault(f: Lowering, node: ExportDefaultDeclaration): void {
  const { declaration } = node;
  if (declaration.type === 'TSInterfaceDeclaration') return;
  if (declaration.type === 'Identifier' && lookUp(f.scope, declaration.name)) {
    exportVariable(f, declaration.name, 'default', node);
    return;
  }
  const isStatement = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
  if (isStatement && declaration.id) {
    lowerStatement(f, declaration);
    exportVariable(f, declaration.id.name, 'default', node);
  } else if (declaration.type !== 'TSDeclareFunction') {
    exportValue(f, 'default', lowerExpression(f, declaration, 'default'));
  }
}

export function lowerExportAll(f: Lowering, node: ExportAllDeclaration): void {
  if (node.exported) exportImport(f, exportName(node.exported), node.source.value, node);
  else f.module.exports.push({ all: node.source.value });
}

export function lowerExportAssignment(f: Lowering, node: TSExportAssignment): void {
  exportValue(f, '=', lowerExpression(f, node.expression));
}
