import { boundArgument } from '../../callgraph/query/bound-arguments.ts';
import { calledOn, instAt, origin, type Place } from '../../callgraph/query/called-on.ts';
import { makerOf } from '../../callgraph/query/maker-of.ts';
import { namesAny } from '../../callgraph/query/names-any.ts';
import { answersTable } from '../../frameworks/traits/answer/answers-table.ts';
import type { Call, Constant, Inst } from '../../ir/ir.ts';
import { isStepOf, type State } from '../../models/api.ts';
import type { Condition } from '../../models/model.ts';
import { parsePath, type Step } from '../../models/parse-path.ts';
import { restricts } from '../../semantics/call/restricted-loading.ts';
import { type Abstract, onlyConst, prefixOf } from '../domain/abstract.ts';
import { load } from '../domain/entries.ts';
import { type Kinds, kindsOf, noKinds } from '../domain/kinds.ts';
import { constantsOf } from '../query/constants-of.ts';
import { isErrorItself } from '../query/error-itself.ts';
import { mayBeNamed } from '../query/may-be-named.ts';
import { optionConstants } from '../query/option-entries.ts';
import { endOf, endsSo, writtenEnd } from '../query/written-end.ts';
import type { FunctionView } from '../view/function-view.ts';

type ArgumentStep = Extract<Step, { readonly kind: 'argument' | 'parameter' }>;

const paths = new Map<string, readonly Step[]>();

/**
 * Whether a condition of a model holds for a call or a store. Most conditions hold for an unknown value, to avoid misses.
 * `condition.at` starts at the call and may lead to others. `Argument[1].Argument[opt:]` is the argument `opt` of the call
 * that made argument 1; `Argument[this].Member[set].Argument[0,1]` is argument 0 or 1 of a call of `set` on the receiver.
 */
export function holds(frame: FunctionView, inst: Inst, condition: Condition): boolean {
  if (inst.op === 'store' || inst.op === 'store-index') return holdsOfObject(frame, inst.object, condition);
  if (namesAny(frame.linked, condition.unless)) return false;
  // Without a call, only conditions on names in the program can be decided.
  if (inst.op !== 'call') return condition.unless !== undefined && condition.at === '';
  if (condition.answers) return answersTable(frame) !== (condition.not ?? false);
  const [first, ...more] = stepsOf(condition.at);
  if (first?.kind !== 'argument') return true;
  const positive = !condition.not;
  const absent = (condition.orAbsent ?? false) === positive;
  const arg = argumentOf(frame, frame.id, inst, first);
  const bound = arg === undefined ? boundArgument(frame.linked, frame.id, inst, first.names) : undefined;
  if (bound) return fitsAt(frame, bound, condition);
  if (arg === undefined) return hasSpread(inst) ? positive === !condition.orAbsent || positive : absent;
  const [next, last] = more;
  if (next?.kind === 'argument') {
    const maker = makerOf(frame.linked, { func: frame.id, value: arg });
    const made = instAt(frame.linked, maker);
    return made?.op === 'call' ? inMaker(frame, maker.func, made, next, more.slice(1), condition) : absent;
  }
  if (next?.kind === 'member' && last?.kind === 'argument') {
    const place = { func: frame.id, value: arg };
    const made = makerOf(frame.linked, place);
    const calls = [place, ...(made.func === frame.id ? [] : [made])].flatMap((one) =>
      calledOn(frame.linked, one, next.names),
    );
    return calls.some(({ func, call }) => isCalledSo(frame, func, call, last, condition)) === positive;
  }
  let it: Abstract | undefined = frame.use(arg);
  /** The instruction of the value, as long as it is known. */
  let value: number | undefined = arg;
  for (const step of more) {
    if (step.kind !== 'member') return true;
    const whole: Abstract = it;
    const name: string = step.names.find((one) => whole.fields?.has(one)) ?? step.names[0] ?? '';
    const isKnown = whole.fields && !whole.rest && whole.taints.length === 0;
    if ((isKnown && !whole.fields?.has(name)) || (value !== undefined && frame.inst(value).op === 'func'))
      return absent;
    it = load(whole, name);
    value = value === undefined ? undefined : entryOf(frame, value, name);
  }
  if (condition.restricts) {
    const isSuper = frame.inst(arg).op === 'super';
    const owners = isSuper ? [frame.linked.classOf(frame.id)] : frame.linked.instances(frame.id, arg);
    const method = condition.restricts;
    return (owners.length > 0 && owners.every((one) => restricts(frame.linked, one, method))) === positive;
  }
  if (condition.isApi) {
    if (value !== undefined && isOfApi(frame, frame.linked.states(frame.id, value), condition.isApi))
      return positive;
    if (!condition.is) return !positive;
  }
  if (condition.isError) return (value !== undefined && isErrorItself(frame, value)) === positive;
  if (condition.directive !== undefined) return takesText(it, condition.directive) === positive;
  if (condition.built) return (it.textTemplate?.includes('\0') ?? false) === positive;
  if (condition.ends) return endsSo(endOf(it), condition.ends) === positive;
  if (condition.begins) {
    const start = prefixOf(it);
    return condition.begins.some((one) => start.startsWith(one)) === positive;
  }
  if (condition.has) {
    const text = onlyConst(it)?.value;
    return (typeof text !== 'string' || condition.has.some((part) => text.includes(part))) === positive;
  }
  if (condition.is) {
    const place = { func: frame.id, value: arg };
    const constants =
      it.consts ??
      (more.length === 0
        ? constantsOf(frame.linked, place)
        : next?.kind === 'member' && more.length === 1
          ? optionConstants(frame.linked, place, next.names)
          : undefined);
    if (!constants) return (positive && mayBeNamed(frame.inst(arg), it)) || !positive;
    return fits(constants, condition.is, positive);
  }
  // The argument is present and has no further condition, which decides a condition on its absence.
  return !condition.orAbsent || !positive;
}

