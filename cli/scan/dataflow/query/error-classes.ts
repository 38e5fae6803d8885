import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { type Abstract, deepTaints, derived, tainted } from '../domain/abstract.ts';
import { list } from '../domain/entries.ts';
import { joinTaints, noTaints } from '../domain/taint.ts';
import type { FunctionView } from '../view/function-view.ts';

/** Matches the names of the error classes of the languages and of most libraries. */
export const isErrorName: RegExp = /(?:Error|Exception)$/;

/** The value of a new error. It has the taints of the arguments, since its message contains them. */
export function errorOf(args: readonly Abstract[]): Abstract {
  return tainted(args.reduce((all, arg) => joinTaints(all, derived(deepTaints(arg))), noTaints));
}

/**
 * The instance that a call of a project's error class makes: `Refused(name)` after `class Refused(Exception): pass`.
 * Undefined for other classes. Call this only where the class has no constructor.
 */
export function madeError(
  frame: FunctionView,
  classes: readonly number[],
  args: readonly Abstract[],
): Abstract | undefined {
  return classes.some((owner) => isErrorClass(frame, owner)) ? errorOf(args) : undefined;
}

/**
 * Records, as a field of `this`, the message that the constructor of an error class passes to its base class:
 * `super(message)`, `super().__init__("refused " + name)`. Does nothing for other calls.
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

/** Whether a project class or an ancestor extends an error class of the language or of a library. */
export function isErrorClass({ linked }: FunctionView, owner: number): boolean {
  if (owner < 0) return false;
  return [owner, ...linked.ancestors(owner)].some((one) =>
    linked.basesOf(one).some((base) => typeof base === 'string' && isErrorName.test(base)),
  );
}
