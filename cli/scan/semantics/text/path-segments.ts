import { onlyConst } from '../../dataflow/domain/abstract.ts';
import { type Kinds, kinds, noKinds, notUp } from '../../dataflow/domain/kinds.ts';
import { constantKey } from '../../dataflow/query/constant-key.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';

/** A single path segment is clean for these kinds: it holds no separator. */
const segment = kinds('path');

/**
 * The sink kinds that an item of a split path is clean for, as it holds no slash: `name.split('/')[-1]`,
 * `name.split('/', 1)[0]`, `name.rpartition('/')[2]`. None for other items.
 */
export function segmentKinds(frame: FunctionView, parts: ValueId, key: ValueId): Kinds {
  const index = onlyConst(frame.values[key])?.value;
  return typeof index === 'number' ? kindsOfPart(frame, parts, index) : noKinds;
}

/**
 * The same as `segmentKinds`, for an item that a method call takes from the split path: `name.split('/').pop()`. None for
 * other calls.
 */
export function takenSegment({ frame, inst, args, name }: BuiltinCall): Kinds {
  if (name !== 'pop' && name !== 'shift' && name !== 'at') return noKinds;
  const callee = frame.inst(inst.callee);
  if (callee.op !== 'member') return noKinds;
  const given = args[0] && onlyConst(args[0])?.value;
  if (name === 'pop' && args.length === 0) return kindsOfPart(frame, callee.object, -1);
  if (name === 'shift' && args.length === 0) return kindsOfPart(frame, callee.object, 0);
  return name !== 'shift' && typeof given === 'number' ? kindsOfPart(frame, callee.object, given) : noKinds;
}

/** Whether a function splits texts at all. Most do not, and each read of a list item asks this. */
const splitsText: (func: Func) => boolean = memoized(({ code }) =>
  code.some((inst) => inst.op === 'member' && splitting.test(inst.name)),
);

const splitting = /^r?(?:split|partition)$/;

function kindsOfPart(frame: FunctionView, parts: ValueId, index: number): Kinds {
  if (!splitsText(frame.func)) return noKinds;
  const call = unwrapped(frame, parts);
  if (isEnding(frame, call, index)) return notUp;
  const name = splitBySeparator(frame, call) ? constantKey(frame, frame.inst(call.callee)) : undefined;
  if (name === undefined || call.op !== 'call') return noKinds;
  if (name === 'partition') return index === 0 ? segment : noKinds;
  if (name === 'rpartition') return index === 2 || index === -1 ? segment : noKinds;
  if (call.args.length === 1 || !frame.language.splitKeepsRest) return segment;
  return index === (name === 'rsplit' ? -1 : 0) ? segment : noKinds;
}

/**
 * `name.rsplit('.', 1)[1]`, `name.split('.').pop()`: an ending holds no dot, so no `..`. It may hold a slash, which leads out
 * of no folder in front of it; alone it is an absolute path. The part before the first dot may be a whole path.
 */
function isEnding(frame: FunctionView, call: Inst, index: number): boolean {
  if (call.op !== 'call') return false;
  const callee = frame.inst(call.callee);
  const [by, limit] = call.args;
  if (callee.op !== 'member' || by === undefined || onlyConst(frame.values[by])?.value !== '.') return false;
  switch (callee.name) {
    case 'split':
      return index !== 0 && (limit === undefined || !frame.language.splitKeepsRest);
    case 'rsplit':
      return index === -1 || index === 1;
    case 'rpartition':
      return index === -1 || index === 2;
    default:
      return false;
  }
}

/** Returns the paths whose segments a list may hold: `name` for `name.split('/')` and `Path(name).parts`. */
export function segmentsOf(frame: FunctionView, value: ValueId): readonly ValueId[] {
  const inst = unwrapped(frame, value);
  if (inst.op === 'member' && inst.name === 'parts') {
    const path = unwrapped(frame, inst.object);
    const [only, more] = path.op === 'call' ? path.args : [];
    return only !== undefined && more === undefined ? [inst.object, only] : [inst.object];
  }
  if (!splitBySeparator(frame, inst) || inst.args.length > 1) return [];
  const callee = frame.inst(inst.callee);
  return callee.op === 'member' && callee.name === 'split' ? [callee.object] : [];
}

/** Whether leading separators were removed: `name.lstrip('/')`. */
export function beginsWithoutSeparator(frame: FunctionView, value: ValueId): boolean {
  const inst = unwrapped(frame, value);
  const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
  if (inst.op !== 'call' || callee?.op !== 'member' || !/^l?strip$/.test(callee.name)) return false;
  const signs = onlyConst(frame.values[inst.args[0] ?? -1])?.value;
  return typeof signs === 'string' && signs.includes('/');
}

function splitBySeparator(frame: FunctionView, inst: Inst): inst is Inst & { op: 'call' } {
  if (inst.op !== 'call') return false;
  const callee = frame.inst(inst.callee);
  if (callee.op !== 'member' || !splitting.test(callee.name)) return false;
  const [by] = inst.args;
  if (by === undefined) return false;
  const text = onlyConst(frame.values[by])?.value;
  if (typeof text === 'string') return text === '/' || text === '\\';
  const separator = unwrapped(frame, by);
  return (separator.op === 'member' || separator.op === 'import') && separator.name === 'sep';
}

/** The instruction behind effects, casts and awaits of a value. */
function unwrapped(frame: FunctionView, value: ValueId): Inst {
  let inst = frame.inst(frame.valueNumbers[value] ?? value);
  for (let depth = 0; depth < 8; depth++) {
    if (inst.op !== 'effect' && inst.op !== 'await' && inst.op !== 'typed' && inst.op !== 'cell-store') break;
    inst = frame.inst(inst.value);
  }
  return inst;
}
