import type { ValueId } from '../ir/ir.ts';
import { type Abstract, unknown } from './abstract.ts';
import type { BuiltinCall } from './builtins.ts';
import { setMutated } from './calls.ts';
import { element, itemsOf, list, storeSomewhere } from './entries.ts';
import { escapes } from './escapes.ts';
import type { Frame } from './frame.ts';
import { libraryName } from './library-name.ts';

/** Longer queues are known only as a whole. */
const maxItems = 30;

const queues = /^(?:queue|asyncio)\.(?:Simple|Lifo|Priority)?Queue$/;
const ordered = /\.(?:Simple|Lifo)?Queue$/;

/** A new queue. What comes out first is known only of one that no other function puts into or takes from. */
export function newQueue(frame: Frame, value: ValueId, name: string): Abstract | undefined {
  if (!queues.test(name)) return undefined;
  const isKnown = ordered.test(name) && !escapes(frame, value);
  return isKnown ? list([]) : { ...list([]), length: undefined };
}

/** `put` and `get` of a queue that this function has made. */
export function queueMethod(call: BuiltinCall): Abstract | undefined {
  const { frame, value, inst, args, receiver, name } = call;
  if (receiver.shape !== 'list' || !methods.has(name)) return undefined;
  const callee = frame.inst(inst.callee);
  const made = callee.op === 'member' ? frame.inst(frame.canonical[callee.object] as number) : undefined;
  const maker = made?.op === 'call' ? libraryName(frame, frame.inst(made.callee)) : undefined;
  if (!maker || !queues.test(maker)) return undefined;
  const items = receiver.length === undefined ? undefined : itemsOf(receiver);
  if (name.startsWith('put')) {
    const item = args[0] ?? unknown;
    const after = items && items.length < maxItems ? list([...items, item]) : storeSomewhere(receiver, item);
    setMutated(frame, value, -1, after);
    return unknown;
  }
  if (!items || items.length === 0) return element(frame.engine.origins, receiver);
  const taken = maker.endsWith('LifoQueue') ? items.pop() : items.shift();
  setMutated(frame, value, -1, list(items));
  return taken;
}

const methods: ReadonlySet<string> = new Set(['put', 'put_nowait', 'get', 'get_nowait']);
