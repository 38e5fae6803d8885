import type { Node } from 'oxc-parser';
import type { Walk } from './collect-scopes.ts';
import { close, effectUse, type OpenScope, open, readUse, use } from './open-scope.ts';
import { isExportsObject, rootOf, unwrap } from './syntax.ts';
import { visitClass } from './visit-class.ts';
import { isLexical, visitBlock, visitDeclaration, visitFunction } from './visit-declaration.ts';
import { declarePattern, visitPattern, visitVariables } from './visit-pattern.ts';

/** Greater than the limit of the lowering, which therefore always finds a scope. */
const maxDepth = 1100;

export function visitAll(
  walk: Walk,
  nodes: readonly (Node | null | undefined)[],
  scope: OpenScope,
  depth: number,
): void {
  for (const node of nodes) if (node) visit(walk, node, scope, depth);
}

/**
 * Visits a syntax tree, and records in each scope the names that are declared and used there. Long chains of left operands
 * and of `else if` are visited in a loop, without recursion. Parts nested deeper than `maxDepth` are left out.
 */
export function visit(walk: Walk, from: Node | null | undefined, scope: OpenScope, depth: number): void {
  if (depth > maxDepth) return;
  const deeper = depth + 1;
  let node = from;
  while (node) {
    switch (node.type) {
      case 'Identifier':
      case 'JSXIdentifier':
        use(scope, node.name, readUse);
        return;
      case 'ThisExpression':
        use(scope, 'this', readUse);
        return;
      case 'ExpressionStatement':
      case 'ChainExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'TSExportAssignment':
      case 'ParenthesizedExpression':
      case 'JSXExpressionContainer':
      case 'JSXSpreadChild':
      case 'Decorator':
        node = node.expression;
        continue;
      case 'MemberExpression':
        if (node.computed) visit(walk, node.property, scope, deeper);
        else if (isExportsObject(node.object)) walk.readExports.add(node.property.name);
        node = node.object;
        continue;
      case 'CallExpression':
        visitAll(walk, node.arguments, scope, deeper);
        if (unwrap(node.callee).type === 'MemberExpression') noteEffect(node.callee, scope);
        node = node.callee;
        continue;
      case 'NewExpression':
        visitAll(walk, node.arguments, scope, deeper);
        node = node.callee;
        continue;
      case 'TaggedTemplateExpression':
        visitAll(walk, node.quasi.expressions, scope, deeper);
        node = node.tag;
        continue;
      case 'LogicalExpression':
        scope.info.branches++;
        visit(walk, node.right, scope, deeper);
        node = node.left;
        continue;
      case 'BinaryExpression':
        visit(walk, node.right, scope, deeper);
        node = node.left;
        continue;
      case 'ConditionalExpression':
        scope.info.branches++;
        visit(walk, node.test, scope, deeper);
        visit(walk, node.consequent, scope, deeper);
        node = node.alternate;
        continue;
      case 'AssignmentExpression':
        visitPattern(walk, node.left, scope, deeper);
        node = node.right;
        continue;
      case 'UpdateExpression':
        visitPattern(walk, node.argument, scope, deeper);
        return;
      case 'UnaryExpression':
      case 'AwaitExpression':
      case 'YieldExpression':
      case 'SpreadElement':
      case 'JSXSpreadAttribute':
      case 'ReturnStatement':
      case 'ThrowStatement':
        node = node.argument;
        continue;
      case 'TemplateLiteral':
      case 'SequenceExpression':
        visitAll(walk, node.expressions, scope, deeper);
        return;
      case 'ArrayExpression':
        visitAll(walk, node.elements, scope, deeper);
        return;
      case 'ObjectExpression':
        for (const property of node.properties) {
          if (property.type === 'Property') {
            if (property.computed) visit(walk, property.key, scope, deeper);
            visit(walk, property.value, scope, deeper);
          } else visit(walk, property.argument, scope, deeper);
        }
        return;
      case 'ImportExpression':
        node = node.source;
        continue;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        visitFunction(walk, node, scope, deeper);
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        visitClass(walk, node, scope, deeper);
        return;
      case 'JSXElement': {
        const { name, attributes } = node.openingElement;
        visit(walk, name, scope, deeper);
        for (const attribute of attributes) {
          visit(
            walk,
            attribute.type === 'JSXAttribute' ? attribute.value : attribute.argument,
            scope,
            deeper,
          );
        }
        visitAll(walk, node.children, scope, deeper);
        return;
      }
      case 'JSXFragment':
        visitAll(walk, node.children, scope, deeper);
        return;
      case 'JSXMemberExpression':
        node = node.object;
        continue;
      case 'VariableDeclaration':
        visitVariables(walk, node, scope, deeper);
        return;
      case 'IfStatement':
        scope.info.branches++;
        visit(walk, node.test, scope, deeper);
        visit(walk, node.consequent, scope, deeper);
        node = node.alternate;
        continue;
      case 'BlockStatement':
        visitBlock(walk, node, node.body, scope, deeper);
        return;
      case 'WhileStatement':
      case 'DoWhileStatement':
        scope.info.branches++;
        visit(walk, node.test, scope, deeper);
        node = node.body;
        continue;
      case 'LabeledStatement':
        scope.info.branches++;
        node = node.body;
        continue;
      case 'WithStatement':
        visit(walk, node.object, scope, deeper);
        node = node.body;
        continue;
      case 'ForStatement': {
        scope.info.branches++;
        const inner = isLexical(node.init) ? open(walk, node, scope, scope.info) : scope;
        visitAll(walk, [node.init, node.test, node.update, node.body], inner, deeper);
        if (inner !== scope) close(inner);
        return;
      }
      case 'ForInStatement':
      case 'ForOfStatement': {
        scope.info.branches++;
        const inner = isLexical(node.left) ? open(walk, node, scope, scope.info) : scope;
        if (node.left.type === 'VariableDeclaration') visitVariables(walk, node.left, inner, deeper);
        else visitPattern(walk, node.left, inner, deeper);
        visitAll(walk, [node.right, node.body], inner, deeper);
        if (inner !== scope) close(inner);
        return;
      }
      case 'SwitchStatement': {
        scope.info.branches += node.cases.length;
        visit(walk, node.discriminant, scope, deeper);
        const inner = node.cases.some((it) => it.consequent.some(isLexical))
          ? open(walk, node, scope, scope.info)
          : scope;
        for (const it of node.cases) {
          visit(walk, it.test, inner, deeper);
          visitAll(walk, it.consequent, inner, deeper);
        }
        if (inner !== scope) close(inner);
        return;
      }
      case 'TryStatement':
        scope.info.branches += Math.min(node.block.body.length, 64) + 1;
        visit(walk, node.block, scope, deeper);
        if (node.handler) {
          const inner = open(walk, node.handler, scope, scope.info);
          if (node.handler.param) declarePattern(walk, node.handler.param, inner, 'variable', deeper);
          visit(walk, node.handler.body, inner, deeper);
          close(inner);
        }
        node = node.finalizer;
        continue;
      default:
        visitDeclaration(walk, node, scope, deeper);
        return;
    }
  }
}

/**
 * Records that a store to a path, or a method call on it, may mutate the object in the path's root variable: `a.b.c = 1`
 * may mutate the object in `a`.
 */
export function noteEffect(path: Node, scope: OpenScope): void {
  const root = rootOf(path);
  if (root.type === 'Identifier') use(scope, root.name, effectUse);
  else if (root.type === 'ThisExpression') use(scope, 'this', effectUse);
}
