import type { Class, ClassElement } from 'oxc-parser';
import type { Walk } from './collect-scopes.ts';
import { close, closeFunction, declare, type OpenScope, open, readUse, use } from './open-scope.ts';
import { newFunctionInfo, newVariable } from './scope.ts';
import { visitFunction } from './visit-declaration.ts';
import { visit, visitAll } from './visit-node.ts';

/**
 * Visits a class, and opens two scopes: one for the body, where static parts run with the class as `this`, and one for the
 * function that sets the instance fields.
 */
export function visitClass(walk: Walk, node: Class, scope: OpenScope, depth: number): void {
  if (node.declare) return;
  const id = walk.classIds.size;
  walk.classIds.set(node, id);
  if (node.id && node.type === 'ClassDeclaration') declare(scope, node.id.name, 'class').classId = id;
  visitAll(walk, node.decorators ?? [], scope, depth);
  visit(walk, node.superClass, scope, depth);
  const body = open(walk, node.body, scope, scope.info);
  const init = open(walk, node, body, newFunctionInfo());
  if (node.id && node.type === 'ClassExpression') declare(body, node.id.name, 'class').classId = id;
  for (const element of node.body.body) visitElement(walk, element, scope, body, init, depth);
  closeFunction(init, undefined, false);
  if (body.uses.has('this')) body.names.set('this', newVariable('this', body.info, 'variable'));
  close(body);
}

function visitElement(
  walk: Walk,
  element: ClassElement,
  outer: OpenScope,
  body: OpenScope,
  init: OpenScope,
  depth: number,
): void {
  if (element.type === 'StaticBlock') {
    visitAll(walk, element.body, body, depth);
    return;
  }
  if (!('key' in element)) return;
  visitAll(walk, element.decorators ?? [], outer, depth);
  if (element.computed) visit(walk, element.key, outer, depth);
  if (element.type === 'MethodDefinition') {
    visitFunction(walk, element.value, body, depth);
  } else if (element.type === 'PropertyDefinition' || element.type === 'AccessorProperty') {
    visit(walk, element.value, element.static ? body : init, depth);
    if (!element.static) use(init, 'this', readUse);
  }
}
