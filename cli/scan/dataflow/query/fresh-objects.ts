import { maxFreshSteps } from '../../budgets/dataflow.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import type { FunctionView } from '../view/function-view.ts';
import { behindOf } from './trace-value.ts';

/**
 * Whether an object was created in this function, perhaps as a copy of another. A store into it then changes no other object.
 * False when unknown.
 */
export function isFresh(frame: FunctionView, value: ValueId): boolean {
  // The fast path: mostly one chain leads back over stores into the object, as for `this` in a constructor.
  let at = value;
  for (let step = 0; step < maxFreshSteps; step++) {
    const inst = frame.inst(at);
    const behind = behindOf(inst);
    if (behind === undefined)
      return inst.op === 'phi' || inst.op === 'call' ? isAllFresh(frame, value) : isMadeHere(inst);
    at = behind;
  }
  return false;
}

function isMadeHere({ op }: Inst): boolean {
  return op === 'object' || op === 'list' || op === 'slice';
}

/** Like `isFresh`, but also follows branches and calls that copy. */
function isAllFresh(frame: FunctionView, value: ValueId): boolean {
  const seen = new Set<ValueId>([value]);
  // The set grows during the loop, as a worklist.
  for (const one of seen) {
    if (seen.size > maxFreshSteps) return false;
    const inst = frame.inst(one);
    const behind = behindOf(inst);
    if (behind !== undefined) seen.add(behind);
    else if (inst.op === 'phi') for (const input of inst.inputs) seen.add(input);
    else if (inst.op === 'call') {
      const copied = copyOf(frame, inst);
      if (copied === undefined) return false;
      if (copied !== 'new') seen.add(copied);
    } else if (!isMadeHere(inst)) return false;
  }
  return true;
}

/** `new` for a call that copies, the target of `Object.assign(target, ...)`, and undefined for other calls. */
function copyOf(frame: FunctionView, { callee, args }: Inst & { op: 'call' }): ValueId | 'new' | undefined {
  const by = frame.inst(callee);
  if (by.op === 'global') return copies.has(by.name) ? 'new' : undefined;
  if (by.op === 'import') return by.specifier === 'copy' ? 'new' : undefined;
  if (by.op !== 'member') return undefined;
  const owner = frame.inst(by.object);
  if (owner.op === 'global' && owner.name === 'Object') return by.name === 'assign' ? args[0] : undefined;
  if (owner.op === 'import') return owner.specifier === 'copy' ? 'new' : undefined;
  return copyMethods.has(by.name) ? 'new' : undefined;
}

const copies: ReadonlySet<string> = new Set([
  'dict',
  'list',
  'set',
  'structuredClone',
  'Map',
  'Set',
  'sorted',
]);
const copyMethods: ReadonlySet<string> = new Set([
  'copy',
  'slice',
  'concat',
  'toSorted',
  'toSpliced',
  'with',
]);
