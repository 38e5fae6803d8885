import { instAt, origin } from '../callgraph/query/called-on.ts';
import { fieldOfAny } from '../callgraph/query/own-field.ts';
import { onlyConst } from '../dataflow/domain/abstract.ts';
import { writtenWithSeparator } from '../dataflow/domain/cell-index.ts';
import { constantKey } from '../dataflow/query/constant-key.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { importName, normalisers, plain } from './normal-path.ts';

/** Whether a prefix may end with a separator. Without one, `/srv/app` is also a prefix of `/srv/app-secrets`. */
export function endsWithSeparator(frame: FunctionView, value: ValueId): boolean {
  const known = frame.values[value];
  const constant = onlyConst(known)?.value;
  if (typeof constant === 'string') return /[/\\]$/.test(constant);
  const inst = plain(frame, value);
  if (inst.op === 'binary' && inst.operator === '+') return isSeparator(frame, inst.right);
  if (inst.op === 'text') return isSeparator(frame, inst.parts.at(-1) ?? -1);
  if (inst.op === 'call') {
    const name = constantKey(frame, frame.inst(inst.callee)) ?? importName(frame, inst.callee) ?? '';
    const last = inst.args.at(-1);
    if (name === 'join' && last !== undefined) {
      const text = onlyConst(frame.values[last])?.value;
      return text === '' || (typeof text === 'string' && /[/\\]$/.test(text));
    }
    return (
      !normalisers.has(name) && name !== 'join' && name !== 'dirname' && name !== 'str' && name !== 'String'
    );
  }
  if (inst.op === 'cell-load') return frame.engine.endsWithSeparator(frame.cellNumber(inst.cell));
  if (inst.op === 'member' && isFieldWithout(frame, inst)) return false;
  // `str(self.root)` is the text of a path, which ends with no separator.
  return (inst.op === 'param' || inst.op === 'member') && !isTextOf(frame, value);
}

/** Whether a member is a field of `this` that is assigned a known value without a separator at its end. */
function isFieldWithout(
  { linked, id, func }: FunctionView,
  { object, name }: Inst & { op: 'member' },
): boolean {
  if (func.code[object]?.op !== 'this') return false;
  return fieldOfAny(linked, id, name).some((place) => {
    const made = origin(linked, place);
    const inst = instAt(linked, made);
    const { func: maker } = linked.program.functions[made.func] ?? {};
    // A constructor's argument is unknown.
    const isWritten =
      inst?.op === 'const' || inst?.op === 'text' || inst?.op === 'binary' || inst?.op === 'call';
    return maker !== undefined && isWritten && !writtenWithSeparator(maker, made.value);
  });
}

function isTextOf(frame: FunctionView, value: ValueId): boolean {
  const inst = frame.inst(value);
  const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
  return callee?.op === 'global' && callee.name === 'str';
}

function isSeparator(frame: FunctionView, value: ValueId): boolean {
  if (value < 0) return false;
  const constant = onlyConst(frame.values[value])?.value;
  if (typeof constant === 'string') return /[/\\]$/.test(constant);
  const inst = frame.inst(value);
  return (inst.op === 'member' || inst.op === 'import') && inst.name === 'sep';
}
