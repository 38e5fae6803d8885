import type { AssignmentExpression, Node, UpdateExpression } from 'oxc-parser';
import type { BinaryOperator, ValueId } from '../../../ir/ir.ts';
import { exportValue } from '../parse/module-exports.ts';
import { isModuleExports, unwrap } from '../parse/syntax.ts';
import { branchByOperator } from './lower-condition.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerPattern } from './lower-pattern.ts';
import {
  isExportsOf,
  lowerReference,
  type Reference,
  readReference,
  writeReference,
} from './lower-reference.ts';
import { emit, emitConst, type Lowering, readJoined } from './lowering.ts';

export function lowerAssignment(f: Lowering, node: AssignmentExpression): ValueId {
  const target = unwrap(node.left);
  if (node.operator === '=') {
    if (target.type === 'ObjectPattern' || target.type === 'ArrayPattern') {
      const value = lowerExpression(f, node.right);
      lowerPattern(f, target, value);
      return value;
    }
    if (isModuleExports(target) && isExportsOf(f, target)) {
      const value = lowerExpression(f, node.right, 'exports');
      exportValue(f, '=', value);
      return value;
    }
    const reference = lowerReference(f, target);
    const value = lowerExpression(f, node.right, nameOf(reference));
    if (reference) writeReference(f, reference, value, node);
    return value;
  }
  const reference = lowerReference(f, target);
  const before = reference ? readReference(f, reference, target) : lowerExpression(f, target);
  if (node.operator === '&&=' || node.operator === '||=' || node.operator === '??=') {
    const { builder } = f;
    const result = { node };
    const [onward, join] = [builder.block(), builder.block()];
    builder.write(result, before);
    branchByOperator(f, node.operator.slice(0, 2) as '&&' | '||' | '??', before, onward, join, target);
    builder.start(onward);
    const value = lowerExpression(f, node.right, nameOf(reference));
    if (reference) writeReference(f, reference, value, node);
    builder.write(result, value);
    return readJoined(f, result, join);
  }
  const right = lowerExpression(f, node.right);
  const operator = node.operator.slice(0, -1) as BinaryOperator;
  const value = emit(f, { op: 'binary', operator, left: before, right }, node);
  if (reference) writeReference(f, reference, value, node);
  return value;
}

function nameOf(reference: Reference | undefined): string {
  switch (reference?.kind) {
    case 'variable':
      return reference.variable.name;
    case 'global':
    case 'member':
    case 'export':
      return reference.name;
    default:
      return '';
  }
}

/** Lowers `a++`, `++a`, `a--` or `--a`. Returns the value before the update for `a++` and `a--`, else the one after it. */
export function lowerUpdate(f: Lowering, node: UpdateExpression): ValueId {
  const target: Node = unwrap(node.argument);
  const reference = lowerReference(f, target);
  const before = reference ? readReference(f, reference, target) : lowerExpression(f, target);
  const right = emitConst(f, 1, node);
  const operator = node.operator === '++' ? '+' : '-';
  const after = emit(f, { op: 'binary', operator, left: before, right }, node);
  if (reference) writeReference(f, reference, after, node);
  return node.prefix ? after : before;
}
