import { maxCaughtSteps, maxErrorMembers } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { operandsOf } from '../../ir/operands.ts';
import { transitive } from '../../ir/query/transitive.ts';
import { isAnsweredError } from '../../libraries/conventions/answered-errors.ts';
import type { FunctionView } from '../view/function-view.ts';
import { writtenName } from './written-name.ts';

/**
 * Whether the messages of all errors of a type are written for clients. True for a library's error class for invalid input.
 * Also true for a project class, unless the program somewhere raises it with a part of a caught error, such as
 * `Refused(str(error))`.
 * @param type the class in `except Refused as error` or `error instanceof Refused`
 */
export function isOwnError({ func, linked, id, info }: FunctionView, type: ValueId): boolean {
  const inst = func.code[type];
  if (!inst) return false;
  const types = inst.op === 'list' ? inst.items : [type];
  return (
    types.length > 0 &&
    types.every((one) => {
      const named = func.code[one];
      const owners = linked.classes(id, one);
      if (owners.length === 0 && isOfLibrary(linked, info.module, func, named)) return true;
      return owners.length > 0 && !owners.some((owner) => classesWithCaughtError(linked).has(owner));
    })
  );
}

/** Whether a library error rejects invalid input: `ValidationError`, `mongoose.Error.ValidationError`. */
function isOfLibrary(linked: Linked, module: number, func: Func, named: Inst | undefined): boolean {
  let from = named;
  for (let hop = 0; hop < maxErrorMembers && from?.op === 'member'; hop++) from = func.code[from.object];
  if (from?.op !== 'import' || linked.moduleOf(module, from.specifier) !== undefined) return false;
  return isAnsweredError(from.specifier, named?.op === 'member' ? named.name : from.name);
}

/**
 * Whether an error is the result of a function whose name says that it redacts errors, such as `sanitizeError(error,
 * mode)`.
 */
export function isMadeForAnswer(frame: FunctionView, error: ValueId): boolean {
  const inst = frame.func.code[error];
  return inst?.op === 'call' && toLeaveLittle.test(writtenName(frame, inst.callee));
}

const toLeaveLittle = /^_*(?:saniti[sz]e|redact|mask|scrub)/i;

/** The project classes that are raised with a part of a caught error, and their ancestors. */
const classesWithCaughtError: (linked: Linked) => ReadonlySet<number> = memoized((linked) => {
  const all = new Set<number>();
  const catching = new Set<number>();
  linked.program.instructions.each('caught', (_, { id }) => catching.add(id));
  for (const { func, id } of linked.program.functions) {
    if (!catching.has(id) && !func.params.some(({ name }) => errorName.test(name))) continue;
    for (const { end } of func.blocks) {
      const raised = end.kind === 'throw' ? func.code[end.value] : undefined;
      if (raised?.op !== 'call' || !raised.args.some((arg) => isOfCaught(func, arg))) continue;
      for (const owner of linked.classes(id, raised.callee)) {
        all.add(owner);
        for (const base of linked.ancestors(owner)) all.add(base);
      }
    }
  }
  return all;
});

/** The name of the error parameter in a promise's `catch`. */
const errorName = /^(?:e|err|error|ex|exc|exception|cause|reason)$/;

function isOfCaught(func: Func, from: ValueId): boolean {
  const madeOf = transitive([from], maxCaughtSteps, (at) => operandsOf(func.code[at] as Inst));
  if (madeOf.size > maxCaughtSteps) return true;
  return [...madeOf].some((at) => {
    const inst = func.code[at];
    return inst?.op === 'param' ? errorName.test(func.params[inst.index]?.name ?? '') : inst?.op === 'caught';
  });
}