/** The kinds of sinks for which an instruction's result is sanitised, as the model of this library type says. */
export function cleanKinds(frame: FunctionView, inst: Inst, { clean }: State): Kinds {
  let all = noKinds;
  for (const { kinds, when } of clean) if (!when || holds(frame, inst, when)) all = all.union(kindsOf(kinds));
  return all;
}

/** Whether a format string of `console` or of Python's `logging` writes its n-th value as an unquoted string. */
function takesText(format: Abstract, n: number): boolean {
  const text = format.consts?.length === 1 ? format.consts[0] : undefined;
  const directives =
    typeof text === 'string' ? (text.match(/%%|%[-#0 +]{0,5}\d{0,9}(?:\.\d{0,9})?[a-zA-Z]/g) ?? []) : [];
  const directive = directives.filter((one) => one !== '%%')[n - 1] ?? '';
  return !/[difjoOraxXeEgGu]$/.test(directive);
}

/** The value of an entry in an object literal. */
function entryOf(frame: FunctionView, value: number, name: string): number | undefined {
  const inst = frame.inst(value);
  if (inst.op === 'typed' || inst.op === 'effect') return entryOf(frame, inst.value, name);
  const at = inst.op === 'object' ? inst.keys.indexOf(name) : -1;
  return inst.op === 'object' && at >= 0 ? inst.values[at] : undefined;
}

/** A condition on the call that made the object which a store writes to. */
function holdsOfObject(frame: FunctionView, object: number, condition: Condition): boolean {
  const [first, next, ...more] = stepsOf(condition.at);
  if (first?.kind !== 'argument' || !first.self || next?.kind !== 'argument') return false;
  const { func, value } = origin(frame.linked, { func: frame.id, value: object });
  const made = instAt(frame.linked, { func, value });
  return made?.op === 'call' && inMaker(frame, func, made, next, more, condition);
}

function stepsOf(path: string): readonly Step[] {
  let steps = paths.get(path);
  if (!steps) {
    steps = parsePath(path);
    paths.set(path, steps);
  }
  return steps;
}

/** The argument, or the receiver, that a step of a condition names. */
function argumentOf(frame: FunctionView, func: number, call: Call, step: ArgumentStep): number | undefined {
  if (step.self) {
    const callee = instAt(frame.linked, { func, value: call.callee });
    return callee?.op === 'member' ? callee.object : undefined;
  }
  const index = call.args.findIndex(
    (_, i) => !call.spread?.includes(i) && isArgument(step, i, call.names?.[i] ?? null),
  );
  return index < 0 ? undefined : call.args[index];
}

function isArgument(step: ArgumentStep, position: number, name: string | null): boolean {
  return isStepOf({ from: undefined, ...step, to: [] }, position, name);
}

/** A condition on an argument of the call that made a value: `XMLParser(resolve_entities=False)`. */
function inMaker(
  frame: FunctionView,
  func: number,
  call: Call,
  step: ArgumentStep,
  members: readonly Step[],
  condition: Condition,
): boolean {
  const positive = !condition.not;
  const absent = (condition.orAbsent ?? false) === positive;
  const arg = argumentOf(frame, func, call, step);
  let place = arg === undefined ? unpacked(frame, func, call, step) : { func, value: arg };
  if (place === undefined) {
    const entry = func === frame.id ? unpackedEntry(frame, call, step) : undefined;
    return entry && condition.is && members.length === 0 ? fits(entry, condition.is, positive) : absent;
  }
  for (const member of members) {
    if (member.kind !== 'member') return absent;
    place = origin(frame.linked, place);
    const object = instAt(frame.linked, place);
    const at =
      object?.op === 'object' ? object.keys.findIndex((key) => member.names.includes(String(key))) : -1;
    const value = object?.op === 'object' ? object.values[at] : undefined;
    if (value === undefined) return absent;
    place = { func: place.func, value };
  }
  return fitsAt(frame, place, condition);
}

function fitsAt(frame: FunctionView, place: Place, condition: Condition): boolean {
  const positive = !condition.not;
  if (condition.isApi && isOfApi(frame, frame.linked.states(place.func, place.value), condition.isApi))
    return positive;
  if (condition.ends) return endsSo(writtenEnd(frame.linked, place), condition.ends) === positive;
  if (!condition.is) return condition.isApi ? !positive : true;
  const constants = constantsAt(frame, place);
  return constants ? fits(constants, condition.is, positive) : true;
}

/** Whether the condition holds for any of the constants that a value can be: one is enough to do harm. */
function fits(
  constants: readonly Constant[],
  wanted: NonNullable<Condition['is']>,
  positive: boolean,
): boolean {
  const isWanted = (one: Constant): boolean => wanted.includes(one ?? null);
  return positive ? constants.some(isWanted) : !constants.every(isWanted);
}

/** `XMLParser(**OPTIONS)` with the options in a literal. */
function unpacked(frame: FunctionView, func: number, call: Call, step: ArgumentStep): Place | undefined {
  for (const i of call.spread ?? []) {
    if (call.names?.[i] !== '**') continue;
    const place = origin(frame.linked, { func, value: call.args[i] as number });
    const options = instAt(frame.linked, place);
    // `dict(resolve_entities=False)`
    const named =
      options?.op === 'call'
        ? (options.names?.findIndex((name) => step.names.includes(name ?? '')) ?? -1)
        : -1;
    const value = options?.op === 'call' ? options.args[named] : undefined;
    if (value !== undefined && options?.op === 'call' && isDict(frame, place.func, options))
      return { func: place.func, value };
    if (options?.op !== 'object') continue;
    const at = options.keys.findIndex((key) => {
      const text =
        typeof key === 'number' ? instAt(frame.linked, { func: place.func, value: key }) : undefined;
      const name = typeof key === 'string' ? key : text?.op === 'const' ? String(text.value) : '';
      return step.names.includes(name);
    });
    const entry = options.values[at];
    if (entry !== undefined) return { func: place.func, value: entry };
  }
  return undefined;
}

/** `XMLParser(**OPTIONS['narrow'])`: the constants of an entry. */
function unpackedEntry(frame: FunctionView, call: Call, step: ArgumentStep): readonly Constant[] | undefined {
  for (const i of call.spread ?? []) {
    const { fields } = frame.use(call.args[i] as number);
    for (const name of step.names) if (fields?.has(name)) return fields.get(name)?.consts;
  }
  return undefined;
}

function isDict(frame: FunctionView, func: number, { callee }: Call): boolean {
  const inst = instAt(frame.linked, { func, value: callee });
  return inst?.op === 'global' && inst.name === 'dict';
}

/** `parser.setFeature(feature_external_ges, True)`: one argument is a value of the library, another one of the constants. */
function isCalledSo(
  frame: FunctionView,
  func: number,
  call: Call,
  step: ArgumentStep,
  { is, isApi }: Condition,
): boolean {
  const args = call.args.filter((_, i) => isArgument(step, i, call.names?.[i] ?? null));
  const isApis =
    isApi === undefined || args.some((arg) => isOfApi(frame, frame.linked.states(func, arg), isApi));
  const isConstants =
    is === undefined ||
    args.some((value) => constantsAt(frame, { func, value })?.some((one) => is.includes(one ?? null)));
  return isApis && isConstants;
}

function constantsAt(frame: FunctionView, place: Place): readonly Constant[] | undefined {
  const known = place.func === frame.id ? frame.use(place.value).consts : undefined;
  return known ?? constantsOf(frame.linked, origin(frame.linked, place));
}

function isOfApi(
  frame: FunctionView,
  states: readonly State[],
  wanted: readonly (readonly [type: string, path: string])[],
): boolean {
  const api = frame.engine.apiOf(frame.info.module);
  return wanted.some(([type, path]) => {
    let ids = api.packages.get(type) ?? [];
    for (const step of stepsOf(path)) {
      ids = ids.flatMap((id) =>
        step.kind === 'member' ? step.names.flatMap((name) => api.states[id]?.members.get(name) ?? []) : [],
      );
    }
    return states.some((state) => ids.includes(state.id));
  });
}

function hasSpread(inst: Call): boolean {
  return (inst.spread?.length ?? 0) > 0;
}
