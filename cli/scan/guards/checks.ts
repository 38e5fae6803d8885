import { maxConditionDepth, maxHopsToPhi, maxNestedPhis, maxPhiInputs } from '../budgets/guards.ts';
import { onlyConst } from '../dataflow/domain/abstract.ts';
import { both, type Check, none } from '../dataflow/domain/check.ts';
import { allKinds, noKinds } from '../dataflow/domain/kinds.ts';
import { errorFlagChecks } from '../dataflow/query/own-error-checks.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import { blockOf } from '../ir/block-of.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { askedSchema, schemaResult } from '../schemas/schema-checks.ts';
import { formChecks } from '../schemas/wtforms-fields.ts';
import { recordChecks } from '../semantics/collection/looked-up-records.ts';
import { foundKinds, isOwn } from '../semantics/collection/own-values.ts';
import { answerChecks } from './answer-checks.ts';
import { callChecks, modelChecks } from './call-checks.ts';
import { withOrigins } from './checked-origins.ts';
import { comparison } from './comparison-checks.ts';
import { keyCall, keyComparison } from './key-checks.ts';
import { namedChecks } from './named-checks.ts';
import { functionChecks } from './returning.ts';
import { setComparison, subsetCall } from './set-checks.ts';
import { signatureChecks } from './signature-checks.ts';
import { urlChecks } from './url-checks.ts';

/**
 * What a condition proves on one of its edges: the entry point of all guards.
 * @param isTrue whether the condition is true on the edge
 * @param isAwaited whether the condition is the result of `await test`
 * @param depth the number of conditions around this one
 */
export function checksOf(
  frame: FunctionView,
  test: ValueId,
  isTrue: boolean,
  isAwaited = false,
  depth = 0,
): readonly Check[] {
  if (depth > maxConditionDepth) return none;
  const told = toldBy(frame, test, isTrue, isAwaited, depth);
  // A false value is empty: `if target and not is_safe(target): target = None` leaves no untrusted data.
  const isEmpty = !isTrue && (frame.values[test]?.taints.length ?? 0) > 0;
  return isEmpty ? [...told, { value: test, clean: allKinds }] : told;
}

function toldBy(
  frame: FunctionView,
  test: ValueId,
  isTrue: boolean,
  isAwaited: boolean,
  depth: number,
): readonly Check[] {
  const inst = frame.inst(test);
  switch (inst.op) {
    case 'unary':
      return inst.operator === '!' ? checksOf(frame, inst.value, !isTrue, false, depth) : none;
    case 'binary':
      return both(
        both(withOrigins(frame, keyComparison(frame, inst, isTrue)), comparison(frame, inst, isTrue, depth)),
        withOrigins(frame, setComparison(frame, inst, isTrue)),
      );
    case 'call':
      return withOrigins(frame, toldByCall(frame, test, inst, isTrue, isAwaited, depth));
    case 'index':
    case 'member': {
      // A lookup in a trusted table succeeded, so the key is one of the table's.
      const isLookUp = inst.op === 'index' && frame.inst(inst.key).op !== 'const';
      if (isLookUp && isTrue && isOwn(frame.values[inst.object]))
        return withOrigins(frame, [{ value: inst.key, clean: foundKinds(frame) }]);
      const bySchema = schemaResult(frame, inst, isTrue);
      if (bySchema.length > 0) return withOrigins(frame, bySchema);
      // The first item of the pair that a validator returned.
      const object = frame.inst(inst.object);
      if (object.op === 'await' && frame.inst(object.value).op === 'call') {
        return functionChecks(
          frame,
          object.value,
          frame.inst(object.value) as Inst & { op: 'call' },
          isTrue,
          true,
        );
      }
      const returned =
        object.op === 'call' ? functionChecks(frame, inst.object, object, isTrue, false) : none;
      if (inst.op !== 'member' || returned.length > 0) return returned;
      return withOrigins(
        frame,
        both(urlChecks.member(frame, test, inst, isTrue), errorFlagChecks(frame, inst, isTrue)),
      );
    }
    case 'phi':
      return phiChecks(frame, test, inst, isTrue, depth);
    case 'await':
      return checksOf(frame, inst.value, isTrue, true, depth);
    case 'effect':
    case 'cell-store':
    case 'typed':
      return checksOf(frame, inst.value, isTrue, isAwaited, depth);
    default:
      return none;
  }
}

