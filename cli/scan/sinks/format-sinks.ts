import type { Abstract } from '../dataflow/domain/abstract.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { hit, sinkOf } from './sinks.ts';

/**
 * Checks Python's `format.format(value)` for an untrusted format string, which can read any member of the value:
 * `{0.__class__.__init__.__globals__}`. If all values are texts, numbers or the like, their members reveal nothing, and
 * nothing is reported.
 */
export function checkFormat(frame: FunctionView, value: ValueId, inst: Inst & { op: 'call' }): void {
  const callee = frame.inst(inst.callee);
  if (callee.op !== 'member' || (callee.name !== 'format' && callee.name !== 'format_map')) return;
  if (!frame.language.formatsReadMembers) return;
  // `str.format(format, value)`
  const owner = frame.inst(callee.object);
  const [first, ...others] =
    owner.op === 'global' && owner.name === 'str' ? inst.args : [callee.object, ...inst.args];
  if (first === undefined || !others.some((arg) => holdsMore(frame.use(arg)))) return;
  hit(frame, sinkOf(frame, 'format', value, inst, `str.${callee.name}`), frame.use(first));
}

/** Checks Python's `format % values`. A surplus directive raises an exception, and `%(name)s` chooses which value is shown. */
export function checkPercent(frame: FunctionView, value: ValueId, inst: Inst & { op: 'binary' }): void {
  if (inst.operator !== '%' || !frame.language.overloadsOperators) return;
  // `(size - rest) % block` is arithmetic.
  const left = frame.inst(inst.left);
  if (left.op === 'binary' && /^([-/&|^]|<<|>>|\/\/)$/.test(left.operator)) return;
  if (holdsMore(frame.use(inst.right)))
    hit(frame, sinkOf(frame, 'format', value, inst, 'a format'), frame.use(inst.left));
}

function holdsMore({ shape, consts }: Abstract): boolean {
  return !consts && shape !== 'text' && shape !== 'number' && shape !== 'boolean';
}
