import type { Node } from 'oxc-parser';
import { keyName, unwrap } from '../../../scan/languages/javascript/parse/syntax.ts';

type NodeOf<T extends Node['type']> = Extract<Node, { type: T }>;

/** What a name stands for. A `path` leads from the value to the name in a pattern: `{ a: { b } }` has `a`, `b`. */
export type Declaration =
  | { readonly kind: 'import'; readonly from: string; readonly name: string }
  | {
      readonly kind: 'variable';
      readonly init: Node | null;
      readonly path: readonly string[] | undefined;
      readonly writes: Write[];
    }
  | { readonly kind: 'function' | 'class'; readonly node: Node }
  | {
      readonly kind: 'parameter';
      readonly of: Node;
      readonly index: number;
      readonly path: readonly string[] | undefined;
      /** What it is where no argument is passed. */
      readonly initial?: Node;
    }
  | { readonly kind: 'other' };

/** An assignment to a variable, or to a property of what it holds: `options.cookie.secure = true`. */
export interface Write {
  /** Undefined if a part of it is computed. */
  readonly path: readonly string[] | undefined;
  readonly value: Node | undefined;
  /** What `push` adds to a list; the list may change in other ways where it is empty. */
  readonly added?: readonly Node[];
  readonly node: Node;
}

export interface Declarations {
  /** The meaning of a name at a node; undefined for a global one. */
  find(name: string, node: Node): Declaration | undefined;
}

export function collectDeclarations(
  program: Node,
  nodes: readonly Node[],
  parents: ReadonlyMap<Node, Node>,
): Declarations {
  const scopes = new Map<Node, Map<string, Declaration>>();
  const declare = (scope: Node, name: string, declaration: Declaration): void => {
    let names = scopes.get(scope);
    if (!names) {
      names = new Map();
      scopes.set(scope, names);
    }
    // Two declarations of one name: neither says all.
    names.set(name, names.has(name) && !isHoisted(declaration) ? { kind: 'other' } : declaration);
  };
  const scopeOf = (node: Node, isVar: boolean): Node => {
    let at = parents.get(node);
    while (at && !(isVar ? isFunctionScope(at) : isScope(at))) at = parents.get(at);
    return at ?? program;
  };
  const find = (name: string, node: Node): Declaration | undefined => {
    for (let at: Node | undefined = node; at; at = parents.get(at)) {
      const found = scopes.get(at)?.get(name);
      if (found) return found;
    }
    return undefined;
  };
  for (const node of nodes) declareNode(node, parents, scopeOf, declare);
  for (const node of nodes) {
    const change = written(node);
    const write = change?.target && pathOf(change.target);
    const declaration = write && find(write.name, node);
    if (!change || !write || declaration?.kind !== 'variable') continue;
    const { value, added } = change;
    declaration.writes.push({ path: write.path, value, node, ...(added ? { added } : {}) });
  }
  return { find };
}

function isHoisted({ kind }: Declaration): boolean {
  return kind === 'function';
}

type Declare = (scope: Node, name: string, declaration: Declaration) => void;

function declareNode(
  node: Node,
  parents: ReadonlyMap<Node, Node>,
  scopeOf: (node: Node, isVar: boolean) => Node,
  declare: Declare,
): void {
  switch (node.type) {
    case 'ImportDeclaration':
      for (const specifier of node.specifiers) {
        declare(scopeOf(node, false), specifier.local.name, importOf(node.source.value, specifier));
      }
      return;
    case 'TSImportEqualsDeclaration':
      if (node.moduleReference.type === 'TSExternalModuleReference') {
        const from = node.moduleReference.expression.value;
        declare(scopeOf(node, false), node.id.name, { kind: 'import', from, name: '*' });
      }
      return;
    case 'VariableDeclarator': {
      const declaration = parents.get(node) as NodeOf<'VariableDeclaration'>;
      const around = parents.get(declaration);
      const isLoop = around?.type === 'ForOfStatement' || around?.type === 'ForInStatement';
      const scope = scopeOf(declaration, declaration.kind === 'var');
      for (const { name, path } of namesIn(node.id, [])) {
        declare(
          scope,
          name,
          isLoop ? { kind: 'other' } : { kind: 'variable', init: node.init, path, writes: [] },
        );
      }
      return;
    }
    case 'FunctionDeclaration':
      if (node.id) declare(scopeOf(node, false), node.id.name, { kind: 'function', node });
      break;
    case 'ClassDeclaration':
      if (node.id) declare(scopeOf(node, false), node.id.name, { kind: 'class', node });
      return;
    case 'TSEnumDeclaration':
      declare(scopeOf(node, false), node.id.name, { kind: 'other' });
      return;
    case 'CatchClause':
      for (const { name } of node.param ? namesIn(node.param, []) : [])
        declare(node, name, { kind: 'other' });
      return;
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      break;
    default:
      return;
  }
  for (const [index, param] of node.params.entries()) {
    if (param.type === 'AssignmentPattern' && param.left.type === 'Identifier') {
      const initial = param.right;
      declare(node, param.left.name, { kind: 'parameter', of: node, index, path: [], initial });
      continue;
    }
    for (const { name, path } of namesIn(param, [])) {
      declare(node, name, { kind: 'parameter', of: node, index, path });
    }
  }
}

