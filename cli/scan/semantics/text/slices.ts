import type { Abstract } from '../../dataflow/domain/abstract.ts';
import { slice } from '../../dataflow/domain/entries.ts';
import { boundOf } from '../../dataflow/domain/slice-text.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Inst } from '../../ir/ir.ts';

/** The value of `object[from:to]`, `object[from:to:step]`. */
export function sliceOf(frame: FunctionView, inst: Inst & { op: 'slice' }): Abstract {
  const it = frame.use(inst.object);
  const [from, to, step] = [inst.from, inst.to, inst.step].map((one) =>
    one === undefined ? undefined : boundOf(frame.use(one)),
  );
  const isWhole = inst.from === undefined && inst.to === undefined && inst.step === undefined;
  return isWhole ? slice(it, null, null) : slice(it, from, to, step);
}
