import type { Node } from 'oxc-parser';
import { functionAround, type JavascriptFile } from './javascript-file.ts';

/** What a name is bound to: a variable with its value, or a function's parameter. */
export interface Declaration {
  readonly kind: 'const' | 'let' | 'parameter' | 'other';
  /** The declarator or the parameter. */
  readonly node: Node;
  /** The initial value of a variable whose declarator is a plain name. Undefined for a parameter or a pattern. */
  readonly init: Node | undefined;
  readonly type: Node | undefined;
}

/** The only declaration of a name that is in scope at a node. Undefined if there are several, or none in the file. */
export function declarationOf(file: JavascriptFile, use: Node, name: string): Declaration | undefined {
  for (let scope = functionAround(file, use); ; scope = functionAround(file, scope)) {
    const found = file.nodes.filter(
      (node) =>
        node.type === 'Identifier' &&
        node.name === name &&
        isInside(node, scope) &&
        functionOfBinding(file, node) === scope,
    );
    if (found.length === 1) return describe(file, found[0] as Node);
    if (found.length > 1 || scope === file.program) return undefined;
  }
}

function isInside(node: Node, around: Node): boolean {
  return around.start <= node.start && node.end <= around.end;
}

/** The function in whose scope an identifier declares a name. Undefined if it declares none. */
function functionOfBinding(file: JavascriptFile, node: Node): Node | undefined {
  const binder = binderOf(file, node);
  if (!binder) return undefined;
  if (/Function/.test(binder.type) && node !== ('id' in binder ? binder.id : undefined)) return binder;
  return functionAround(file, binder);
}

/** The declarator, function, class, import or catch clause whose name, or a part of whose pattern, an identifier is. */
function binderOf(file: JavascriptFile, node: Node): Node | undefined {
  let child = node;
  for (let at = file.parents.get(node); at; child = at, at = file.parents.get(at)) {
    switch (at.type) {
      case 'Property':
        if (at.value !== child) return undefined;
        break;
      case 'AssignmentPattern':
        if (at.left !== child) return undefined;
        break;
      case 'ObjectPattern':
      case 'ArrayPattern':
      case 'RestElement':
      case 'TSParameterProperty':
        break;
      case 'VariableDeclarator':
        return at.id === child ? at : undefined;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return at.body === child ? undefined : at;
      case 'ClassDeclaration':
        return at.id === child ? at : undefined;
      case 'ImportSpecifier':
      case 'ImportDefaultSpecifier':
      case 'ImportNamespaceSpecifier':
        return at.local === child ? at : undefined;
      case 'CatchClause':
        return at.param === child ? at : undefined;
      default:
        return undefined;
    }
  }
  return undefined;
}

function describe(file: JavascriptFile, name: Node): Declaration {
  const binder = binderOf(file, name) as Node;
  const type = name.type === 'Identifier' ? typeOf(name) : undefined;
  if (binder.type === 'VariableDeclarator') {
    const list = file.parents.get(binder);
    const kind = list?.type === 'VariableDeclaration' && list.kind === 'const' ? 'const' : 'let';
    const init = binder.id === name ? (binder.init ?? undefined) : undefined;
    return { kind, node: binder, init, type };
  }
  const isParameter = /Function/.test(binder.type) && name !== ('id' in binder ? binder.id : undefined);
  return { kind: isParameter ? 'parameter' : 'other', node: name, init: undefined, type };
}

function typeOf(name: Extract<Node, { type: 'Identifier' }>): Node | undefined {
  const annotation: Node | null | undefined = 'typeAnnotation' in name ? name.typeAnnotation : undefined;
  return annotation?.type === 'TSTypeAnnotation' ? annotation.typeAnnotation : undefined;
}