function importOf(from: string, specifier: NodeOf<'ImportDeclaration'>['specifiers'][number]): Declaration {
  if (specifier.type === 'ImportDefaultSpecifier') return { kind: 'import', from, name: 'default' };
  if (specifier.type === 'ImportNamespaceSpecifier') return { kind: 'import', from, name: '*' };
  const { imported } = specifier;
  return { kind: 'import', from, name: imported.type === 'Identifier' ? imported.name : imported.value };
}

interface PatternName {
  readonly name: string;
  readonly path: readonly string[] | undefined;
}

function namesIn(pattern: Node, path: readonly string[] | undefined): PatternName[] {
  switch (pattern.type) {
    case 'Identifier':
      return [{ name: pattern.name, path }];
    case 'AssignmentPattern':
      return namesIn(pattern.left, undefined);
    case 'RestElement':
      return namesIn(pattern.argument, undefined);
    case 'TSParameterProperty':
      return namesIn(pattern.parameter, path);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element, index) =>
        element ? namesIn(element, path && [...path, String(index)]) : [],
      );
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => {
        if (property.type === 'RestElement') return namesIn(property.argument, undefined);
        const key = keyName(property.key, property.computed);
        return namesIn(property.value, key === undefined || path === undefined ? undefined : [...path, key]);
      });
    default:
      return [];
  }
}

type Written = { readonly target: Node | undefined } & Partial<Pick<Write, 'value' | 'added'>>;

function written(node: Node): Written | undefined {
  if (node.type === 'AssignmentExpression') {
    return { target: node.left, value: node.operator === '=' ? node.right : undefined };
  }
  if (node.type === 'UpdateExpression') return { target: node.argument };
  if (node.type === 'UnaryExpression' && node.operator === 'delete') return { target: node.argument };
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object, property } = node.callee;
  if (property.type !== 'Identifier') return undefined;
  // `Object.assign(options, more)`
  if (object.type === 'Identifier' && object.name === 'Object' && property.name === 'assign') {
    return { target: node.arguments[0] };
  }
  if (/^(?:push|unshift)$/.test(property.name)) return { target: object, added: node.arguments };
  return /^(?:splice|fill|pop|shift)$/.test(property.name) ? { target: object, added: [] } : undefined;
}

/** `a.b['c']` is `a`, then `b`, `c`. */
function pathOf(
  target: Node,
): { readonly name: string; readonly path: readonly string[] | undefined } | undefined {
  let path: string[] | undefined = [];
  let at = unwrap(target);
  while (at.type === 'MemberExpression') {
    const key = at.property.type === 'PrivateIdentifier' ? undefined : keyName(at.property, at.computed);
    path = key === undefined || path === undefined ? undefined : [key, ...path];
    at = unwrap(at.object);
  }
  return at.type === 'Identifier' ? { name: at.name, path } : undefined;
}

function isFunctionScope({ type }: Node): boolean {
  return (
    /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|Program|StaticBlock)$/.test(type) ||
    type === 'TSModuleBlock'
  );
}

function isScope(node: Node): boolean {
  return (
    isFunctionScope(node) || /^(BlockStatement|For\w*Statement|SwitchStatement|CatchClause)$/.test(node.type)
  );
}
