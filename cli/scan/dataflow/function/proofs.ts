import { defaultedParam } from '../../callgraph/query/defaulted-param.ts';
import { continuationProofs } from '../../frameworks/traits/request/continuation-proofs.ts';
import { checksOf } from '../../guards/checks.ts';
import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { onlyConst } from '../domain/abstract.ts';
import { conjunctions } from '../domain/conjunctions.ts';
import { add, type Facts, provenKinds } from '../domain/facts.ts';
import { type Kinds, noKinds } from '../domain/kinds.ts';
import { truthOf } from '../domain/truth.ts';
import { memberName } from '../query/member-names.ts';
import type { FunctionView } from '../view/function-view.ts';
import type { Return } from '../view/outcome.ts';
import type { Proofs } from '../view/summary.ts';

const nothing: ReadonlyMap<string, Kinds> = new Map();
/** The proofs of a function that checks nothing. */
export const noProofs: Proofs = { normal: nothing, truthy: nothing, falsy: nothing, going: nothing };

/**
 * What a function has proven about its parameters when it returns: with any result, with a truthy one, with a falsy one,
 * and, for a middleware, after it has called the next handler.
 */
export function returnProofs(frame: FunctionView, returns: readonly Return[]): Proofs {
  if (returns.length > 40) return noProofs;
  const going = continuationProofs(frame);
  const goingAlone = going.size === 0 ? noProofs : { ...noProofs, going };
  if (!isGiven(frame.func)) return goingAlone;
  const normal: (Facts | undefined)[] = [];
  const truthy: (Facts | undefined)[] = [];
  const falsy: (Facts | undefined)[] = [];
  for (const { value, facts } of returns) {
    normal.push(facts);
    const test = firstOf(frame, value);
    const truth = truthOf(frame.values[test]);
    if (truth !== false) truthy.push(withTest(frame, test, true, facts));
    if (truth !== true) falsy.push(withTest(frame, test, false, facts));
  }
  // Most functions check nothing.
  if (!normal.some(Boolean) && !truthy.some(Boolean) && !falsy.some(Boolean)) return goingAlone;
  const params = parameters(frame);
  return {
    normal: common(params, normal),
    truthy: common(params, truthy),
    falsy: common(params, falsy),
    going,
  };
}

/** Whether the function uses a parameter or `this`, so that it can check something. */
function isGiven({ code }: Func): boolean {
  return code.some(({ op }) => op === 'param' || op === 'this');
}

/** By value number of a parameter, of `this` or of a field of one: its key in `Proofs`. */
function parameters(frame: FunctionView): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const { code } = frame.func;
  for (let value = 0; value < code.length; value++) {
    const inst = code[value] as Inst;
    const given = inst.op === 'param' || inst.op === 'phi' ? paramOf(frame.func, value) : undefined;
    if (given !== undefined) found.set(frame.valueNumbers[value] as number, String(given));
    // A method that checks a field of its object.
    else if (inst.op === 'this') found.set(frame.valueNumbers[value] as number, '-1');
    else if (inst.op === 'member' || inst.op === 'index') {
      const object = found.get(frame.valueNumbers[inst.object] as number);
      if (object === undefined || object.includes('.')) continue;
      const name = inst.op === 'member' ? inst.name : memberName(frame, inst.key);
      if (name !== undefined) found.set(frame.valueNumbers[value] as number, `${object}.${name}`);
    }
  }
  return found;
}

/**
 * The index of the parameter that `value` reads. A parameter with a default counts too, once the default has replaced a
 * missing argument. Undefined if `value` is no parameter.
 */
export function paramOf(func: Func, value: ValueId): number | undefined {
  const inst = func.code[value];
  if (inst?.op === 'param') return inst.index;
  const param = inst?.op === 'phi' ? func.code[defaultedParam(func, inst) ?? -1] : undefined;
  return param?.op === 'param' ? param.index : undefined;
}

/** The first item of a returned list, or else the value itself. Validators often return a pair that begins with the verdict. */
function firstOf(frame: FunctionView, value: ValueId): ValueId {
  const inst = frame.inst(value);
  return inst.op === 'list' && inst.items[0] !== undefined ? inst.items[0] : value;
}

function withTest(
  frame: FunctionView,
  test: ValueId,
  isTrue: boolean,
  facts: Facts | undefined,
): Facts | undefined {
  if (onlyConst(frame.values[test])) return facts;
  let all = facts;
  for (const check of checksOf(frame, test, isTrue))
    all = add(all, frame.valueNumbers[check.value] as number, check.clean, check.conjunct);
  return all;
}

function provenOf(params: ReadonlyMap<number, string>, facts: Facts | undefined): ReadonlyMap<string, Kinds> {
  if (!facts) return nothing;
  const found = new Map<string, Kinds>();
  for (const [value, key] of params) {
    const clean = provenKinds(facts, value, conjunctions);
    if (clean !== noKinds) found.set(key, clean);
  }
  return found;
}

/** The proofs about parameters that all of these facts, one for each return, have in common. */
function common(
  params: ReadonlyMap<number, string>,
  ways: readonly (Facts | undefined)[],
): ReadonlyMap<string, Kinds> {
  const [first, ...others] = ways.map((facts) => provenOf(params, facts));
  if (!first) return nothing;
  const found = new Map<string, Kinds>();
  for (const [key, kinds] of first) {
    const clean = others.reduce((set, other) => set.intersect(other.get(key) ?? noKinds), kinds);
    if (clean !== noKinds) found.set(key, clean);
  }
  return found;
}
