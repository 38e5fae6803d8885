import { maxThrowingFunctions } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import { between } from '../../ir/between.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import { harmlessCalls } from '../../libraries/javascript/harmless-calls.ts';
import type { FunctionView } from '../view/function-view.ts';
import { isSentence } from './own-messages.ts';
import { startOfBlock } from './thrown-input.ts';

/**
 * Whether a JavaScript `catch` seems to receive only errors whose message is a string literal. The `try` block may throw
 * them itself, or call project functions that do. False if any other call might throw.
 * @param caught the caught error
 */
export function throwsOwnSentences(frame: FunctionView, caught: ValueId, inst: Inst): boolean {
  const from = startOfBlock(frame.func, caught);
  if (from === undefined) return false;
  const first = thrownBy(partsOf(frame.linked, frame.id, frame.func, from, inst.at));
  if (!first) return false;
  const called = new Set(first.called);
  let throws = first.hasSentence;
  for (const id of called) {
    const own = called.size > maxThrowingFunctions ? undefined : thrownIn(frame.linked, id);
    if (!own) return false;
    throws ||= own.hasSentence;
    for (const one of own.called) called.add(one);
  }
  return throws;
}

/** A piece of code that throws only literal messages itself: the functions that it calls, and whether it throws at all. */
interface Thrown {
  readonly called: ReadonlySet<number>;
  readonly hasSentence: boolean;
}

function thrownBy(parts: Iterable<'sentence' | number | undefined>): Thrown | undefined {
  const called = new Set<number>();
  let hasSentence = false;
  for (const one of parts) {
    if (one === undefined) return undefined;
    if (one === 'sentence') hasSentence = true;
    else called.add(one);
  }
  return { called, hasSentence };
}

/** `thrownBy` for a whole function, cached for all handlers. */
const thrownIn: (linked: Linked, id: number) => Thrown | undefined = memoizedPair((linked, id) => {
  const func = linked.program.functions[id]?.func;
  return func && thrownBy(partsOf(linked, id, func, func.at, func.end));
});

/**
 * What a range of a function may throw: a literal message (`sentence`), what a project function throws (its number), or anything
 * else (undefined).
 */
function* partsOf(
  linked: Linked,
  id: number,
  func: Func,
  from: number,
  to: number,
): Generator<'sentence' | number | undefined> {
  const { calls, thrown } = between(func, from, to);
  for (const value of calls) {
    const inst = func.code[value] as Inst & Call;
    const targets = linked.targets(id, value);
    if (targets.length === 0 && !harmlessCalls.has(nameOfCallee(func.code[inst.callee]))) yield undefined;
    for (const target of targets) yield target.func;
    // Callbacks are not followed.
    if (inst.args.some((arg) => func.code[arg]?.op === 'func')) yield undefined;
  }
  for (const value of thrown) {
    const error = func.code[value];
    const isOwn =
      error?.op === 'call' && error.isNew === true && isSentence(func, func.code[error.args[0] ?? -1]);
    yield isOwn ? 'sentence' : undefined;
  }
}
