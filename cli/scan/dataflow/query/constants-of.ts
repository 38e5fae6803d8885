import { maxConstantCalls, maxConstantSteps } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { defaultedParam } from '../../callgraph/query/defaulted-param.ts';
import { callsOf, instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { ownField } from '../../callgraph/query/own-field.ts';
import { passedFor } from '../../callgraph/query/passed-for.ts';
import type { Call, Constant, Inst, ValueId } from '../../ir/ir.ts';
import { behindOf } from './trace-value.ts';

interface Walk {
  readonly linked: Linked;
  readonly seen: Set<string>;
  readonly queue: Place[];
  readonly found: Set<Constant>;
  isKnown: boolean;
}

/**
 * All constants that a value may be. Traces it back through branches, arguments of callers, defaults of parameters, and fields of
 * the function's own class. Undefined if it may be anything else.
 */
export function constantsOf(linked: Linked, place: Place): readonly Constant[] | undefined {
  const walk: Walk = { linked, seen: new Set(), queue: [place], found: new Set(), isKnown: true };
  for (let at = walk.queue.pop(); at && walk.isKnown; at = walk.queue.pop()) follow(walk, at);
  return walk.isKnown && walk.found.size > 0 ? [...walk.found] : undefined;
}

function follow(walk: Walk, from: Place): void {
  const place = madeBy(walk.linked, from);
  const { func, value } = place;
  const key = `${func} ${value}`;
  if (walk.seen.has(key)) return;
  walk.seen.add(key);
  const inst = instOf(walk.linked, place);
  if (walk.seen.size > maxConstantSteps) walk.isKnown = false;
  else if (inst?.op === 'const') walk.found.add(inst.value);
  else if (inst?.op === 'effect') walk.queue.push({ func, value: inst.value });
  else if (inst?.op === 'param') ofParam(walk, func, inst.index);
  else if (inst?.op === 'member') ofMember(walk, func, inst);
  else if (inst?.op === 'phi') ofBranches(walk, func, inst);
  else walk.isKnown = false;
}

/** Follows the inputs of a phi. The default of a parameter counts only if some call omits the argument. */
function ofBranches(walk: Walk, func: number, phi: Inst & { readonly op: 'phi' }): void {
  const { linked } = walk;
  const info = linked.program.functions[func];
  const param = info && defaultedParam(info.func, phi);
  const inst = param === undefined ? undefined : instOf(linked, { func, value: param });
  const calls = callsOf(linked, func);
  const isGiven =
    inst?.op === 'param' &&
    calls.length <= maxConstantCalls &&
    calls.every((call) => passedFor(linked, call, func, inst.index).length > 0);
  for (const value of phi.inputs.slice(0, maxConstantSteps))
    if (!isGiven || value === param) walk.queue.push({ func, value });
}

function ofParam(walk: Walk, func: number, index: number): void {
  const { linked } = walk;
  const calls = callsOf(linked, func);
  const isOpen =
    calls.length === 0 ||
    calls.length > maxConstantCalls ||
    linked.handedTo(func).length > 0 ||
    linked.program.functions[func]?.func.params[index]?.rest !== undefined ||
    calls.some((call) => isSpread(instOf(linked, call)));
  if (isOpen) walk.isKnown = false;
  else
    for (const call of calls)
      for (const value of passedFor(linked, call, func, index)) walk.queue.push({ func: call.func, value });
}

function isSpread(inst: Inst | undefined): boolean {
  return inst?.op !== 'call' || (inst as Call).spread !== undefined;
}

/** A field of the function's own class. */
function ofMember(walk: Walk, func: number, inst: Inst & { readonly op: 'member' }): void {
  const given = isThis(walk.linked, func, inst.object) ? ownField(walk.linked, func, inst.name) : undefined;
  if (!given || given.length === 0) walk.isKnown = false;
  walk.queue.push(...(given ?? []).slice(0, maxConstantSteps + 1));
}

/** Whether a value is `this`, also after method calls on it and stores into it. */
function isThis(linked: Linked, func: number, value: ValueId): boolean {
  let inst = instOf(linked, { func, value });
  for (let step = 0; step < maxConstantSteps && inst; step++) {
    const behind = behindOf(inst);
    if (behind === undefined) break;
    inst = instOf(linked, { func, value: behind });
  }
  return inst?.op === 'this';
}
