import type { Inst } from '../ir/ir.ts';
import type { Abstract } from './abstract.ts';
import { slice } from './entries.ts';
import type { Frame } from './frame.ts';
import { boundOf } from './slice-text.ts';

/** `object[from:to]`; with a step, which the bounds are left out for, any of it. */
export function sliceOf(frame: Frame, inst: Inst & { op: 'slice' }): Abstract {
  const it = frame.use(inst.object);
  if (inst.from === undefined && inst.to === undefined) return slice(it, null, null);
  const [from, to] = [inst.from, inst.to].map((one) =>
    one === undefined ? undefined : boundOf(frame.use(one)),
  );
  return slice(it, from, to);
}