function toldByCall(
  frame: FunctionView,
  test: ValueId,
  inst: Inst & Call,
  isTrue: boolean,
  isAwaited: boolean,
  depth: number,
): readonly Check[] {
  let told = callChecks(frame, test, inst, isTrue, depth);
  told = both(told, subsetCall(frame, inst, isTrue));
  if (isTrue) told = both(told, signatureChecks(frame, inst));
  told = both(told, asTruth(frame, inst, isTrue, depth));
  told = both(told, keyCall(frame, inst, isTrue));
  told = both(told, functionChecks(frame, test, inst, isTrue, isAwaited));
  if (isTrue) {
    told = both(told, modelChecks(frame, inst));
    told = both(told, namedChecks(frame, test, inst));
    told = both(told, answerChecks(frame, inst));
  }
  told = both(told, formChecks(frame, inst, isTrue));
  if (isTrue) told = both(told, askedSchema(frame, inst, isAwaited));
  // A promise that is not awaited is always true.
  return isTrue && isAwaited ? both(told, recordChecks(frame, test, inst)) : told;
}

/** The checks of the argument of `bool(re.fullmatch(pattern, text))` or `Boolean(text.match(pattern))`. */
function asTruth(
  frame: FunctionView,
  { callee, args }: Call,
  isTrue: boolean,
  depth: number,
): readonly Check[] {
  const inst = frame.inst(callee);
  const [test] = args;
  return inst.op === 'global' && (inst.name === 'bool' || inst.name === 'Boolean') && test !== undefined
    ? checksOf(frame, test, isTrue, false, depth + 1)
    : none;
}

/**
 * What a phi proves, such as a flag or the result of `a && b`: the checks that hold on all executable edges that can give it this
 * truth value.
 */
function phiChecks(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'phi' },
  isTrue: boolean,
  depth: number,
): readonly Check[] {
  const block = blockOf(frame.func, value);
  const ways: (readonly Check[])[] = [];
  inst.inputs.forEach((input, i) => {
    const pred = frame.func.blocks[block]?.preds[i];
    const end = pred === undefined ? undefined : frame.func.blocks[pred]?.end;
    if (pred === undefined || !end || !frame.edges.isTaken(pred, block)) return;
    const only = onlyConst(frame.values[input]);
    if (only && Boolean(only.value) !== isTrue) return;
    if (
      end.kind === 'branch' &&
      end.test === input &&
      end.then !== end.else &&
      (end.then === block) !== isTrue
    )
      return;
    const isDeep =
      leadsToPhi(frame, input) &&
      (depth >= maxNestedPhis || inst.inputs.length > maxPhiInputs || frame.flow.heads.size > 0);
    const own = only || isDeep ? none : checksOf(frame, input, isTrue, false, depth + 1);
    ways.push(both(own, frame.edges.provenOn(pred, block)));
  });
  const [first = none, ...others] = ways;
  return others.reduce(inBoth, first);
}

/** The checks that two lists have in common. */
function inBoth(all: readonly Check[], way: readonly Check[]): readonly Check[] {
  return all.flatMap(({ value, clean, conjunct }) => {
    const same = way.filter((other) => other.value === value);
    const both = same.reduce((kinds, other) => kinds.union(other.clean.intersect(clean)), noKinds);
    const isHalf = conjunct !== undefined && same.some((other) => other.conjunct === conjunct);
    if (both === noKinds && !isHalf) return none;
    return [isHalf ? { value, clean: both, conjunct } : { value, clean: both }];
  });
}

/** Whether a value is a phi, directly or behind `!`, effects, casts and variables. In loops, following phis may not terminate. */
function leadsToPhi(frame: FunctionView, value: ValueId): boolean {
  let inst = frame.inst(value);
  for (let depth = 0; depth < maxHopsToPhi; depth++) {
    if (inst.op === 'phi') return true;
    if (
      inst.op !== 'effect' &&
      inst.op !== 'cell-store' &&
      inst.op !== 'typed' &&
      inst.op !== 'await' &&
      (inst.op !== 'unary' || inst.operator !== '!')
    )
      return false;
    inst = frame.inst(inst.value);
  }
  return true;
}
