import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Func, Inst } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';

/**
 * Whether a function declares that its response is a CSV table, such as by `res.attachment('a.csv')`, `res.type('csv')` or
 * a header `Content-Type: text/csv`.
 */
export function answersTable(frame: FunctionView): boolean {
  const known = tables(frame.func);
  known.isTable ??= frame.func.code.some((inst) =>
    inst.op === 'call'
      ? saysTable(frame, inst)
      : inst.op === 'store-index' && isTypeHeader(frame, inst.key) && holdsTable(frame, inst.value, 0),
  );
  return known.isTable;
}

/** The first analysis of a function decides. */
const tables = memoized((_: Func): { isTable?: boolean } => ({}));
const setters: ReadonlySet<string> = new Set([
  'attachment',
  'type',
  'contentType',
  'set',
  'setHeader',
  'header',
  'headers',
  'writeHead',
  'append',
]);
const typeNames: ReadonlySet<string> = new Set(['content_type', 'mimetype', 'media_type', 'headers']);
const table = /^(?:text\/csv|csv$|text\/tab-separated)|\.[ct]sv["']?$/i;

/** `response['Content-Type'] = 'text/csv'` */
function isTypeHeader(frame: FunctionView, key: number): boolean {
  const name = frame.inst(key);
  return name.op === 'const' && String(name.value).toLowerCase() === 'content-type';
}

function saysTable(frame: FunctionView, inst: Inst & { op: 'call' }): boolean {
  const callee = frame.inst(inst.callee);
  if (
    inst.names?.some(
      (name, i) => name !== null && typeNames.has(name) && holdsTable(frame, inst.args[i] ?? -1, 0),
    )
  )
    return true;
  if (callee.op === 'global' && callee.name === 'Response')
    return inst.args.some((arg) => holdsTable(frame, arg, 0));
  if (callee.op !== 'member' || !setters.has(callee.name)) return false;
  return inst.args.some((arg) => holdsTable(frame, arg, 0));
}

function holdsTable(frame: FunctionView, value: number, depth: number): boolean {
  const inst = value < 0 ? undefined : frame.inst(value);
  if (inst === undefined) return false;
  if (inst.op === 'const') return typeof inst.value === 'string' && table.test(inst.value);
  return inst.op === 'object' && depth < 3 && inst.values.some((one) => holdsTable(frame, one, depth + 1));
}
