import type { Call, ValueId } from '../../../ir/ir.ts';
import { type Code, canChange, emit, isOwn, lookUp, readOwn, textOf, writeBinding } from '../parse/code.ts';
import { changeable, type Place, writeBack } from '../parse/place.ts';
import { isFixed } from '../parse/scope.ts';
import type { Node } from '../parse/tree.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerPath } from './lower-path.ts';

/**
 * Lowers a call, and emits an effect for each object that it may have mutated: its receiver, and variables among its
 * arguments.
 */
export function lowerCall(c: Code, node: Node, callee: ValueId, receiver: Place | undefined): ValueId {
  const args: ValueId[] = [];
  const names: (string | null)[] = [];
  const spread: number[] = [];
  const list = node.children[1];
  const nodes = !list ? [] : list.kind === 'argument_list' ? list.children : [list];
  let named = false;
  for (const arg of nodes) {
    let name: string | null = null;
    let value: Node | undefined = arg;
    if (arg.kind === 'keyword_argument') {
      name = arg.children[0] ? textOf(c, arg.children[0]) : '';
      value = arg.children[1];
    } else if (arg.kind === 'list_splat' || arg.kind === 'dictionary_splat') {
      value = arg.children[0];
      spread.push(args.length);
      if (arg.kind === 'dictionary_splat') name = '**';
    }
    named ||= name !== null;
    args.push(lowerExpression(c, value ?? arg));
    names.push(name);
  }
  const isPlain = !named && spread.length === 0;
  const call = emit(c, callWith(callee, args, named ? names : undefined, spread), node);
  if (receiver && isSetItem(c, callee, args, isPlain)) lowerSetItem(c, receiver, call, args, node);
  else if (receiver) lowerEffect(c, receiver, callee, call, node);
  if (!isHarmless(c, callee) || names.includes('file')) {
    nodes.forEach((arg, i) => {
      changeArgument(c, arg.kind === 'keyword_argument' ? arg.children[1] : arg, call, i, node);
    });
  }
  return call;
}

function isSetItem(c: Code, callee: ValueId, args: readonly ValueId[], isPlain: boolean): boolean {
  const inst = c.b.inst(callee);
  if (!isPlain || args.length !== 2 || inst.op !== 'member' || inst.name !== '__setitem__') return false;
  return c.b.inst(inst.object).op !== 'super';
}

/** `session.__setitem__(key, value)` is `session[key] = value`, in addition to the call of a method of the project. */
function lowerSetItem(c: Code, receiver: Place, call: ValueId, args: readonly ValueId[], node: Node): void {
  const [key, value] = args;
  if (key === undefined || value === undefined) return;
  const object = changeable(c, receiver, true)
    ? emit(c, { op: 'effect', call, arg: -1, value: receiver.value }, node)
    : receiver.value;
  writeBack(c, receiver, emit(c, { op: 'store-index', object, key, value }, node), true, node);
}

/** Lowers `del items[0]` to a mutation of the list, like that of `items.pop(0)`. */
export function lowerRemoval(c: Code, object: Node, key: Node, node: Node): void {
  const receiver = lowerPath(c, object);
  const callee = emit(c, { op: 'member', object: receiver.value, name: 'pop' }, node);
  const call = emit(c, { op: 'call', callee, args: [lowerExpression(c, key)] }, node);
  lowerEffect(c, receiver, callee, call, node);
}

/** Each form is written out, so that all calls of one form share a hidden class. */
function callWith(
  callee: ValueId,
  args: readonly ValueId[],
  names: Call['names'],
  spread: readonly number[],
): Call {
  if (spread.length > 0)
    return names ? { op: 'call', callee, args, names, spread } : { op: 'call', callee, args, spread };
  return names ? { op: 'call', callee, args, names } : { op: 'call', callee, args };
}

/** Methods that mutate their receiver. */
const changing: ReadonlySet<string> = new Set([
  'append',
  'appendleft',
  'extend',
  'extendleft',
  'insert',
  'add',
  'update',
  'setdefault',
  'put',
  'put_nowait',
  'write',
  'writelines',
  'writerow',
  'setlist',
  'appendlist',
]);

function lowerEffect(c: Code, receiver: Place, callee: ValueId, call: ValueId, node: Node): void {
  const method = c.b.inst(callee);
  const isChange = method.op === 'member' && changing.has(method.name);
  if (!changeable(c, receiver, isChange)) return;
  // A method of `super()` mutates `self`.
  const isSuper = receiver.variable !== undefined && c.b.inst(receiver.value).op === 'super';
  const value = isSuper && receiver.variable ? readOwn(c, receiver.variable, node) : receiver.value;
  writeBack(c, receiver, emit(c, { op: 'effect', call, arg: -1, value }, node), isChange, node);
}

function changeArgument(c: Code, arg: Node | undefined, call: ValueId, index: number, node: Node): void {
  if (arg?.kind !== 'identifier') return;
  const binding = lookUp(c, textOf(c, arg));
  if (!binding || !isOwn(c, binding) || isFixed(binding)) return;
  const value = readOwn(c, binding, arg);
  if (!canChange(c, value)) return;
  writeBinding(c, binding, emit(c, { op: 'effect', call, arg: index, value }, node), node);
}

function isHarmless(c: Code, callee: ValueId): boolean {
  const inst = c.b.inst(callee);
  return inst.op === 'global' && changesNothing.has(inst.name);
}

/** Built-in functions that do not mutate their arguments. */
const changesNothing: ReadonlySet<string> = new Set(
  (
    'abs all any ascii bin bool bytes callable chr complex delattr dict dir divmod enumerate filter float format ' +
    'frozenset getattr hasattr hash hex id input int isinstance issubclass iter len list map max min oct open ord ' +
    'pow print range repr reversed round set sorted str sum super tuple type vars zip ' +
    'ValueError TypeError KeyError RuntimeError AttributeError NotImplementedError Exception'
  ).split(' '),
);
