import { type Abstract, withTaints } from '../../../dataflow/domain/abstract.ts';
import type { Taint } from '../../../dataflow/domain/taint.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Inst } from '../../../ir/ir.ts';

/** Names of options that stand for something in the page. */
const places = /selector|target|container|parent|wrapper|trigger|button|panel|menu|nav|list|item|source|src/i;

/**
 * What users of a plugin pass is to be markup, or an element: without what they pass, save for an option that names something in
 * the page, which jQuery looks for or makes.
 */
export function withoutOptions(frame: FunctionView, inst: Inst, sink: string, it: Abstract): Abstract {
  if (!it.taints.some(isOfCaller)) return it;
  const given = inst.op === 'call' && inst.args[0] !== undefined ? frame.inst(inst.args[0]) : undefined;
  const isPlace = given?.op === 'member' && places.test(given.name);
  if (isPlace && /^jquery\.Function argument/.test(sink)) return it;
  return withTaints(
    it,
    it.taints.filter((taint) => !isOfCaller(taint)),
  );
}

function isOfCaller({ origin }: Taint): boolean {
  return origin.kind === 'source' && origin.source === 'caller';
}
