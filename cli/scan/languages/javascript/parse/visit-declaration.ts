import type {
  ArrowFunctionExpression,
  ExportNamedDeclaration,
  Function as FunctionNode,
  ImportDeclaration,
  Node,
  TSModuleDeclaration,
} from 'oxc-parser';
import type { Walk } from './collect-scopes.ts';
import { close, closeFunction, declare, type OpenScope, open, readUse, use } from './open-scope.ts';
import { newFunctionInfo } from './scope.ts';
import { visit, visitAll } from './visit-node.ts';
import { declarePattern } from './visit-pattern.ts';

export function isLexical(node: Node | null | undefined): boolean {
  switch (node?.type) {
    case 'VariableDeclaration':
      return node.kind !== 'var';
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return true;
    default:
      return false;
  }
}

export function visitBlock(
  walk: Walk,
  node: Node,
  body: readonly Node[],
  scope: OpenScope,
  depth: number,
): void {
  const inner = body.some(isLexical) ? open(walk, node, scope, scope.info) : scope;
  visitAll(walk, body, inner, depth);
  if (inner !== scope) close(inner);
}

export function visitFunction(
  walk: Walk,
  node: FunctionNode | ArrowFunctionExpression,
  scope: OpenScope,
  depth: number,
): void {
  if (!node.body) return;
  if (node.id && node.type === 'FunctionDeclaration') declare(scope, node.id.name, 'function');
  const inner = open(walk, node, scope, newFunctionInfo());
  for (const param of node.params) {
    if ('decorators' in param) visitAll(walk, param.decorators ?? [], inner, depth);
    declarePattern(walk, param, inner, 'variable', depth);
    if (param.type === 'TSParameterProperty') use(inner, 'this', readUse);
  }
  if (node.body.type === 'BlockStatement') visitAll(walk, node.body.body, inner, depth);
  else visit(walk, node.body, inner, depth);
  if (node.type === 'ArrowFunctionExpression') close(inner);
  else closeFunction(inner, node.type === 'FunctionExpression' ? node.id?.name : undefined, true);
}

/** Visits an import, export, enum, namespace or type alias, and records the names that it declares. */
export function visitDeclaration(walk: Walk, node: Node, scope: OpenScope, depth: number): void {
  switch (node.type) {
    case 'ImportDeclaration':
      visitImport(node, scope);
      break;
    case 'ExportNamedDeclaration':
      visitExport(walk, node, scope, depth);
      break;
    case 'ExportDefaultDeclaration':
      visit(walk, node.declaration, scope, depth);
      if ('id' in node.declaration && node.declaration.id?.type === 'Identifier') {
        if (/Declaration$/.test(node.declaration.type)) walk.exportedNames.add(node.declaration.id.name);
      } else if (node.declaration.type === 'Identifier') walk.exportedNames.add(node.declaration.name);
      break;
    case 'TSEnumDeclaration':
      if (node.declare) break;
      declare(scope, node.id.name, 'variable');
      for (const member of node.body.members) visit(walk, member.initializer, scope, depth);
      break;
    case 'TSModuleDeclaration':
      if (!node.declare && node.body && node.kind !== 'global') {
        visitNamespace(walk, node as TSModuleDeclaration, scope, depth);
      }
      break;
    case 'TSImportEqualsDeclaration': {
      const { moduleReference } = node;
      if (moduleReference.type === 'TSExternalModuleReference') {
        const variable = declare(scope, node.id.name, 'import');
        variable.specifier = moduleReference.expression.value;
        variable.imported = '*';
      } else {
        declare(scope, node.id.name, 'variable');
        const root = rootName(moduleReference);
        if (root !== undefined) use(scope, root, readUse);
      }
      break;
    }
    case 'TSTypeAliasDeclaration':
      scope.types ??= new Map();
      scope.types.set(node.id.name, node.typeAnnotation);
      break;
    case 'TSInterfaceDeclaration':
      if (node.extends.length === 0) break;
      scope.types ??= new Map();
      scope.types.set(node.id.name, node);
      break;
    default: {
      // Flow's `(value: Type)`, which oxc's types lack.
      const { type, expression } = node as unknown as { type: string; expression?: Node };
      if (type === 'TypeCastExpression' && expression) visit(walk, expression, scope, depth);
    }
  }
}

/** Returns the first part of a qualified name: `A` for `A.B.C`. */
export function rootName(name: Node): string | undefined {
  let at = name;
  while (at.type === 'TSQualifiedName') at = at.left;
  return at.type === 'Identifier' ? at.name : undefined;
}

function visitImport(node: ImportDeclaration, scope: OpenScope): void {
  for (const specifier of node.specifiers) {
    const variable = declare(scope, specifier.local.name, 'import');
    variable.specifier = node.source.value;
    if (specifier.type === 'ImportDefaultSpecifier') variable.imported = 'default';
    else if (specifier.type === 'ImportNamespaceSpecifier') variable.imported = '*';
    else variable.imported = exportName(specifier.imported);
  }
}

/** Returns the text of a name in an import or export clause. The name may be an identifier (`a`) or a string (`'a b'`). */
export function exportName(name: { type: string; name?: string; value?: unknown }): string {
  return name.name ?? String(name.value);
}

function visitExport(walk: Walk, node: ExportNamedDeclaration, scope: OpenScope, depth: number): void {
  const { declaration } = node;
  if (declaration) {
    visit(walk, declaration, scope, depth);
    if (scope.parent === undefined)
      for (const name of declaredNames(declaration)) walk.exportedNames.add(name);
  }
  if (node.source) return;
  for (const specifier of node.specifiers) {
    if (scope.parent === undefined) walk.exportedNames.add(exportName(specifier.local));
  }
}

/** Returns the names that a statement declares. */
export function declaredNames(declaration: Node): string[] {
  const names: string[] = [];
  if (declaration.type === 'VariableDeclaration') {
    for (const { id } of declaration.declarations) namesIn(id, names, 0);
  } else if ('id' in declaration) {
    const { id } = declaration;
    const name = id && 'type' in id ? rootName(id) : undefined;
    if (name !== undefined) names.push(name);
  }
  return names;
}

function namesIn(pattern: Node, names: string[], depth: number): void {
  if (depth > 1000) return;
  if (pattern.type === 'Identifier') names.push(pattern.name);
  else if (pattern.type === 'AssignmentPattern') namesIn(pattern.left, names, depth + 1);
  else if (pattern.type === 'RestElement') namesIn(pattern.argument, names, depth + 1);
  else if (pattern.type === 'Property') namesIn(pattern.value, names, depth + 1);
  else if (pattern.type === 'ArrayPattern') {
    for (const element of pattern.elements) if (element) namesIn(element, names, depth + 1);
  } else if (pattern.type === 'ObjectPattern') {
    for (const property of pattern.properties) namesIn(property, names, depth + 1);
  }
}

function visitNamespace(walk: Walk, node: TSModuleDeclaration, scope: OpenScope, depth: number): void {
  const name = rootName(node.id);
  if (name !== undefined && !scope.names.has(name)) declare(scope, name, 'variable');
  if (!node.body) return;
  const inner = open(walk, node, scope, scope.info);
  visitAll(walk, node.body.body, inner, depth);
  close(inner);
}
