import type {
  Argument,
  CallExpression,
  ImportExpression,
  NewExpression,
  Node,
  TaggedTemplateExpression,
} from 'oxc-parser';
import type { Call, ValueId } from '../../../ir/ir.ts';
import { lowerExportCall } from '../parse/module-exports.ts';
import { lookUp, type Variable } from '../parse/scope.ts';
import { isIdentifier, stringOf, unwrap } from '../parse/syntax.ts';
import { lowerExpression } from './lower-expression.ts';
import { isPath, lowerReference, type Reference, readReference, writeBack } from './lower-reference.ts';
import { emit, type Lowering, type Place, writeVariable } from './lowering.ts';

export function lowerCall(f: Lowering, node: CallExpression): ValueId {
  const specifier = node.arguments.length === 1 ? stringOf(node.arguments[0]) : undefined;
  if (specifier !== undefined && isIdentifier(node.callee, 'require') && !lookUp(f.scope, 'require')) {
    return emit(f, { op: 'import', specifier, name: '*' }, node);
  }
  const exported = lowerExportCall(f, node);
  if (exported !== undefined) return exported;
  const callee = unwrap(node.callee);
  const reference = callee.type === 'MemberExpression' ? lowerReference(f, callee) : undefined;
  const value = reference ? readReference(f, reference, callee) : lowerExpression(f, callee);
  const { args, spread } = lowerArguments(f, node.arguments);
  const inst: Call = spread
    ? { op: 'call', callee: value, args, spread }
    : { op: 'call', callee: value, args };
  const call = emit(f, inst, node);
  emitEffects(f, node, call, reference, node.arguments, args, value);
  return call;
}

export function lowerNew(f: Lowering, node: NewExpression): ValueId {
  const callee = lowerExpression(f, node.callee);
  const { args, spread } = lowerArguments(f, node.arguments);
  const inst: Call = spread
    ? { op: 'call', callee, args, spread, isNew: true }
    : { op: 'call', callee, args, isNew: true };
  const call = emit(f, inst, node);
  emitEffects(f, node, call, undefined, node.arguments, args, callee);
  return call;
}

interface Given {
  readonly args: readonly ValueId[];
  readonly spread: readonly number[] | undefined;
}

function lowerArguments(f: Lowering, nodes: readonly Argument[]): Given {
  let spread: number[] | undefined;
  const args = nodes.map((node, i) => {
    if (node.type !== 'SpreadElement') return lowerExpression(f, node);
    spread ??= [];
    spread.push(i);
    return lowerExpression(f, node.argument);
  });
  return { args, spread };
}

/** Emits an effect for each object that a call may have mutated: its receiver, and the variables among its arguments. */
function emitEffects(
  f: Lowering,
  place: Place,
  call: ValueId,
  callee: Reference | undefined,
  nodes: readonly Node[],
  args: readonly ValueId[],
  calleeValue: ValueId,
): void {
  if (isHarmless(f, calleeValue)) return;
  if (callee?.kind === 'member' || callee?.kind === 'index') {
    const isChange = callee.kind === 'member' && changing.has(callee.name);
    const isHeld = callee.base ? isPath(callee.base, isChange) : isChange;
    if (isHeld && !isFixed(f, callee.object)) {
      const value = emit(f, { op: 'effect', call, arg: -1, value: callee.object }, place);
      writeBack(f, callee.base, callee.object, value, isChange, place);
    }
  }
  let seen: Set<Variable> | undefined;
  for (let arg = 0; arg < nodes.length; arg++) {
    const node = unwrap(nodes[arg] as Node);
    if (node.type !== 'Identifier') continue;
    const variable = lookUp(f.scope, node.name);
    const value = args[arg];
    if (!variable || value === undefined || variable.info !== f.info || seen?.has(variable)) continue;
    if (variable.kind !== 'variable' || isFixed(f, value) || f.builder.inst(value).op === 'func') continue;
    seen ??= new Set();
    seen.add(variable);
    writeVariable(f, variable, emit(f, { op: 'effect', call, arg, value }, place), place);
  }
}

/** Whether a value is immutable: a string, a number, an import. */
function isFixed(f: Lowering, value: ValueId): boolean {
  switch (f.builder.inst(value).op) {
    case 'const':
    case 'text':
    case 'binary':
    case 'unary':
    case 'regex':
    case 'import':
    case 'global':
    case 'class':
    case 'key':
      return true;
    default:
      return false;
  }
}

/** Methods that mutate their receiver. */
const changing: ReadonlySet<string> = new Set([
  'push',
  'unshift',
  'splice',
  'fill',
  'copyWithin',
  'set',
  'add',
  'append',
  'prepend',
  'insert',
  'write',
]);

/** Built-in functions that mutate nothing. */
const harmless: ReadonlySet<string> = new Set([
  'String',
  'Number',
  'Boolean',
  'BigInt',
  'Symbol',
  'parseInt',
  'parseFloat',
  'isNaN',
  'isFinite',
  'encodeURIComponent',
  'encodeURI',
  'decodeURIComponent',
  'decodeURI',
  'escape',
  'unescape',
]);
const harmlessObjects: ReadonlySet<string> = new Set(['console', 'JSON', 'Math', 'Number', 'String', 'Date']);

function isHarmless(f: Lowering, callee: ValueId): boolean {
  const inst = f.builder.inst(callee);
  if (inst.op === 'global') return harmless.has(inst.name);
  if (inst.op !== 'member') return false;
  const object = f.builder.inst(inst.object);
  return object.op === 'global' && harmlessObjects.has(object.name);
}

export function lowerTagged(f: Lowering, node: TaggedTemplateExpression): ValueId {
  const callee = lowerExpression(f, node.tag);
  const args = node.quasi.expressions.map((expression) => lowerExpression(f, expression));
  const quasis = node.quasi.quasis.map((quasi) => quasi.value.cooked ?? '');
  const raws = node.quasi.quasis.map(({ value }) => value.raw);
  const isWritten = raws.every((raw) => !raw.includes('\\'));
  return emit(f, { op: 'call', callee, args, quasis, ...(isWritten ? {} : { raws }) }, node);
}

export function lowerImportExpression(f: Lowering, node: ImportExpression): ValueId {
  const specifier = stringOf(node.source);
  if (specifier !== undefined) return emit(f, { op: 'import', specifier, name: '*' }, node);
  const callee = emit(f, { op: 'global', name: 'import' }, node);
  return emit(f, { op: 'call', callee, args: [lowerExpression(f, node.source)] }, node);
}
