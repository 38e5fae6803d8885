import { maxQueueItems } from '../../budgets/semantics.ts';
import { type Abstract, unknown } from '../../dataflow/domain/abstract.ts';
import { element, itemsOf, list, storeSomewhere } from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import { libraryName } from '../../dataflow/query/library-name.ts';
import { escapes } from '../../dataflow/summary/escapes.ts';
import { setMutated } from '../../dataflow/summary/set-mutated.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Func, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { valueNumbersOf } from '../../ir/query/value-numbers.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';

const queues = /^(?:queue|asyncio)\.(?:Simple|Lifo|Priority)?Queue$/;
const ordered = /\.(?:Simple|Lifo)?Queue$/;

/**
 * The value of a new queue. The order of its items is tracked only if no other function can reach the queue and all its
 * uses are direct method calls. Undefined if `name` is not the name of a queue class.
 */
export function newQueue(frame: FunctionView, value: ValueId, name: string): Abstract | undefined {
  if (!queues.test(name)) return undefined;
  const isKnown = ordered.test(name) && !escapes(frame, value) && !indirectUses(frame.func).has(value);
  return isKnown ? list([]) : { ...list([]), length: undefined };
}

/** The result of `put` or `get` on a queue that this function created; undefined for other receivers. */
export function queueMethod(call: BuiltinCall): Abstract | undefined {
  const { frame, value, inst, args, receiver, name } = call;
  if (receiver.shape !== 'list' || !methods.has(name)) return undefined;
  const callee = frame.inst(inst.callee);
  const made = callee.op === 'member' ? frame.inst(frame.valueNumbers[callee.object] as number) : undefined;
  const maker = made?.op === 'call' ? libraryName(frame, frame.inst(made.callee)) : undefined;
  if (!maker || !queues.test(maker)) return undefined;
  const items = receiver.length === undefined ? undefined : itemsOf(receiver);
  if (name.startsWith('put')) {
    const item = args[0] ?? unknown;
    const after =
      items && items.length < maxQueueItems ? list([...items, item]) : storeSomewhere(receiver, item);
    setMutated(frame, value, -1, after);
    return unknown;
  }
  if (!items || items.length === 0) {
    const others =
      callee.op === 'member' ? indirectUses(frame.func).get(frame.valueNumbers[callee.object] as number) : [];
    return (others ?? []).reduce(
      (all, { of, each }) => join(all, each ? element(frame.use(of)) : frame.use(of)),
      element(receiver),
    );
  }
  const taken = maker.endsWith('LifoQueue') ? items.pop() : items.shift();
  setMutated(frame, value, -1, list(items));
  return taken;
}

const methods: ReadonlySet<string> = new Set(['put', 'put_nowait', 'get', 'get_nowait']);

/** Methods that neither put nor take. */
const readOnlyMethods: ReadonlySet<string> = new Set(['empty', 'full', 'qsize', 'join', 'task_done']);

/** A value put into a queue, or a collection whose items are. */
interface Put {
  readonly of: ValueId;
  readonly each?: true;
}

/**
 * Uses of a queue other than a direct call of its methods, with the values they put into it: `give = waiting.put`,
 * `map(waiting.put, steps)`, `waiting.queue`.
 */
const indirectUses: (func: Func) => ReadonlyMap<number, readonly Put[]> = memoized((func) => {
  const { code } = func;
  const numbers = valueNumbersOf(func);
  const told = new Set<ValueId>();
  for (const inst of code) if (inst.op === 'effect' && inst.arg === -1) told.add(inst.call);
  const all = new Map<number, Put[]>();
  const note = (object: ValueId, values: readonly Put[]): void => {
    const made = numbers[object] as number;
    const others = all.get(made) ?? [];
    if (others.length < maxQueueItems) others.push(...values.slice(0, maxQueueItems));
    all.set(made, others);
  };
  const called = new Set<ValueId>();
  code.forEach((inst, value) => {
    if (inst.op === 'member' && !methods.has(inst.name) && !readOnlyMethods.has(inst.name))
      note(inst.object, []);
    if (inst.op !== 'call') return;
    const [first, ...items] = inst.args;
    const handed = first === undefined ? undefined : code[first];
    if (handed?.op === 'member' && handed.name.startsWith('put'))
      note(
        handed.object,
        items.map((of) => ({ of, each: true })),
      );
    const callee = code[inst.callee];
    if (callee?.op !== 'member' || !methods.has(callee.name)) return;
    if (!told.has(value) || called.has(inst.callee))
      note(callee.object, callee.name.startsWith('put') ? inst.args.slice(0, 1).map((of) => ({ of })) : []);
    called.add(inst.callee);
  });
  return all;
});
