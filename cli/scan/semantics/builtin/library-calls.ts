import { type Abstract, constant, unknown } from '../../dataflow/domain/abstract.ts';
import {
  concatenated,
  element,
  list,
  load,
  object,
  slice,
  store,
  storeSomewhere,
} from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import { boundOf } from '../../dataflow/domain/slice-text.ts';
import { libraryName } from '../../dataflow/query/library-name.ts';
import { keyName } from '../../dataflow/query/member-names.ts';
import { invoke } from '../../dataflow/summary/apply.ts';
import { setMutated } from '../../dataflow/summary/set-mutated.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { isReadHere } from '../call/generators.ts';
import { dictionary } from '../collection/dictionaries.ts';
import { spread } from '../collection/object-value.ts';
import { newQueue } from '../collection/queues.ts';
import { newBuffer } from '../text/buffers.ts';

/**
 * The result of calling an imported collection or helper of Python's library, such as `collections.deque` or `queue.Queue`.
 * Undefined for other calls.
 */
export function libraryCall(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  callee: Inst,
  args: readonly Abstract[],
): Abstract | undefined {
  if (callee.op === 'call') return ofGetter(frame, callee, args);
  const names = byHost(frame.language, libraries);
  if (!names || (callee.op !== 'import' && callee.op !== 'member')) return undefined;
  const name = libraryName(frame, callee);
  if (name === undefined || !names.has(name)) return undefined;
  const first = args[0];
  const second = args[1];
  const third = args[2];
  switch (name) {
    case 'collections.deque':
      return deque(inst, args);
    case 'collections.OrderedDict':
    case 'collections.UserDict':
    case 'types.SimpleNamespace':
    case 'types.MappingProxyType':
      return dictionary(frame, inst, args, 0);
    case 'collections.defaultdict': {
      const made = dictionary(frame, inst, args, 1);
      const [factory] = inst.args;
      const isOwn = factory !== undefined && frame.linked.functions(frame.id, factory).length > 0;
      return isOwn ? storeSomewhere(made, invoke(frame, value, inst, factory, [])) : made;
    }
    case 'collections.ChainMap':
      // An earlier mapping hides the entries of later ones.
      return inst.spread ? undefined : args.reduceRight((behind, one) => spread(behind, one), object([]));
    case 'configparser.ConfigParser':
    case 'configparser.RawConfigParser':
    case 'configparser.SafeConfigParser':
      return first ? undefined : object([]);
    case 'operator.setitem': {
      const key = keyName(second ?? unknown);
      if (!first || !third) return undefined;
      setMutated(
        frame,
        value,
        0,
        key === undefined ? storeSomewhere(first, third) : store(first, key, third),
      );
      return constant(undefined);
    }
    case 'asyncio.gather':
      return inst.spread ? undefined : list(args);
    case 'itertools.chain':
      return inst.spread ? undefined : concatenated(args);
    case 'itertools.islice':
      return first && taken(frame, value, inst, args);
    case 'operator.getitem':
      return first && second ? entry(first, second) : undefined;
    case 'io.StringIO':
    case 'io.BytesIO':
      return newBuffer(frame, value, args);
    default:
      return newQueue(frame, value, name) ?? (first && element(first));
  }
}

const libraries: ByHost<ReadonlySet<string>> = {
  python: new Set([
    'collections.deque',
    'collections.OrderedDict',
    'collections.UserDict',
    'collections.defaultdict',
    'collections.ChainMap',
    'types.SimpleNamespace',
    'types.MappingProxyType',
    'configparser.ConfigParser',
    'configparser.RawConfigParser',
    'configparser.SafeConfigParser',
    'asyncio.gather',
    'operator.setitem',
    'operator.getitem',
    'itertools.chain',
    'itertools.islice',
    'io.StringIO',
    'io.BytesIO',
    'queue.Queue',
    'queue.SimpleQueue',
    'queue.LifoQueue',
    'queue.PriorityQueue',
    'asyncio.Queue',
    'asyncio.LifoQueue',
    'asyncio.PriorityQueue',
  ]),
};

/** Keeps the items in order only for a single positional argument: a deque with `maxlen` drops items at the other end. */
function deque(inst: Inst & Call, args: readonly Abstract[]): Abstract {
  const at = args.findIndex((_, i) => (inst.names?.[i] ?? null) === null && !inst.spread?.includes(i));
  const items = at === 0 ? (args[0] as Abstract) : undefined;
  if (args.length === 0) return list([]);
  if (args.length === 1 && items?.length !== undefined) return list([...(items.fields?.values() ?? [])]);
  return list([], items ? element(items) : unknown);
}

/** `islice(steps, 2)`, `islice(steps, 1, 3)`: the items, and also removes them from the iterator. */
function taken(frame: FunctionView, value: ValueId, inst: Inst & Call, args: readonly Abstract[]): Abstract {
  const [steps = unknown, one, other, step] = args;
  const isWritten = inst.args[0] !== undefined && frame.inst(inst.args[0]).op === 'list';
  if (inst.spread || !steps.fields || !(isWritten || isReadHere(frame, inst.args[0])))
    return list([], element(steps));
  const [from, to] = args.length > 2 ? [boundOf(one), boundOf(other)] : [undefined, boundOf(one)];
  const found = slice(steps, from, to, boundOf(step));
  const isPart = to == null || step !== undefined;
  if (!isWritten)
    setMutated(frame, value, 0, isPart ? list([], element(steps)) : slice(steps, to, undefined));
  return found;
}

/** `itemgetter("key")(row)`, `attrgetter("name")(user)`. */
function ofGetter(frame: FunctionView, maker: Inst & Call, args: readonly Abstract[]): Abstract | undefined {
  const name = libraryName(frame, frame.inst(maker.callee));
  const [of] = args;
  if ((name !== 'operator.itemgetter' && name !== 'operator.attrgetter') || !of || maker.spread)
    return undefined;
  const found = maker.args.map((key) => entry(of, frame.use(key), name === 'operator.attrgetter'));
  return found.length === 1 ? found[0] : list(found);
}

function entry(of: Abstract, key: Abstract, isPath = false): Abstract {
  const name = keyName(key);
  if (name === undefined) return join(element(of), constant(undefined));
  const path = isPath ? name.split('.').slice(0, 8) : [name];
  return path.reduce((it, one) => load(it, one), of);
}
