import { type Abstract, withTaints } from '../../../dataflow/domain/abstract.ts';
import type { Taint } from '../../../dataflow/domain/taint.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Inst } from '../../../ir/ir.ts';
import type { State } from '../../../models/api.ts';

/** Names of options that refer to an element of the page. */
const places = /selector|target|container|parent|wrapper|trigger|button|panel|menu|nav|list|item|source|src/i;

/**
 * Removes the taint of plugin options from a value that reaches a sink, because the callers of a plugin may pass markup or
 * an element on purpose. The taint stays if the sink takes a selector or markup, such as jQuery's `$()`, and the option's
 * name refers to an element, such as `target`.
 */
export function withoutOptions(frame: FunctionView, inst: Inst, sink: State, it: Abstract): Abstract {
  if (!it.taints.some(isOfCaller)) return it;
  const given = inst.op === 'call' && inst.args[0] !== undefined ? frame.inst(inst.args[0]) : undefined;
  const isPlace = given?.op === 'member' && places.test(given.name);
  if (isPlace && sink.traits.has('takes-selector-or-markup')) return it;
  return withTaints(
    it,
    it.taints.filter((taint) => !isOfCaller(taint)),
  );
}

/**
 * Whether the argument of a sink that takes an element or markup may be an element, not markup. True if it may be an object
 * of a library, such as `this.element` in `tip.insertAfter(this.element)`.
 */
export function isElement({ linked, id }: FunctionView, inst: Inst, { traits }: State): boolean {
  const [given] = inst.op === 'call' && traits.has('takes-element-or-markup') ? inst.args : [];
  if (given === undefined) return false;
  return linked.states(id, given).some(({ type, sources }) => type !== undefined && sources.length === 0);
}

function isOfCaller({ origin }: Taint): boolean {
  return origin.kind === 'source' && origin.source === 'caller';
}
