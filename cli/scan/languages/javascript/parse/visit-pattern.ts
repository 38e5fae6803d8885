import type { Node, VariableDeclaration } from 'oxc-parser';
import type { Walk } from './collect-scopes.ts';
import { declare, functionScope, type OpenScope, readUse, use, writeUse } from './open-scope.ts';
import type { Variable } from './scope.ts';
import { keyName, requiredSpecifier, unwrap } from './syntax.ts';
import { noteEffect, visit } from './visit-node.ts';

/** Calls `target` with each target in a pattern, and visits the defaults and keys in it. */
function forEachTarget(
  walk: Walk,
  pattern: Node,
  scope: OpenScope,
  depth: number,
  onTarget: (target: Node) => void,
): void {
  if (depth > 1000) return;
  switch (pattern.type) {
    case 'AssignmentPattern':
      scope.info.branches++;
      visit(walk, pattern.right, scope, depth + 1);
      forEachTarget(walk, pattern.left, scope, depth + 1, onTarget);
      break;
    case 'RestElement':
      forEachTarget(walk, pattern.argument, scope, depth + 1, onTarget);
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements) {
        if (element) forEachTarget(walk, element, scope, depth + 1, onTarget);
      }
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'Property') {
          if (property.computed) visit(walk, property.key, scope, depth + 1);
          forEachTarget(walk, property.value, scope, depth + 1, onTarget);
        } else forEachTarget(walk, property, scope, depth + 1, onTarget);
      }
      break;
    case 'TSParameterProperty':
      forEachTarget(walk, pattern.parameter, scope, depth, onTarget);
      break;
    default:
      onTarget(pattern);
  }
}

/**
 * Declares the names of a destructuring pattern in the scope `owner`. Default values in the pattern are evaluated in
 * `scope`.
 */
export function declarePattern(
  walk: Walk,
  pattern: Node,
  scope: OpenScope,
  kind: Variable['kind'],
  depth: number,
  owner: OpenScope = scope,
): void {
  forEachTarget(walk, pattern, scope, depth, (target) => {
    if (target.type === 'Identifier') declare(owner, target.name, kind);
  });
}

/**
 * Visits the pattern on the left of an assignment. For `[a, b.c] = x`, records that the variable `a` is written, and that
 * the object in `b` may be mutated.
 */
export function visitPattern(walk: Walk, pattern: Node, scope: OpenScope, depth: number): void {
  forEachTarget(walk, pattern, scope, depth, (node) => {
    const target = unwrap(node);
    if (target.type === 'Identifier') {
      use(scope, target.name, writeUse | readUse);
    } else if (target.type === 'MemberExpression') {
      noteEffect(target, scope);
      // The parts are visited one by one, because `exports.a = 1` does not read `exports.a`.
      if (target.computed) visit(walk, target.property, scope, depth + 1);
      visit(walk, target.object, scope, depth + 1);
    } else visit(walk, target, scope, depth + 1);
  });
}

export function visitVariables(walk: Walk, node: VariableDeclaration, scope: OpenScope, depth: number): void {
  if (node.declare) return;
  const owner = node.kind === 'var' ? functionScope(scope) : scope;
  for (const { id, init } of node.declarations) {
    declarePattern(walk, id, scope, 'variable', depth, owner);
    visit(walk, init, scope, depth);
    if (init?.type === 'ClassExpression' && id.type === 'Identifier') {
      const variable = owner.names.get(id.name);
      if (variable) variable.classId = walk.classIds.get(init) ?? -1;
    }
    const specifier = requiredSpecifier(init);
    if (specifier === undefined) continue;
    if (id.type === 'Identifier') markRequired(owner, id.name, specifier, '*');
    else if (id.type === 'ObjectPattern') {
      for (const property of id.properties) {
        if (property.type !== 'Property' || property.value.type !== 'Identifier') continue;
        const imported = keyName(property.key, property.computed);
        if (imported !== undefined) markRequired(owner, property.value.name, specifier, imported);
      }
    }
  }
}

function markRequired(owner: OpenScope, name: string, specifier: string, imported: string): void {
  const variable = owner.names.get(name);
  if (variable?.kind !== 'variable') return;
  Object.assign(variable, { isRequired: true, specifier, imported });
}
