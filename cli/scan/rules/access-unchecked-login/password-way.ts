import { callsOf, instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { passedFor } from '../../callgraph/query/passed-for.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import { blockOf } from '../../ir/block-of.ts';
import type { Inst, Module, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { Use } from '../kit/use.ts';
import { decidingTests } from '../kit/value/deciding-tests.ts';
import { namesOf } from '../kit/value/names-of.ts';
import { isSentByOthers } from '../kit/value/sent-by-others.ts';
import { refusesEmpty } from './refuses-empty.ts';

/**
 * Whether an empty password from a client reaches a call. `sent`: it does. `may`: perhaps, because a framework or an
 * unknown caller passes the password, or other code validates it. `none`: the code rejects it, or no client sends the
 * password.
 */
export type EmptyPassword = 'sent' | 'may' | 'none';

const maxPlaces = 24;
const maxCallers = 6;
const maxOuter = 4;

/** A place on the password's path, and the call that receives it there. */
interface Stop extends Place {
  readonly call: ValueId;
}

/**
 * Returns whether an empty password from a client reaches a call.
 * @param password the value that the call receives as the password
 */
export function emptyPassword({ frame, value: call }: Use, password: ValueId): EmptyPassword {
  const stops: Stop[] = [];
  const open = handedIn(frame, { func: frame.id, value: password, call }, stops);
  for (const stop of stops) if (isRefused(frame, stop)) return 'none';
  if (stops.some(({ func, value }) => func === frame.id && isSentByOthers(frame, value)))
    return stops.some((one) => isValidated(frame, one)) ? 'may' : 'sent';
  return open ? 'may' : 'none';
}

/** Walks back to the callers that pass the password. Returns whether a password parameter has no known caller. */
function handedIn(frame: FunctionView, from: Stop, stops: Stop[]): boolean {
  const { linked } = frame;
  let isOpen = false;
  stops.push(from);
  for (const stop of stops) {
    const made = madeBy(linked, stop);
    const inst = instOf(linked, made);
    if (made.func !== stop.func) {
      const call = creationIn(frame, stop.func, made.func);
      if (call !== undefined) add(stops, { ...made, call });
      continue;
    }
    for (const value of wrappedIn(inst)) add(stops, { ...stop, value });
    if (inst?.op !== 'param') continue;
    const calls = callsOf(linked, stop.func).slice(0, maxCallers);
    const name = linked.program.functions[stop.func]?.func.params[inst.index]?.name ?? '';
    if (calls.length === 0 && /pass|pwd/i.test(name)) isOpen = true;
    for (const call of calls)
      for (const value of passedFor(linked, call, stop.func, inst.index))
        add(stops, { func: call.func, value, call: call.value });
  }
  return isOpen;
}

/** The value in an outer function that creates an inner one, or the function that contains it. */
function creationIn({ linked }: FunctionView, inner: number, outer: number): ValueId | undefined {
  const { program } = linked;
  const first = program.firstFunc[program.functions[inner]?.module ?? 0] ?? 0;
  let id = inner - first;
  for (let depth = 0; depth < maxOuter && id >= 0; depth++) {
    const around = program.functions[first + id]?.func.outer ?? -1;
    if (first + around === outer) {
      const at = program.functions[outer]?.func.code.findIndex(
        (inst) => inst.op === 'func' && inst.func === id,
      );
      return at === -1 ? undefined : at;
    }
    id = around;
  }
  return undefined;
}

function add(stops: Stop[], stop: Stop): void {
  if (
    stops.length < maxPlaces &&
    !stops.some(({ func, value }) => func === stop.func && value === stop.value)
  )
    stops.push(stop);
}

/** `String(password)`, `password.encode()`, `password || ''`. */
function wrappedIn(inst: Inst | undefined): readonly ValueId[] {
  if (inst?.op === 'phi') return inst.inputs;
  if (inst?.op === 'call') return [inst.callee, ...inst.args.slice(0, 1)];
  return inst?.op === 'member' && /^(?:encode|strip|trim|toString|decode|data)$/.test(inst.name)
    ? [inst.object]
    : [];
}

/** Whether a condition that leads away from the call checks the password. */
function isRefused({ linked }: FunctionView, { func: id, value, call }: Stop): boolean {
  const func = linked.program.functions[id]?.func;
  if (!func) return false;
  const names = new Set(
    [...namesOf(linked, { func: id, value })].filter((name) => /pass|pwd|cred|pw$/i.test(name)),
  );
  const isOfPassword = (one: ValueId): boolean =>
    one === value || [...namesOf(linked, { func: id, value: one })].some((name) => names.has(name));
  return decidingTests(func, blockOf(func, call)).some(({ test, goesOn }) =>
    refusesEmpty({ func, test, goesOn, call, isOfPassword }),
  );
}

const validators =
  /^(?:not_?empty|is_?length|(?:data|input)_?required|min_?length|is_?not_?empty|non_?empty|min|min_len|constr|assert\w*|validate\w*|isEmpty|not_blank)$/i;

/** Whether the file of the parameter has a validator that may reject an empty text. */
function isValidated({ linked }: FunctionView, { func: id }: Stop): boolean {
  const module = linked.program.modules[linked.program.functions[id]?.module ?? -1];
  return module !== undefined && hasValidator(module);
}

const hasValidator = memoized(({ functions }: Module) =>
  functions.some(({ code }) => code.some(isValidator)),
);

function isValidator(inst: Inst): boolean {
  return (
    validators.test(nameOfCallee(inst)) ||
    (inst.op === 'call' && inst.names?.some((name) => name !== null && validators.test(name)) === true) ||
    (inst.op === 'object' && inst.keys.some((key) => typeof key === 'string' && validators.test(key)))
  );
}
