import type { Abstract } from '../../dataflow/domain/abstract.ts';
import { element } from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import { libraryName } from '../../dataflow/query/library-name.ts';
import { invoke } from '../../dataflow/summary/apply.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';

/**
 * The value emitted by `observable.pipe(map(f), tap(g))` of rxjs. An observable is represented by the value that it emits.
 * Undefined if no argument is an operator of rxjs.
 */
export function pipedValue(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  receiver: Abstract,
): Abstract | undefined {
  const callee = frame.inst(inst.callee);
  if (callee.op !== 'member' || callee.name !== 'pipe') return undefined;
  let it: Abstract | undefined;
  for (const arg of inst.args) {
    const operator = frame.inst(arg);
    const name = operator.op === 'call' ? operatorName(frame, operator) : undefined;
    if (operator.op !== 'call' || name === undefined) continue;
    it = operated(frame, value, operator, name, it ?? receiver);
  }
  return it;
}

function operatorName(frame: FunctionView, { callee }: Call): string | undefined {
  return /^rxjs(?:\/operators)?\.(\w+)$/.exec(libraryName(frame, frame.inst(callee)) ?? '')?.[1];
}

function operated(
  frame: FunctionView,
  value: ValueId,
  { args, ...inst }: Inst & Call,
  name: string,
  it: Abstract,
): Abstract {
  const [callback, start] = args;
  if (callback === undefined) return it;
  if (name === 'pluck') return element(it);
  const isScan = name === 'scan' || name === 'reduce';
  const before = isScan && start !== undefined ? join(frame.use(start), it) : it;
  const given = invoke(frame, value, { ...inst, args }, callback, isScan ? [before, it] : [it]);
  if (name === 'mapTo' || name === 'map' || isScan) return given;
  // These callbacks return an observable, a promise or a list.
  if (flattening.has(name)) return join(given, element(given));
  return name === 'catchError' || name === 'startWith' || name === 'mergeWith' ? join(it, given) : it;
}

const flattening: ReadonlySet<string> = new Set([
  'switchMap',
  'mergeMap',
  'concatMap',
  'exhaustMap',
  'flatMap',
]);

/** Analyses the callback of `observable.subscribe(f)`, `observable.subscribe({ next: f })` with the emitted value. */
export function subscribed(frame: FunctionView, value: ValueId, inst: Inst & Call, receiver: Abstract): void {
  const callee = frame.inst(inst.callee);
  if (callee.op !== 'member' || callee.name !== 'subscribe' || receiver.taints.length === 0) return;
  const [listener] = inst.args;
  const object = listener === undefined ? undefined : frame.inst(listener);
  const next = object?.op === 'object' ? object.values[object.keys.indexOf('next')] : listener;
  if (next !== undefined) invoke(frame, value, inst, next, [receiver]);
}
