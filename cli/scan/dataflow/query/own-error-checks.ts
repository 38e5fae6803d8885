import { maxErrorReads } from '../../budgets/dataflow.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { valueNumbersOf } from '../../ir/query/value-numbers.ts';
import { answeredFlags, answeredNames, answeredTests } from '../../libraries/conventions/answered-errors.ts';
import { type Check, none } from '../domain/check.ts';
import { kinds } from '../domain/kinds.ts';
import type { FunctionView } from '../view/function-view.ts';
import { isOwnError } from './own-errors.ts';

const answered = kinds('leak');

/** Fields of an error whose text the author of its class has not written. */
const notWritten: ReadonlySet<string> = new Set(['stack', 'cause', 'original', 'originalError', 'parent']);

/**
 * What `error instanceof NotFound` proves of `error` if the project itself declares the class: its message was written for
 * clients and gives nothing away. Empty for other classes.
 */
export function ownErrorChecks(frame: FunctionView, error: ValueId, type: ValueId): readonly Check[] {
  return isOwnError(frame, type) ? writtenParts(frame, error) : none;
}

/**
 * What a check of an error's name proves: after `error.name === 'ValidationError'`, the message is safe to show to clients.
 * @param value the read of the name
 * @param name the constant that it equals
 */
export function errorNameChecks(frame: FunctionView, value: ValueId, name: unknown): readonly Check[] {
  const inst = frame.inst(value);
  const isAsked = inst.op === 'member' && inst.name === 'name' && typeof name === 'string';
  return isAsked && answeredNames.has(name) ? writtenParts(frame, inst.object) : none;
}

/** What a check of an error's flag proves: after `if (error.expose)`, the message was written for clients. */
export function errorFlagChecks(
  frame: FunctionView,
  { object, name }: Inst & { op: 'member' },
  isTrue: boolean,
): readonly Check[] {
  return isTrue && answeredFlags.has(name) ? writtenParts(frame, object) : none;
}

/**
 * What a library's predicate for errors proves if it is true: after `isHttpError(error)`, the message was written for
 * clients.
 */
export function errorTestChecks(frame: FunctionView, { callee, args }: Call): readonly Check[] {
  const inst = frame.inst(callee);
  const [error] = args;
  const isAsked = (inst.op === 'import' || inst.op === 'member') && answeredTests.has(inst.name);
  return isAsked && error !== undefined ? writtenParts(frame, error) : none;
}

function writtenParts(frame: FunctionView, error: ValueId): readonly Check[] {
  const members = membersOf(frame.func).get(frame.valueNumbers[error] ?? error);
  return members?.map((value) => ({ value, clean: answered })) ?? none;
}

/** By value number of an object: the reads of its members that the author of an error has written. */
const membersOf: (func: Func) => ReadonlyMap<ValueId, readonly ValueId[]> = memoized((func) => {
  const numbers = valueNumbersOf(func);
  const all = new Map<ValueId, ValueId[]>();
  func.code.forEach((inst, value) => {
    if (inst.op !== 'member' || notWritten.has(inst.name)) return;
    const object = numbers[inst.object] ?? inst.object;
    const others = all.get(object);
    if (!others) all.set(object, [value]);
    else if (others.length < maxErrorReads) others.push(value);
  });
  return all;
});
