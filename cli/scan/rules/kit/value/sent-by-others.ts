import { callsOf, instOf, madeBy, type Place } from '../../../callgraph/query/made-by.ts';
import { passedFor } from '../../../callgraph/query/passed-for.ts';
import { kinds } from '../../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { BlockId, Func, Inst, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { usersOf } from '../../../ir/query/users.ts';
import { isSentNumber } from './sent-number.ts';

/** A value that is sanitised for one of these kinds of sinks was checked against the program's own values. */
const checked = kinds('template', 'code');
const maxSteps = 60;
const maxCallers = 6;
const maxItems = 8;

interface Walk {
  readonly frame: FunctionView;
  /** The pattern that the source's name must match: `/body$/`. */
  readonly what: RegExp;
  readonly seen: Map<number, Set<ValueId>>;
  readonly queue: Place[];
  isSent: boolean;
}

const any = /^/;

/**
 * Whether a value comes from a request. Traces it back through conversions, sums and joined texts, to the arguments that
 * callers pass, and into the project's functions that return it.
 * @param what a pattern for the modelled name of the source, such as `express.Request.body`. Other sources are ignored
 */
export function isSentByOthers(frame: FunctionView, value: ValueId, what: RegExp = any): boolean {
  return !isWritten(frame, value) && walkBack(frame, value, what).isSent;
}

/** Whether a value comes from a request, and no comparison, check or lookup seems to limit the value. */
export function isSentUnbounded(frame: FunctionView, value: ValueId, what: RegExp = any): boolean {
  if (isWritten(frame, value)) return false;
  const { isSent, seen } = walkBack(frame, value, what);
  return isSent && ![...seen].some(([func, values]) => isBounded(frame, func, values));
}

/** Whether a value is a literal constant, as most bounds are. */
function isWritten(frame: FunctionView, value: ValueId): boolean {
  return frame.inst(value).op === 'const' && !frame.values[value]?.taints.length;
}

function walkBack(frame: FunctionView, value: ValueId, what: RegExp): Walk {
  const walk: Walk = { frame, what, seen: new Map(), queue: [], isSent: false };
  push(walk, { func: frame.id, value });
  let left = maxSteps;
  for (let at = walk.queue.pop(); at && left-- > 0; at = walk.queue.pop()) {
    if (isSource(walk, at)) walk.isSent = true;
    else follow(walk, at);
  }
  return walk;
}

function push(walk: Walk, place: Place): void {
  let values = walk.seen.get(place.func);
  if (!values) {
    values = new Set();
    walk.seen.set(place.func, values);
  }
  if (values.has(place.value)) return;
  values.add(place.value);
  walk.queue.push(place);
}

/** Whether a value is data of a request: by its taints in the analysed function, and by its library type in other functions. */
function isSource({ frame, what }: Walk, place: Place): boolean {
  const { func, value } = place;
  const inst = instOf(frame.linked, place);
  if (inst?.op === 'binary' || inst?.op === 'phi' || isMeasure(inst)) return false;
  if (what === any && isSentNumber(frame, place)) return true;
  if (func === frame.id) {
    const it = frame.values[value];
    return (
      it?.shape !== 'number' &&
      it?.taints.some(
        ({ origin, clean, weak }) =>
          origin.kind === 'source' &&
          origin.source === 'remote' &&
          !clean.meets(checked) &&
          !weak &&
          what.test(origin.what),
      ) === true
    );
  }
  if (inst?.op !== 'member' && inst?.op !== 'index' && inst?.op !== 'call' && inst?.op !== 'param')
    return false;
  return [value, objectOf(frame, func, inst)].some(
    (one) =>
      one !== undefined &&
      frame.linked
        .states(func, one)
        .some(({ name, sources }) => sources.some(({ kind }) => kind === 'remote') && what.test(name)),
  );
}

/** Whether an instruction reads the size of data, which is no sent number. */
function isMeasure(inst: Inst | undefined): boolean {
  return inst?.op === 'member' && /^(length|byteLength|byteOffset|nbytes)$/.test(inst.name);
}

/** The object of a member read, or the receiver of a method. */
function objectOf({ linked }: FunctionView, func: number, inst: Inst): ValueId | undefined {
  const read = inst.op === 'call' ? instOf(linked, { func, value: inst.callee }) : inst;
  return read?.op === 'member' || read?.op === 'index' ? read.object : undefined;
}

function follow(walk: Walk, place: Place): void {
  const { linked } = walk.frame;
  const made = madeBy(linked, place);
  if (made.func !== place.func || made.value !== place.value) {
    push(walk, made);
    return;
  }
  const inst = instOf(linked, place);
  const next = (values: readonly ValueId[]): void =>
    values.forEach((value) => {
      push(walk, { func: place.func, value });
    });
  switch (inst?.op) {
    case 'call':
      if (keepsSize(linked.program.functions[place.func]?.func, inst)) next(inst.args.slice(0, 4));
      else returned(walk, place);
      return;
    case 'unary':
      if (inst.operator === '+' || inst.operator === '-' || inst.operator === '~') next([inst.value]);
      return;
    case 'binary':
      if (growing.has(inst.operator)) next([inst.left, inst.right]);
      return;
    case 'phi':
      next(inst.inputs);
      return;
    case 'effect':
      next([inst.value]);
      return;
    // `max([limit, count])`: the items of a list count if its largest is taken.
    case 'list':
      next(inst.items.slice(0, maxItems));
      return;
    case 'member':
      for (const { func, value } of passed(walk, madeBy(linked, { func: place.func, value: inst.object }))) {
        const given = instOf(linked, madeBy(linked, { func, value }));
        const at = given?.op === 'object' ? given.keys.indexOf(inst.name) : -1;
        const entry = given?.op === 'object' ? given.values[at] : value;
        if (entry !== undefined) push(walk, { func, value: entry });
      }
      return;
    case 'param':
      for (const one of passed(walk, place)) push(walk, one);
      return;
  }
}

