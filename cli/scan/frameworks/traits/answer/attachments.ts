import { instAt, origin, type Place } from '../../../callgraph/query/called-on.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import { blockOf } from '../../../ir/block-of.ts';
import type { BlockId, Func, Inst, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { isBehind, successors } from '../../../ir/query/control-flow.ts';

const header = 'content-disposition';

/** The first analysis of a function decides. */
const said = memoized((_: Func): { headers?: readonly ValueId[] } => ({}));

/**
 * Whether a response is always a download. Its `Content-Disposition` must be set on every path that leads to the response.
 * A header of the response object itself may also be set later, on every path to a return.
 */
export function isAttached(frame: FunctionView, value: ValueId): boolean {
  const { func } = frame;
  const known = said(func);
  known.headers ??= func.code.flatMap((inst, at) => (saysAttachment(frame, inst) ? [at] : []));
  const { headers } = known;
  if (headers.length === 0) return false;
  const sent = func.code.findIndex((inst) => inst.op === 'call' && inst.args.includes(value));
  const answer = sent < 0 ? value : sent;
  const own = blockOf(func, answer);
  const objects = objectsOf(func, answer);
  return headers.some((header) => {
    const object = objectOf(func, func.code[header]);
    const block = blockOf(func, header);
    if (func.code[object]?.op === 'call' && !objects.has(object)) return false;
    return isBehind(func, own, block) || (object === answer && !returnsPast(func, own, block));
  });
}

/** The bound on members of members and effects. */
const maxHops = 200;

/** The object whose header is set, behind its members and effects. */
function objectOf({ code }: Func, inst: Inst | undefined): ValueId {
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  let at =
    inst?.op === 'store-index' ? inst.object : callee?.op === 'member' ? callee.object : (-1 as ValueId);
  for (let hop = 0; hop < maxHops; hop++) {
    const one = code[at];
    if (one?.op === 'member' || one?.op === 'store' || one?.op === 'store-index') at = one.object;
    else if (one?.op === 'effect' || one?.op === 'typed' || one?.op === 'await') at = one.value;
    else break;
  }
  return at;
}

/** The objects that a response is made of or sent by: `res.send(text)`, `new Response(text, { headers })`. */
function objectsOf(func: Func, answer: ValueId): ReadonlySet<ValueId> {
  const inst = func.code[answer];
  const args = inst?.op === 'call' ? inst.args : [];
  const inner = args.flatMap((arg) => {
    const one = func.code[arg];
    return one?.op === 'object' ? one.values : [arg];
  });
  const made = inner.map((value) => {
    const one = func.code[value];
    return one?.op === 'effect' ? one.value : value;
  });
  return new Set([answer, objectOf(func, inst), ...made]);
}

/** Whether a path from one block returns without another block. */
function returnsPast({ blocks }: Func, from: BlockId, out: BlockId): boolean {
  const seen = new Set([from]);
  for (const id of seen) {
    const block = blocks[id];
    if (!block || id === out) continue;
    if (block.end.kind === 'return') return true;
    for (const next of successors(block)) seen.add(next);
  }
  return false;
}

/**
 * Whether an instruction declares the response a download: `resp['Content-Disposition'] = f'attachment; filename="{name}"'`.
 */
function saysAttachment(frame: FunctionView, inst: Inst): boolean {
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

/** Whether an entry of a headers object declares a download, such as in `headers={'Content-Disposition': 'attachment'}`. */
export function isAttachmentEntry(
  frame: FunctionView,
  name: string | null | undefined,
  value: Place,
): boolean {
  return name?.toLowerCase() === header && isAttachment(frame, value);
}

function isHeader(frame: FunctionView, place: Place): boolean {
  const inst = instAt(frame.linked, origin(frame.linked, place));
  return inst?.op === 'const' && String(inst.value).toLowerCase() === header;
}

/** The bound on nested texts. */
const maxDepth = 4;

/** Whether the constant beginning of a text is `attachment`. */
function isAttachment(frame: FunctionView, from: Place, depth = 0): boolean {
  const place = origin(frame.linked, from);
  const inst = instAt(frame.linked, place);
  const first = inst && beginningOf(frame, place, inst);
  if (inst?.op === 'const') return /^\s*attachment\b/i.test(String(inst.value));
  return (
    first !== undefined && depth < maxDepth && isAttachment(frame, { ...place, value: first }, depth + 1)
  );
}

function beginningOf(frame: FunctionView, { func }: Place, inst: Inst): ValueId | undefined {
  if (inst.op === 'text') return inst.parts[0];
  if (inst.op === 'binary') return inst.operator === '+' || inst.operator === '%' ? inst.left : undefined;
  const callee = inst.op === 'call' ? instAt(frame.linked, { func, value: inst.callee }) : undefined;
  return callee?.op === 'member' && callee.name === 'format' ? callee.object : undefined;
}
