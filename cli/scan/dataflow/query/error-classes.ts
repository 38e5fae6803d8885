import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { type Abstract, deepTaints, derived, tainted } from '../domain/abstract.ts';
import { list } from '../domain/entries.ts';
import { joinTaints, noTaints } from '../domain/taint.ts';
import type { FunctionView } from '../view/function-view.ts';

/** The names of the languages' error classes, and of most libraries'. */
export const isErrorName: RegExp = /(?:Error|Exception)$/;

/** A new error, which propagates the taint of its arguments. */
export function errorOf(args: readonly Abstract[]): Abstract {
  return tainted(args.reduce((all, arg) => joinTaints(all, derived(deepTaints(arg))), noTaints));
}

/** An instance of a project error class without a constructor: `class Refused(Exception): pass`. Undefined for other classes. */
export function madeError(
  frame: FunctionView,
  classes: readonly number[],
  args: readonly Abstract[],
): Abstract | undefined {
  return classes.some((owner) => isErrorClass(frame, owner)) ? errorOf(args) : undefined;
}

/**
 * Stores the message that a constructor passes to an error's base class: `super().__init__("refused " + name)`, `super(message)`.
 */
export function keepMessage(frame: FunctionView, inst: Inst & Call, callee: Inst): void {
  if (callee.op !== 'super' && (callee.op !== 'member' || callee.name !== 'constructor')) return;
  const first = inst.args[0];
  const self = callee.op === 'super' ? inst.callee : callee.object;
  if (
    first === undefined ||
    frame.inst(self).op !== 'super' ||
    !isErrorClass(frame, frame.linked.classOf(frame.id))
  )
    return;
  const [name, kept] = frame.language.errorsKeepArguments
    ? ['args', listOf(frame, inst.args)]
    : ['message', frame.use(first)];
  frame.engine.fields.noteEffect(frame, frame.use(self), [name], kept);
}

function listOf(frame: FunctionView, values: readonly ValueId[]): Abstract {
  return list(values.map((value) => frame.use(value)));
}

/** Whether a project class is an error, by itself or by its ancestors. */
export function isErrorClass({ linked }: FunctionView, owner: number): boolean {
  if (owner < 0) return false;
  return [owner, ...linked.ancestors(owner)].some((one) =>
    linked.basesOf(one).some((base) => typeof base === 'string' && isErrorName.test(base)),
  );
}
