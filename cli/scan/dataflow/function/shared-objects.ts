import { flashedMessages, flashMessage } from '../../frameworks/traits/answer/flashed-messages.ts';
import { actionCreated } from '../../frameworks/traits/component/action-creators.ts';
import { registeredCall } from '../../frameworks/traits/component/registered-values.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { flashedNames } from '../../libraries/python/page/flashed-messages.ts';
import { isStepOf, type State } from '../../models/api.ts';
import { type Abstract, constText, holdsSource, unknown, withTaints } from '../domain/abstract.ts';
import { join } from '../domain/join.ts';
import { joinTaints } from '../domain/taint.ts';
import { invoke } from '../summary/apply.ts';
import type { FunctionView } from '../view/function-view.ts';
import type { Owner } from '../view/program-view.ts';

/**
 * The join of what all functions store in a member of a library object that they share, such as `flask.g`. Undefined if
 * nothing is stored, or if the object is not shared.
 */
export function sharedMember(frame: FunctionView, object: ValueId, name: string): Abstract | undefined {
  const states = sharedStates(frame, object);
  if (states.length === 0) return undefined;
  let all: Abstract | undefined;
  for (const owner of ownersOf(frame, object, states)) {
    const found = frame.engine.fields.sharedMember(owner, name);
    if (found) all = all ? join(all, found) : found;
  }
  return all;
}

/**
 * The result of a read such as `session['next']`. If the object is a library object that functions share, the result
 * includes what they store under that key. Otherwise, it is `entry`: the value read from the object alone.
 */
export function withShared(
  frame: FunctionView,
  { object, key }: Inst & { op: 'index' },
  entry: Abstract,
): Abstract {
  const name = sharedStates(frame, object).length > 0 ? constText(frame.use(key)) : undefined;
  const shared = name === undefined ? undefined : sharedMember(frame, object, name);
  return shared ? withTaints(shared, joinTaints(entry.taints, shared.taints)) : entry;
}

/** Stores into a member of an object if it is a library object that functions share. Does nothing for other objects. */
export function storeShared(frame: FunctionView, object: ValueId, name: string, value: Abstract): void {
  // After untrusted data, taint tracking follows the constant pass, and it knows what was checked.
  if (frame.isConstantPass && holdsSource(value)) return;
  for (const owner of ownersOf(frame, object, sharedStates(frame, object)))
    frame.engine.fields.storeShared(owner, name, value);
}

/**
 * The result of a method call that reads or fills a library object that functions share: `c.set('user', user)`,
 * `storage.run(store, next)`. Undefined for other calls. In both cases, records what the call stores in such an object.
 */
export function sharedCall(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  callee: Inst,
  states: readonly State[],
  args: readonly Abstract[],
): Abstract | undefined {
  const registered = registeredCall(frame, value, args);
  if (registered) return registered;
  if (states.length > 0) {
    handShared(frame, value, inst, states, args);
    actionCreated(frame, value, inst, states, args);
    flashMessage(frame, inst, states, args);
  }
  if (callee.op !== 'member') return undefined;
  if (callee.name === flashedNames.reader) return flashedMessages(frame, inst);
  if (!methods.has(callee.name)) return undefined;
  const first = args[0];
  const second = args[1];
  if (sharedStates(frame, callee.object).length === 0) return undefined;
  switch (callee.name) {
    case 'get':
    case 'pop':
    case 'getStore': {
      const name = first ? constText(first) : whole;
      const found = name === undefined ? undefined : sharedMember(frame, callee.object, name);
      return second ? join(found ?? unknown, second) : (found ?? unknown);
    }
    default: {
      const isNamed = callee.name === 'set' && second !== undefined;
      const name = isNamed && first ? constText(first) : whole;
      const kept = isNamed ? second : first;
      if (name !== undefined && kept) storeShared(frame, callee.object, name, kept);
      const [, then] = inst.args;
      return callee.name === 'run' && then !== undefined
        ? invoke(frame, value, inst, then, args.slice(2))
        : unknown;
    }
  }
}

/**
 * Stores the entries of an object in a shared library object, if the library takes them over: an argument, as in `set({ note })` of
 * a store, or the result of a callback.
 */
function handShared(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  called: readonly State[],
  args: readonly Abstract[],
): void {
  for (const { args: steps } of called) {
    if (steps.length === 0) continue;
    const { states } = frame.engine.apiOf(frame.info.module);
    args.forEach((arg, i) => {
      for (const { to } of steps.filter((step) => isStepOf(step, i, inst.names?.[i] ?? null))) {
        for (const id of to) {
          if (states[id]?.isShared) storeEntries(frame, id, arg);
          const made = states[id]?.returns.filter((one) => states[one]?.isShared) ?? [];
          const given = made.length > 0 ? invoke(frame, value, inst, inst.args[i] as ValueId, []) : unknown;
          for (const one of made) storeEntries(frame, one, given);
        }
      }
    });
  }
}

function storeEntries(frame: FunctionView, state: number, { fields }: Abstract): void {
  for (const [name, field] of fields ?? []) {
    // Taint tracking follows the constant pass, and stores it then.
    if (frame.isConstantPass && holdsSource(field)) continue;
    // A store unwraps its references when they are read.
    const held = field.fields?.get('value');
    frame.engine.fields.storeShared(`s${state}`, name, held ? join(field, held) : field);
  }
}

const methods: ReadonlySet<string> = new Set(['get', 'pop', 'set', 'getStore', 'run', 'enterWith']);

/** The key for what is stored without a name: in an `AsyncLocalStorage` or a `ContextVar`. */
const whole = '*';

/** The keys under which the fields of a shared object are stored: the module variable that holds it, or else its types. */
function ownersOf(frame: FunctionView, object: ValueId, states: readonly State[]): readonly Owner[] {
  if (states.length === 0) return none;
  const inst = frame.inst(object);
  const cell =
    inst.op === 'cell-load'
      ? frame.cellNumber(inst.cell)
      : inst.op === 'import'
        ? frame.linked.cellOfImport(frame.info.module, inst.specifier, inst.name)
        : undefined;
  return cell !== undefined && frame.engine.cells.isModules(cell)
    ? [`c${cell}`]
    : states.map(({ id }) => `s${id}`);
}

/** The types of a value that the models call shared. `this` has those of the object that a library calls the function on. */
function sharedStates(frame: FunctionView, object: ValueId): readonly State[] {
  const { linked, id, func } = frame;
  const states = func.code[object]?.op === 'this' ? receiverStates(frame) : linked.states(id, object);
  if (states.length === 0) return none;
  return states.some(({ isShared }) => isShared) ? states.filter(({ isShared }) => isShared) : none;
}

/** The types of `this` if a library calls the function: what the models say of `Argument[this]`. */
function receiverStates({ engine, info, handed }: FunctionView): readonly State[] {
  if (handed.length === 0) return none;
  const { states } = engine.apiOf(info.module);
  return handed
    .flatMap(({ args }) => args.filter(({ self }) => self).flatMap(({ to }) => to))
    .flatMap((one) => states[one] ?? []);
}

const none: readonly never[] = Object.freeze([]);
