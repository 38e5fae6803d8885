import { onlyConst } from '../dataflow/domain/abstract.ts';
import { both, type Check, none } from '../dataflow/domain/check.ts';
import { allKinds, type Kinds, kinds, kindsOf } from '../dataflow/domain/kinds.ts';
import { constantKey } from '../dataflow/query/constant-key.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { typeChecks } from '../schemas/type-checks.ts';
import { isOwn, isOwnCollection } from '../semantics/collection/own-values.ts';
import { beginningChecks } from './beginning-checks.ts';
import { numberChecks } from './number-checks.ts';
import { pathChecks } from './path-checks.ts';
import { patternChecks } from './pattern-checks.ts';
import { everyChecks, quantified, someChecks } from './quantified-checks.ts';
import { urlChecks } from './url-checks.ts';

const memberTests: ReadonlySet<string> = new Set([
  'includes',
  'has',
  'contains',
  '__contains__',
  'hasOwnProperty',
  'hasOwn',
  'has_key',
  'count',
]);

/**
 * What a call of a built-in predicate proves, such as `ALLOWED.includes(x)`, `x.isdigit()` or `isinstance(x, int)`.
 * @param isTrue whether the call has returned a true value
 * @param depth the number of conditions around this one
 */
export function callChecks(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'call' },
  isTrue: boolean,
  depth: number,
): readonly Check[] {
  const callee = frame.inst(inst.callee);
  const [first, second] = inst.args;
  if (callee.op === 'global') {
    if (first === undefined) return none;
    if (callee.name === 'isinstance' && second !== undefined) return typeChecks(frame, first, second, isTrue);
    if (callee.name === 'all' || callee.name === 'any')
      return quantified(frame, first, callee.name, isTrue, depth);
    if (callee.name === 'Number' && isTrue) return [{ value: first, clean: allKinds }];
    return /^is(NaN|Finite)$/.test(callee.name)
      ? numberChecks(frame, callee.name, true, first, isTrue)
      : none;
  }
  const name = constantKey(frame, callee);
  if (name === undefined || (callee.op !== 'member' && callee.op !== 'index')) return none;
  const object = callee.object;
  const owner = frame.inst(object);
  if (memberTests.has(name)) {
    if (owner.op === 'global' && owner.name === 'Object' && name === 'hasOwn') {
      return isTrue && second !== undefined && first !== undefined && isOwn(frame.values[first])
        ? [{ value: second, clean: allKinds }]
        : none;
    }
    if (first === undefined) return none;
    if (isTrue && isOwnCollection(frame.values[object])) return [{ value: first, clean: allKinds }];
    const text = onlyConst(frame.values[first])?.value;
    return !isTrue && typeof text === 'string' ? pathChecks.without(frame, object, text) : none;
  }
  if (
    name === 'call' &&
    first !== undefined &&
    second !== undefined &&
    owner.op === 'member' &&
    owner.name === 'hasOwnProperty'
  ) {
    return isTrue && isOwn(frame.values[first]) ? [{ value: second, clean: allKinds }] : none;
  }
  if (owner.op === 'global' && owner.name === 'Number' && first !== undefined)
    return numberChecks(frame, name, false, first, isTrue);
  const kind = textTests.get(name);
  if (kind !== undefined && isTrue && inst.args.length === 0) {
    // `text[:1].isalnum()`: the whole text begins with no formula character.
    const part = frame.inst(object);
    const whole: readonly Check[] =
      part.op === 'slice' || part.op === 'index' ? [{ value: part.object, clean: kinds('csv') }] : none;
    return [{ value: object, clean: kind }, ...whole];
  }
  let checks = patternChecks(frame, inst, name, object, isTrue);
  checks = both(checks, beginningChecks(frame, inst, name, object, isTrue));
  checks = both(checks, pathChecks.call(frame, value, inst, name, object, isTrue));
  checks = both(checks, urlChecks(frame, inst, name, object, isTrue));
  checks = both(checks, everyChecks(frame, inst, name, object, isTrue));
  return both(checks, someChecks(frame, inst, name, object, isTrue));
}

/** By Python's tests of the characters of a text: the kinds for which a text that passes is harmless. */
const textTests: ReadonlyMap<string, Kinds> = new Map([
  ['isdigit', allKinds],
  ['isdecimal', allKinds],
  ['isnumeric', allKinds],
  ['isalnum', allKinds.without(kinds('reflection', 'prototype', 'regex', 'mass-assignment'))],
  ['isalpha', allKinds.without(kinds('reflection', 'prototype', 'mass-assignment'))],
  ['isidentifier', allKinds.without(kinds('reflection', 'prototype', 'mass-assignment'))],
]);

/** What a true result of a library's predicate proves according to the library's model, such as `validator.isUUID(x)`. */
export function modelChecks(frame: FunctionView, inst: Inst & { op: 'call' }): readonly Check[] {
  const states = frame.linked.states(frame.id, inst.callee);
  if (states.length === 0) return none;
  const checks: Check[] = [];
  for (const state of states) {
    for (const argument of state.args) {
      for (const id of argument.to) {
        for (const clean of frame.engine.apiOf(frame.info.module).states[id]?.guards ?? []) {
          const value = argument.self
            ? receiverOf(frame, inst)
            : inst.args[argument.indices[0] ?? argument.from ?? 0];
          if (value !== undefined) checks.push({ value, clean: kindsOf(clean) });
        }
      }
    }
  }
  return checks;
}

function receiverOf(frame: FunctionView, inst: Inst & { op: 'call' }): ValueId | undefined {
  const callee = frame.inst(inst.callee);
  return callee.op === 'member' || callee.op === 'index' ? callee.object : undefined;
}
