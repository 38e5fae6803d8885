import {
  type Abstract,
  cleaned,
  constant,
  deepTaints,
  hasTaints,
  onlyConst,
  unknown,
  withTaints,
} from '../../dataflow/domain/abstract.ts';
import {
  concatenated,
  element,
  itemsOf,
  keys,
  list,
  load,
  object,
  slice,
  store,
  storeSomewhere,
} from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import { boundOf } from '../../dataflow/domain/slice-text.ts';
import { joinTaints } from '../../dataflow/domain/taint.ts';
import { keyName } from '../../dataflow/query/member-names.ts';
import { setMutated } from '../../dataflow/summary/set-mutated.ts';
import { isStepOf } from '../../models/api.ts';
import { entryKinds } from '../../schemas/form-fields.ts';
import { type BuiltinCall, named } from '../call/builtin-call.ts';
import { withCallback } from '../call/callback-methods.ts';
import {
  appended,
  extendedLeft,
  inserted,
  merged,
  placeOf,
  rotated,
  shuffled,
  spliced,
  taken,
  withoutFirst,
} from './collection-changes.ts';

/** The names that `collectionMethod` handles. It runs for each method call, so other names must leave early. */
const methods = [
  'append',
  'push',
  'appendleft',
  'unshift',
  'add',
  'put',
  'insert',
  'extendleft',
  'rotate',
  'extend',
  'update',
  'set',
  'setdefault',
  '__setitem__',
  'setItem',
  'write',
  'writelines',
  'write_text',
  'pop',
  'shift',
  'popleft',
  'splice',
  'remove',
  'index',
  'delete',
  'discard',
  'clear',
  'get',
  'getlist',
  'getAll',
  'get_all',
  'values',
  'keys',
  'items',
  'entries',
  'copy',
  'clone',
  'sort',
  'reverse',
  'toSorted',
  'toReversed',
  'at',
  'slice',
  'flat',
  'concat',
  'fill',
] as const;
type Name = (typeof methods)[number];
const names: ReadonlySet<string> = new Set(methods);

