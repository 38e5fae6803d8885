import { blockOf } from '../ir/block-of.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { onlyConst } from './abstract.ts';
import { addressLoopChecks } from './address-checks.ts';
import { callChecks, modelChecks } from './call-checks.ts';
import { type Check, none } from './check.ts';
import { withOrigins } from './checked-origins.ts';
import { comparison } from './comparison-checks.ts';
import type { Whole } from './facts.ts';
import type { Frame } from './frame.ts';
import { keyCall, keyComparison, refusedNames } from './key-checks.ts';
import { kinds } from './kinds.ts';
import { foundKinds, isOwn } from './own-values.ts';
import { functionChecks } from './returning.ts';
import { signatureChecks } from './signature-checks.ts';
import { urlChecks } from './url-checks.ts';

/** Checks of which each alone proves nothing, and what they prove together. */
export const wholes: readonly Whole[] = [
  { halves: ['local', 'single'], clean: kinds('redirect', 'ssrf') },
  { halves: ['not-up', 'relative'], clean: kinds('path', 'upload') },
  refusedNames,
];

/** What a condition proves where it was true, or where it was false. */
export function checksOf(
  frame: Frame,
  test: ValueId,
  isTrue: boolean,
  isAwaited = false,
  depth = 0,
): readonly Check[] {
  const inst = frame.inst(test);
  switch (inst.op) {
    case 'unary':
      return inst.operator === '!' ? checksOf(frame, inst.value, !isTrue) : none;
    case 'binary':
      return [...withOrigins(frame, keyComparison(frame, inst, isTrue)), ...comparison(frame, inst, isTrue)];
    case 'call':
      return withOrigins(frame, [
        ...callChecks(frame, test, inst, isTrue),
        ...signatureChecks(frame, inst, isTrue),
        ...keyCall(frame, inst, isTrue),
        ...functionChecks(frame, test, inst, isTrue, isAwaited),
        ...modelChecks(frame, inst, isTrue),
      ]);
    case 'index':
    case 'member': {
      // A look-up in a table of our own found something, so that the key is one of the table's.
      if (inst.op === 'index' && isTrue && isOwn(frame.values[inst.object]))
        return withOrigins(frame, [{ value: inst.key, clean: foundKinds(frame) }]);
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
      if (object.op === 'call') return functionChecks(frame, inst.object, object, isTrue, false);
      return inst.op === 'member' ? withOrigins(frame, urlChecks.member(frame, test, inst, isTrue)) : none;
    }
    case 'phi':
      return phiChecks(frame, test, inst, isTrue, depth);
    case 'await':
      return checksOf(frame, inst.value, isTrue, true);
    case 'effect':
    case 'cell-store':
    case 'typed':
      return checksOf(frame, inst.value, isTrue, isAwaited);
    case 'unknown':
      return isTrue ? none : addressLoopChecks(frame, test);
    default:
      return none;
  }
}

/** `a && (b || c)`: conditions in conditions; where there are loops, what was decided before may come back. */
const maxNested = 3;
/** A condition of conditions has few parts; what a `switch` decides has as many as somebody likes. */
const maxParts = 8;

/** A flag, or the result of `a && b`: what each of the ways on which it is true (or false) has proven. */
function phiChecks(
  frame: Frame,
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
    if (pred === undefined || !end || !frame.isTaken(pred, block)) return;
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
      isPhi(frame, input) &&
      (depth >= maxNested || inst.inputs.length > maxParts || frame.flow.heads.size > 0);
    const own = only || isDeep ? none : checksOf(frame, input, isTrue, false, depth + 1);
    ways.push([...own, ...frame.provenOnEdge(pred, block)]);
  });
  const [first = none, ...others] = ways;
  return others.reduce<readonly Check[]>(
    (all, way) =>
      all.filter((check) =>
        way.some(
          (other) => other.value === check.value && other.clean === check.clean && other.half === check.half,
        ),
      ),
    first,
  );
}

/** Also behind calls that may have changed it, and other variables: loops of those would not end. */
function isPhi(frame: Frame, value: ValueId): boolean {
  let inst = frame.inst(value);
  for (let depth = 0; depth < 100; depth++) {
    if (inst.op === 'phi') return true;
    if (inst.op !== 'effect' && inst.op !== 'cell-store' && inst.op !== 'typed' && inst.op !== 'await')
      return false;
    inst = frame.inst(inst.value);
  }
  return true;
}
