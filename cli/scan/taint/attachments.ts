import type { Inst, ValueId } from '../ir/ir.ts';
import { instAt, origin, type Place } from './called-on.ts';
import type { Frame } from './frame.ts';

const header = 'content-disposition';

/** Whether a statement says that the answer is a file to keep: `resp['Content-Disposition'] = f'attachment; filename="{name}"'`. */
export function saysAttachment(frame: Frame, inst: Inst): boolean {
  if (inst.op === 'store-index')
    return (
      isHeader(frame, { func: frame.id, value: inst.key }) &&
      isAttachment(frame, { func: frame.id, value: inst.value })
    );
  if (inst.op !== 'call') return false;
  const callee = frame.inst(inst.callee);
  if (callee.op !== 'member' || !setters.has(callee.name)) return false;
  const [name, value] = inst.args;
  return (
    name !== undefined &&
    value !== undefined &&
    isHeader(frame, { func: frame.id, value: name }) &&
    isAttachment(frame, { func: frame.id, value })
  );
}

const setters: ReadonlySet<string> = new Set(
  'set setHeader header append add_header set_header send_header setdefault add'.split(' '),
);

/** `headers={'Content-Disposition': 'attachment'}`: an entry of headers, by its name in lower case. */
export function isAttachmentEntry(frame: Frame, name: string | null | undefined, value: Place): boolean {
  return name?.toLowerCase() === header && isAttachment(frame, value);
}

function isHeader(frame: Frame, place: Place): boolean {
  const inst = instAt(frame.linked, origin(frame.linked, place));
  return inst?.op === 'const' && String(inst.value).toLowerCase() === header;
}

/** Texts in texts are looked into no deeper. */
const maxDepth = 4;

/** Whether a text begins with `attachment`, as far as its beginning is written. */
function isAttachment(frame: Frame, from: Place, depth = 0): boolean {
  const place = origin(frame.linked, from);
  const inst = instAt(frame.linked, place);
  const first = inst && beginningOf(frame, place, inst);
  if (inst?.op === 'const') return /^\s*attachment\b/i.test(String(inst.value));
  return (
    first !== undefined && depth < maxDepth && isAttachment(frame, { ...place, value: first }, depth + 1)
  );
}

function beginningOf(frame: Frame, { func }: Place, inst: Inst): ValueId | undefined {
  if (inst.op === 'text') return inst.parts[0];
  if (inst.op === 'binary') return inst.operator === '+' || inst.operator === '%' ? inst.left : undefined;
  const callee = inst.op === 'call' ? instAt(frame.linked, { func, value: inst.callee }) : undefined;
  return callee?.op === 'member' && callee.name === 'format' ? callee.object : undefined;
}
