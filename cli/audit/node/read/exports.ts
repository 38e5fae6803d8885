import type { Node } from 'oxc-parser';
import { isModuleExports, keyName } from '../../../scan/languages/javascript/parse/syntax.ts';
import type { ModuleFile } from './module-file.ts';

/** What a module exports under a name. */
export type Export =
  | { readonly kind: 'value'; readonly node: Node }
  /** A name that is declared in the module. */
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'from'; readonly from: string; readonly name: string }
  | { readonly kind: 'twice' };

export interface Exports {
  readonly names: ReadonlyMap<string, Export>;
  /** `export * from` */
  readonly all: readonly string[];
  /** `module.exports = `, or `export =` */
  readonly whole: Node | undefined;
}

const known = new WeakMap<ModuleFile, Exports>();

export function exportsOf(file: ModuleFile): Exports {
  const found = known.get(file) ?? readExports(file);
  known.set(file, found);
  return found;
}

function readExports({ program, nodes }: ModuleFile): Exports {
  const names = new Map<string, Export>();
  const all: string[] = [];
  let whole: Node | undefined;
  const add = (name: string, value: Export): void => {
    names.set(name, names.has(name) ? { kind: 'twice' } : value);
  };
  for (const node of program.body) {
    switch (node.type) {
      case 'ExportDefaultDeclaration':
        add('default', { kind: 'value', node: node.declaration });
        break;
      case 'ExportAllDeclaration':
        if (node.exported) add(nameOf(node.exported), { kind: 'from', from: node.source.value, name: '*' });
        else all.push(node.source.value);
        break;
      case 'ExportNamedDeclaration':
        for (const { local, exported } of node.specifiers) {
          const name = nameOf(local);
          const from = node.source?.value;
          add(nameOf(exported), from === undefined ? { kind: 'local', name } : { kind: 'from', from, name });
        }
        for (const name of node.declaration ? declaredNames(node.declaration) : [])
          add(name, { kind: 'local', name });
        break;
      case 'TSExportAssignment':
        whole = node.expression;
        break;
      default:
    }
  }
  for (const node of nodes) {
    if (node.type !== 'AssignmentExpression' || node.operator !== '=') continue;
    const { left } = node;
    if (left.type !== 'MemberExpression') continue;
    if (isModuleExports(left)) whole = node.right;
    else if (isExports(left.object) && left.property.type !== 'PrivateIdentifier') {
      const name = keyName(left.property, left.computed);
      if (name !== undefined) add(name, { kind: 'value', node: node.right });
    }
  }
  return { names, all, whole };
}

function isExports(node: Node): boolean {
  return (
    (node.type === 'Identifier' && node.name === 'exports') ||
    (node.type === 'MemberExpression' && isModuleExports(node))
  );
}

function nameOf(node: { readonly type: string; readonly name?: string; readonly value?: unknown }): string {
  return node.name ?? String(node.value);
}

function declaredNames(node: Node): string[] {
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') {
    return node.id ? [node.id.name] : [];
  }
  if (node.type !== 'VariableDeclaration') return [];
  return node.declarations.flatMap(({ id }) => patternNames(id));
}

function patternNames(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) =>
        patternNames(one.type === 'RestElement' ? one.argument : one.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((one) => (one ? patternNames(one) : []));
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    default:
      return [];
  }
}