/** The result of a method of a list, map or set; also records the receiver's new value. Undefined for other methods. */
export function collectionMethod(call: BuiltinCall): Abstract | undefined {
  if (!names.has(call.name)) return withCallback(call);
  const { inst, args, receiver } = call;
  const name = call.name as Name;
  const first = args[0];
  const second = args[1];
  switch (name) {
    case 'append':
    case 'push':
    case 'appendleft':
    case 'unshift':
    case 'add':
    case 'put': {
      if (!first) return undefined;
      if (arrivesAtSink(call, first)) return name === 'add' ? receiver : unknown;
      const atEnd = name !== 'appendleft' && name !== 'unshift';
      // Of a list with unknown length, the old items come after the new ones.
      const isOpen =
        receiver.shape === 'list' && receiver.length === undefined && receiver.taints.length === 0;
      const isMoved = !atEnd && !inst.spread && isOpen;
      setChanged(call, isMoved ? concatenated([list(args), receiver]) : appended(receiver, args, atEnd));
      return name === 'add' ? receiver : unknown;
    }
    case 'insert':
      if (!second) return undefined;
      setChanged(call, inserted(receiver, onlyConst(first)?.value, second) ?? shuffled(receiver, [second]));
      return unknown;
    case 'extendleft':
    case 'rotate':
      if (receiver.shape !== 'list') return undefined;
      setChanged(
        call,
        name === 'rotate' ? rotated(receiver, args) : extendedLeft(receiver, first ?? unknown),
      );
      return unknown;
    case 'extend':
    case 'update': {
      if (!first) return undefined;
      if (inst.names) {
        let after = receiver;
        inst.names.forEach((key, i) => {
          const arg = args[i] ?? unknown;
          after = key ? store(after, key, arg) : merged(after, arg);
        });
        setChanged(call, after);
        return unknown;
      }
      if (receiver.length !== undefined && (first.length !== undefined || name === 'extend'))
        setChanged(call, concatenated([receiver, first]));
      else setChanged(call, merged(receiver, first));
      return name === 'update' && receiver.fields === undefined ? undefined : unknown;
    }
    case 'set':
    case 'setdefault':
    case '__setitem__':
    case 'setItem': {
      if (!second) return args.length === 1 && name === 'set' ? undefined : unknown;
      const key = keyName(first ?? unknown);
      // `config.set(section, option, value)`
      if (args.length === 3 && inst.names === undefined) {
        const option = keyName(second);
        const third = args[2] ?? unknown;
        setChanged(
          call,
          key !== undefined && option !== undefined
            ? store(receiver, key, store(load(receiver, key), option, third))
            : storeSomewhere(receiver, third),
        );
        return unknown;
      }
      const after = key === undefined ? storeSomewhere(receiver, second) : store(receiver, key, second);
      setChanged(call, after);
      return name === 'setdefault' ? second : after;
    }
    case 'write':
    case 'writelines':
    case 'write_text':
      if (!first) return undefined;
      setChanged(
        call,
        withTaints({ ...receiver, consts: undefined }, joinTaints(receiver.taints, deepTaints(first))),
      );
      return unknown;
    case 'pop':
    case 'shift':
    case 'popleft':
      return taken(call, setChanged);
    case 'splice':
      return spliced(call, setChanged);
    case 'remove':
    case 'delete':
    case 'discard':
      if (receiver.shape === 'list' && receiver.fields)
        setChanged(
          call,
          (name === 'remove' ? withoutFirst(receiver, first) : undefined) ?? shuffled(receiver, []),
        );
      else if (receiver.length !== undefined) setChanged(call, { ...receiver, length: undefined });
      return unknown;
    case 'index': {
      const place = receiver.shape === 'list' && args.length === 1 ? placeOf(receiver, first) : undefined;
      return place === undefined ? undefined : constant(place);
    }
    case 'clear':
      setChanged(call, receiver.shape === 'list' ? list([]) : object([]));
      return unknown;
    case 'get': {
      if (!first) return receiver.fields || receiver.rest ? element(receiver) : undefined;
      const key = keyName(first);
      if (args.length === 2 && receiver.fields && key !== undefined && second?.consts?.[0] !== undefined) {
        // `config.get(section, option)`
        const inner = receiver.fields.get(key);
        const option = keyName(second);
        if (inner?.fields && option !== undefined && inner.fields.has(option)) return load(inner, option);
      }
      // A tainted key may be missing.
      const found = key === undefined ? join(element(receiver), constant(undefined)) : load(receiver, key);
      // `requests.get(url, headers=headers)` is no look-up with a default.
      const otherwise = inst.names?.[1] ? (named(call, 'default') ?? named(call, 'fallback')) : second;
      return otherwise && !(key !== undefined && receiver.fields?.has(key)) ? join(found, otherwise) : found;
    }
    case 'getlist':
    case 'getAll':
    case 'get_all':
      return list([], key(call));
    case 'values':
      return list([], element(receiver));
    case 'keys':
      return list([], keys(receiver));
    case 'items':
    case 'entries':
      return list([], list([keys(receiver), element(receiver)]));
    case 'copy':
    case 'clone':
      return receiver;
    case 'sort':
    case 'reverse':
    case 'toSorted':
    case 'toReversed': {
      const isTurned = name !== 'sort' && name !== 'toSorted' && receiver.length !== undefined;
      const after = isTurned ? list(itemsOf(receiver).reverse()) : list([], element(receiver));
      if (!name.startsWith('to') && receiver.fields) setChanged(call, after);
      return after;
    }
    case 'at': {
      if (receiver.shape !== 'list' || !first) return undefined;
      const place = keyName(first);
      return place === undefined ? element(receiver) : load(receiver, place);
    }
    case 'slice':
      return receiver.shape === 'list' ? slice(receiver, boundOf(first), boundOf(second)) : undefined;
    case 'flat':
      return receiver.shape === 'list' ? list([], element(receiver)) : undefined;
    case 'concat':
      return receiver.shape === 'list'
        ? concatenated([receiver, ...args.map((arg) => (arg.shape === 'list' ? arg : list([], arg)))])
        : undefined;
    case 'fill':
      return first ? list([], first) : undefined;
  }
}

/** Records the value that the receiver has after the call. */
/**
 * Whether a model says that an argument with taints arrives at a sink there: `router.push(url)`, `$(list).append(markup)`. The
 * object is no collection, and does not hold it.
 */
function arrivesAtSink({ frame, inst }: BuiltinCall, arg: Abstract): boolean {
  if (!hasTaints(arg)) return false;
  const { states } = frame.engine.apiOf(frame.info.module);
  const isSink = (id: number): boolean => (states[id]?.sinks.length ?? 0) > 0;
  return frame.linked
    .states(frame.id, inst.callee)
    .some(({ args }) => args.some((step) => isStepOf(step, 0, null) && step.to.some(isSink)));
}

function setChanged({ frame, value, receiver, args }: BuiltinCall, after: Abstract): void {
  setMutated(frame, value, -1, after);
  frame.engine.fields.noteEffect(frame, receiver, [], after.rest ?? args[0] ?? unknown);
}

function key(call: BuiltinCall): Abstract {
  const { frame, inst, receiver } = call;
  const name = keyName(call.args[0] ?? unknown);
  if (name === undefined) return element(receiver);
  const entry = load(receiver, name);
  const callee = frame.inst(inst.callee);
  return callee.op === 'member' && receiver.taints.length > 0
    ? cleaned(entry, entryKinds(frame, callee.object, name))
    : entry;
}
