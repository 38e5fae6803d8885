import type { Inst } from '../ir/ir.ts';
import type { Abstract } from './abstract.ts';
import { slice } from './entries.ts';
import type { Frame } from './frame.ts';
import { boundOf } from './slice-text.ts';

/** `object[from:to]`, `object[from:to:step]` */
export function sliceOf(frame: Frame, inst: Inst & { op: 'slice' }): Abstract {
  const it = frame.use(inst.object);
  const [from, to, step] = [inst.from, inst.to, inst.step].map((one) =>
    one === undefined ? undefined : boundOf(frame.use(one)),
  );
  const isWhole = inst.from === undefined && inst.to === undefined && inst.step === undefined;
  return isWhole ? slice(it, null, null) : slice(it, from, to, step);
}
