import { boundArgument } from '../../callgraph/query/bound-arguments.ts';
import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import { type Abstract, onlyConst } from '../../dataflow/domain/abstract.ts';
import { literalOf } from '../../dataflow/query/literal.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, Constant, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { Language } from '../../languages/language.ts';
import type { State } from '../../models/api.ts';

/** An instruction that rules look at, such as a call, a store to a member, an object literal or a text, with its function. */
export interface Use {
  readonly frame: FunctionView;
  readonly value: ValueId;
  readonly inst: Inst;
  readonly language: Language;
}

/** The last name in the callee: of a member, a global or an import. Empty if there is none. */
export function calleeName(use: Use, call: Call): string {
  const callee = use.frame.inst(call.callee);
  if (callee.op === 'member' || callee.op === 'global') return callee.name;
  if (callee.op === 'import')
    return callee.name === 'default' || callee.name === '*' ? callee.specifier : callee.name;
  return '';
}

/** Whether a value may have one of these library types, such as `use.WeakRandom`. */
export function isA(use: Pick<Use, 'frame'>, value: ValueId, ...names: readonly string[]): boolean {
  const states = typeNames(use.frame, value);
  if (states.size === 0) return false;
  for (const name of names) if (states.has(name)) return true;
  return false;
}

const nothing: ReadonlySet<string> = new Set();

/** Many rules ask for the states of each callee, so their types are collected once. */
function typeNames(frame: FunctionView, value: ValueId): ReadonlySet<string> {
  const states = frame.linked.states(frame.id, value);
  if (states.length === 0) return nothing;
  return typesOf(states);
}

const typesOf = memoized(
  (states: readonly State[]): ReadonlySet<string> => new Set(states.flatMap(({ type }) => type ?? [])),
);

/**
 * Like `isA`, but only for a value that the code names directly (`hashes.SHA1`). A function picked from a table doesn't count,
 * since only one of the table's functions may have the type.
 */
export function isNamed(use: Use, value: ValueId, ...names: readonly string[]): boolean {
  return isNamedWithin(use, value, names, 4);
}

function isNamedWithin(use: Use, value: ValueId, names: readonly string[], depth: number): boolean {
  if (!isA(use, value, ...names)) return false;
  const { linked, id } = use.frame;
  const own = use.frame.inst(value);
  // `md5 if isOld else sha256`, which no constant resolved.
  if (own.op === 'phi') {
    const reached = own.inputs.filter((input) => use.frame.values[input] !== undefined);
    return depth > 0 && reached.some((input) => isNamedWithin(use, input, names, depth - 1));
  }
  let place = madeBy(linked, { func: id, value });
  for (let hop = 0; hop < 8; hop++) {
    const inst = instOf(linked, place);
    if (inst?.op === 'import' || inst?.op === 'global') return true;
    if (inst?.op !== 'member') return false;
    place = madeBy(linked, { func: place.func, value: inst.object });
  }
  return false;
}

/**
 * Returns the abstract value of an argument. It may also be in an object that the call spreads (`**options`), or be bound
 * by `functools.partial`. Undefined if it is not passed or unknown.
 * @param position its position if it is passed without a name. -1 if it can only be passed by name.
 * @param names the names that it can be passed by
 */
export function given(
  use: Use,
  call: Call,
  position: number,
  ...names: readonly string[]
): Abstract | undefined {
  for (const name of names) {
    const it = argument(use, call, -1, name);
    if (it) return it;
  }
  for (const i of call.spread ?? []) {
    const fields = use.frame.values[call.args[i] ?? -1]?.fields;
    for (const name of names) {
      const it = fields?.get(name);
      if (it) return it;
    }
  }
  const own =
    position < 0 || call.spread?.some((i) => i <= position) ? undefined : argument(use, call, position);
  const { linked, id } = use.frame;
  const bound = own ? undefined : boundArgument(linked, id, call, names);
  return bound ? literalOf(linked, bound) : own;
}

/**
 * Whether a call spreads an object whose entries are not all known (`**kwargs`). Such an object may hold any keyword
 * argument.
 */
export function mayBeSpread(use: Use, call: Call): boolean {
  return (call.spread ?? []).some((i) => !isWhole(use, call.args[i] ?? -1));
}

/** Whether all entries of an object are known, so that any other entry is absent. */
export function isWhole(use: Use, value: ValueId): boolean {
  const it = use.frame.values[value];
  if (!it?.fields || it.rest || it.taints.length > 0) return false;
  const { linked, id } = use.frame;
  const place = madeBy(linked, { func: id, value });
  const inst = instOf(linked, place);
  // If an unknown object is spread into it, its entries are unknown.
  return (
    inst?.op !== 'object' ||
    inst.keys.every((key, i) => key !== null || isObject(use, place.func, inst.values[i] ?? -1))
  );
}

function isObject(use: Use, func: number, value: ValueId): boolean {
  const { linked } = use.frame;
  const inst = instOf(linked, madeBy(linked, { func, value }));
  return inst?.op === 'object' && !inst.keys.includes(null);
}

/** The abstract value of the argument that `argumentId` finds. Undefined if it is not passed or unknown. */
export function argument(use: Use, call: Call, position: number, name?: string): Abstract | undefined {
  const id = argumentId(use, call, position, name);
  return id === undefined ? undefined : known(use, id);
}

/**
 * Finds the argument of a call that is passed by this name, or else at this position. A position of -1 finds it by name
 * only. Undefined if it is not passed.
 */
export function argumentId(_use: Use, call: Call, position: number, name?: string): ValueId | undefined {
  if (name !== undefined) {
    const i = call.names?.indexOf(name) ?? -1;
    if (i >= 0) return call.args[i];
  }
  if (position < 0 || call.names?.[position]) return undefined;
  return call.args[position];
}

/**
 * Returns the abstract value of a value. If the analysis found neither constants nor fields for it, traces the value back
 * to a literal and returns the abstract value of that literal. Undefined if nothing is known.
 */
export function known(use: Use, value: ValueId): Abstract | undefined {
  const it = use.frame.values[value];
  if (!it || it.consts || it.fields) return it;
  if (it.taints.length > 0 && it.taints.some(({ origin }) => origin.kind === 'source')) return it;
  const { linked, id } = use.frame;
  const made = literalOf(linked, { func: id, value });
  return made.consts || made.fields ? made : it;
}

/** The entry of an object with options. Undefined if it is missing or unknown. */
export function option(object: Abstract | undefined, name: string): Abstract | undefined {
  return object?.fields?.get(name);
}

/** Whether a value is certainly one of these constants. */
export function isConst(it: Abstract | undefined, ...values: readonly Constant[]): boolean {
  const only = onlyConst(it);
  return only !== undefined && values.includes(only.value);
}
