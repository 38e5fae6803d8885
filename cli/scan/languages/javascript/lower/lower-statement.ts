import type { IfStatement, Node, VariableDeclaration } from 'oxc-parser';
import type { ValueId } from '../../../ir/ir.ts';
import {
  lowerExportAll,
  lowerExportAssignment,
  lowerExportDefault,
  lowerExportNamed,
} from '../parse/module-exports.ts';
import { lookUp } from '../parse/scope.ts';
import { typeName } from '../parse/type-name.ts';
import { lowerClass } from './lower-class.ts';
import { lowerCondition } from './lower-condition.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerFunctionValue } from './lower-function.ts';
import { lowerDoWhile, lowerFor, lowerForEach, lowerJump, lowerLabeled, lowerWhile } from './lower-loop.ts';
import { lowerEnum, lowerImportEquals, lowerNamespace } from './lower-namespace.ts';
import { lowerPattern } from './lower-pattern.ts';
import { lowerSwitch } from './lower-switch.ts';
import { lowerTry } from './lower-try.ts';
import {
  emit,
  emitConst,
  emitTooDeep,
  inScopeOf,
  type Lowering,
  maxDepth,
  writeVariable,
} from './lowering.ts';

/** Lowers statements in order. Function declarations are hoisted. */
export function lowerStatements(f: Lowering, statements: readonly Node[]): void {
  hoistFunctions(f, statements);
  for (const statement of statements) lowerStatement(f, statement);
}

export function hoistFunctions(f: Lowering, statements: readonly Node[]): void {
  for (const statement of statements) {
    const node =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
        ? statement.declaration
        : statement;
    if (node?.type !== 'FunctionDeclaration' || !node.id || !node.body) continue;
    const variable = lookUp(f.scope, node.id.name);
    if (variable) writeVariable(f, variable, lowerFunctionValue(f, node, node.id.name), node);
  }
}

export function lowerStatement(f: Lowering, node: Node): void {
  if (f.depth >= maxDepth) {
    emitTooDeep(f, node);
    return;
  }
  f.depth++;
  lower(f, node);
  f.depth--;
}

function lower(f: Lowering, node: Node): void {
  switch (node.type) {
    case 'ExpressionStatement':
      // `'use server'` makes functions callable by clients.
      if (!node.directive || node.directive === 'use server') lowerExpression(f, node.expression);
      break;
    case 'VariableDeclaration':
      lowerVariables(f, node);
      break;
    case 'ReturnStatement':
      f.builder.return(optional(f, node.argument, node), { at: node.start, end: node.end });
      break;
    case 'IfStatement':
      lowerIf(f, node);
      break;
    case 'BlockStatement':
      inScopeOf(f, node, () => lowerStatements(f, node.body));
      break;
    case 'ForStatement':
      lowerFor(f, node, []);
      break;
    case 'ForInStatement':
    case 'ForOfStatement':
      lowerForEach(f, node, []);
      break;
    case 'WhileStatement':
      lowerWhile(f, node, []);
      break;
    case 'DoWhileStatement':
      lowerDoWhile(f, node, []);
      break;
    case 'LabeledStatement':
      lowerLabeled(f, node);
      break;
    case 'BreakStatement':
    case 'ContinueStatement':
      lowerJump(f, node);
      break;
    case 'SwitchStatement':
      lowerSwitch(f, node);
      break;
    case 'TryStatement':
      lowerTry(f, node);
      break;
    case 'ThrowStatement': {
      const value = lowerExpression(f, node.argument);
      if (f.handler === undefined) f.builder.throw(value);
      else f.builder.jump(f.handler, value);
      break;
    }
    case 'ClassDeclaration':
      lowerClass(f, node, '');
      break;
    case 'WithStatement':
      lowerExpression(f, node.object);
      lowerStatement(f, node.body);
      break;
    case 'ExportNamedDeclaration':
      lowerExportNamed(f, node);
      break;
    case 'ExportDefaultDeclaration':
      lowerExportDefault(f, node);
      break;
    case 'ExportAllDeclaration':
      lowerExportAll(f, node);
      break;
    case 'TSExportAssignment':
      lowerExportAssignment(f, node);
      break;
    case 'TSEnumDeclaration':
      if (!node.declare) lowerEnum(f, node);
      break;
    case 'TSModuleDeclaration':
      if (!node.declare && node.kind !== 'global') lowerNamespace(f, node);
      break;
    case 'TSImportEqualsDeclaration':
      lowerImportEquals(f, node);
      break;
    default:
      // Functions are hoisted, imports are resolved where they are used, and types have no code.
      break;
  }
}

function optional(f: Lowering, argument: Node | null, place: Node): ValueId {
  return argument ? lowerExpression(f, argument) : emitConst(f, undefined, place);
}

export function lowerVariables(f: Lowering, node: VariableDeclaration): void {
  if (node.declare) return;
  for (const { id, init } of node.declarations) {
    if (!init || isImport(f, id)) continue;
    let value = lowerExpression(f, init, id.type === 'Identifier' ? id.name : '');
    const type =
      'typeAnnotation' in id && id.typeAnnotation ? typeName(f.scope, id.typeAnnotation) : undefined;
    if (type) value = emit(f, { op: 'typed', value, type }, init);
    lowerPattern(f, id, value);
  }
}

/** `const x = require('y')` emits no code: the import is emitted where `x` is used. */
function isImport(f: Lowering, id: Node): boolean {
  if (id.type === 'Identifier') return lookUp(f.scope, id.name)?.kind === 'import';
  return (
    id.type === 'ObjectPattern' &&
    id.properties.length > 0 &&
    id.properties.every((it) => it.type === 'Property' && isImport(f, it.value))
  );
}

/** Follows `else if` without recursion. */
function lowerIf(f: Lowering, node: IfStatement): void {
  const { builder } = f;
  const join = builder.block();
  let at: Node | null = node;
  while (at?.type === 'IfStatement') {
    const yes = builder.block();
    const no: number = at.alternate ? builder.block() : join;
    lowerCondition(f, at.test, yes, no);
    builder.start(yes);
    lowerStatement(f, at.consequent);
    builder.jump(join);
    if (at.alternate) builder.start(no);
    at = at.alternate;
  }
  if (at) lowerStatement(f, at);
  // Without a final `else`, the last condition has already jumped to the join.
  if (builder.current !== join) builder.jump(join);
  builder.start(join);
}
