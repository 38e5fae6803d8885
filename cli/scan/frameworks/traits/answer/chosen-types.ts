import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';

/**
 * Whether a content type is computed by a call, such as `mimetypes.guess_type(path)[0]`, and nothing is known about its
 * value. Such a type is rarely `text/html`.
 */
export function isChosen(frame: FunctionView, value: number): boolean {
  const it = frame.values[value];
  return (
    it !== undefined &&
    it.taints.length === 0 &&
    !it.consts &&
    !it.textTemplate &&
    isFound(frame.func.code, value)
  );
}

const senders: ReadonlySet<string> = new Set(['remote', 'stored']);

/** Whether a content type is untrusted data, so that a user may choose HTML. An example is the stored type of an upload. */
export function isUntrusted(frame: FunctionView, value: ValueId): boolean {
  const taints = frame.values[value]?.taints ?? [];
  return taints.some(({ origin }) => origin.kind === 'source' && senders.has(origin.source));
}

/** The bound on members of members. */
const maxHops = 4;

/** Whether a value is the result of a call, or a part of it. A variable that the project assigns is not computed. */
function isFound(code: readonly Inst[], value: ValueId): boolean {
  let inst = code[value];
  for (let hop = 0; hop <= maxHops; hop++) {
    if (inst?.op === 'index' || inst?.op === 'member') inst = code[inst.object];
    else if (inst?.op === 'element' || inst?.op === 'await' || inst?.op === 'effect') inst = code[inst.value];
    else break;
  }
  return inst?.op === 'call' || inst?.op === 'phi';
}