/** The arguments that the callers of a function pass for a parameter. */
function passed({ frame: { linked } }: Walk, place: Place): readonly Place[] {
  const inst = instOf(linked, place);
  if (inst?.op !== 'param') return [];
  return callsOf(linked, place.func)
    .slice(0, maxCallers)
    .flatMap((call) =>
      passedFor(linked, call, place.func, inst.index).map((value) => ({ func: call.func, value })),
    );
}

/** Adds the results of the project's functions that a call runs. */
function returned(walk: Walk, call: Place): void {
  const { linked } = walk.frame;
  for (const { func, makes } of linked.targets(call.func, call.value)) {
    if (makes >= 0) continue;
    for (const { end } of linked.program.functions[func]?.func.blocks ?? [])
      if (end.kind === 'return') push(walk, { func, value: end.value });
  }
}

const growing: ReadonlySet<string> = new Set(['+', '-', '*', '/', '//', '**', '<<', '|']);
const conversions =
  /^(Number|parseInt|parseFloat|BigInt|int|float|floor|ceil|round|trunc|abs|max|toNumber|toInteger)$/;

function keepsSize(func: Func | undefined, call: Inst & { op: 'call' }): boolean {
  const callee = func?.code[call.callee];
  return (
    (callee?.op === 'global' || callee?.op === 'member' || callee?.op === 'import') &&
    conversions.test(callee.name)
  );
}

/** The maximum number of uses that are searched for a bound. */
const maxUses = 60;

/** Whether one of these values is compared with a bound, or passed to a check that a branch depends on. */
function isBounded(frame: FunctionView, id: number, values: ReadonlySet<ValueId>): boolean {
  const func = frame.linked.program.functions[id]?.func;
  if (!func) return false;
  const users = usersOf(func);
  for (const value of values) {
    for (const user of (users.of[value] ?? []).slice(0, maxUses)) {
      const inst = func.code[user] as Inst;
      if (inst.op === 'binary' && isBound(func, user, inst, value)) return true;
      if (inst.op === 'call' && inst.args.includes(value) && !keepsSize(func, inst) && isTested(func, user))
        return true;
      if (
        (inst.op === 'binary' && /^(in|not in)$/.test(inst.operator)) ||
        (inst.op === 'index' && inst.key === value)
      )
        return true;
    }
  }
  return false;
}

/**
 * Whether a comparison bounds a value: with anything but zero, one or a loop's counter. A check that rejects only small values
 * is no bound: `if (size < 16) return` accepts large ones.
 */
function isBound(func: Func, test: ValueId, inst: Inst & { op: 'binary' }, value: ValueId): boolean {
  if (!/^(<|<=|>|>=)$/.test(inst.operator)) return false;
  const other = func.code[inst.left === value ? inst.right : inst.left];
  if (other?.op === 'phi') return false;
  if (other?.op === 'const' && (typeof other.value !== 'number' || other.value <= 1)) return false;
  const isSmaller = inst.operator.startsWith('<') === (inst.left === value);
  return !isSmaller || !isRefused(func, test, value);
}

/** Whether a function ends at once if a test is true, without a use of the value. */
function isRefused(func: Func, test: ValueId, value: ValueId): boolean {
  const to = func.blocks[testsOf(func).get(test) ?? -1];
  if (to?.end.kind !== 'return' && to?.end.kind !== 'throw') return false;
  const users = usersOf(func).of[value] ?? [];
  return !to.code.some((one) => users.includes(one));
}

function isTested(func: Func, value: ValueId): boolean {
  const users = usersOf(func);
  const tests = new Set([value]);
  for (const user of users.of[value] ?? []) {
    const inst = func.code[user];
    if (inst?.op === 'unary' || inst?.op === 'await' || inst?.op === 'member') tests.add(user);
  }
  const branches = testsOf(func);
  return [...tests].some((test) => branches.has(test) && !isNumberTest(func, test));
}

/** By test of a branch: the block that follows if it is true. */
const testsOf = memoized(
  (func: Func): ReadonlyMap<ValueId, BlockId> =>
    new Map(func.blocks.flatMap(({ end }) => (end.kind === 'branch' ? [[end.test, end.then]] : []))),
);

/** `Number.isInteger(n)` and `isNaN(n)` say nothing about the size. */
function isNumberTest(func: Func, test: ValueId): boolean {
  let inst = func.code[test];
  if (inst?.op === 'unary') inst = func.code[inst.value];
  const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
  return (
    (callee?.op === 'global' || callee?.op === 'member') &&
    /^(isNaN|isFinite|isInteger|isSafeInteger|isdigit|isnumeric|isdecimal|isinstance)$/.test(callee.name)
  );
}
