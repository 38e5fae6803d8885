import {
  type Abstract,
  aBoolean,
  aNumber,
  aText,
  constant,
  deepTaints,
  derived,
  tainted,
  unknown,
  withTaints,
} from '../../dataflow/domain/abstract.ts';
import { element, itemsOf, list, load, store } from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import { type Kinds, kinds } from '../../dataflow/domain/kinds.ts';
import { joinTaints } from '../../dataflow/domain/taint.ts';
import { errorOf, isErrorName } from '../../dataflow/query/error-classes.ts';
import { keyName } from '../../dataflow/query/member-names.ts';
import { invoke } from '../../dataflow/summary/apply.ts';
import { setMutated } from '../../dataflow/summary/set-mutated.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';
import { nextOf } from '../call/generators.ts';
import { madeOf, parsedUrl, requestTo } from '../call/parsed-url.ts';
import { dictionary } from '../collection/dictionaries.ts';
import { reduced } from '../collection/reduced.ts';
import { foldNumber } from '../number/fold-number.ts';
import { kindsOfDecoded } from '../text/decoded.ts';
import { formatBraces, quoted } from '../text/format.ts';
import { withLineBreaks, withOwnLineBreaks } from '../text/line-breaks.ts';
import { asText } from '../text/text.ts';
import { mapped } from './mapped.ts';

const numbers: ReadonlySet<string> = new Set([
  'Number',
  'parseInt',
  'parseFloat',
  'BigInt',
  'int',
  'float',
  'len',
  'abs',
  'hash',
  'id',
  'ord',
  'round',
  'sum',
  'complex',
  'pow',
  'divmod',
  'range',
  'Date',
]);
const booleans: ReadonlySet<string> = new Set([
  'Boolean',
  'bool',
  'isinstance',
  'issubclass',
  'callable',
  'hasattr',
  'all',
  'any',
  'isNaN',
  'isFinite',
]);
/** Functions that return a collection of their argument's elements. */
const collections: ReadonlySet<string> = new Set([
  'list',
  'tuple',
  'set',
  'frozenset',
  'sorted',
  'reversed',
  'iter',
  'Set',
  'WeakSet',
  'deque',
  'Array',
]);

/** The result of a global function of JavaScript or Python that needs no import; undefined for other functions. */
export function globalFunction(call: BuiltinCall): Abstract | undefined {
  const { frame, value, inst, args, name } = call;
  const [first = unknown, second] = args;
  if (numbers.has(name)) return foldNumber(call) ?? aNumber;
  if (booleans.has(name)) return aBoolean;
  if (collections.has(name)) return collection(call);
  if (isErrorName.test(name)) return errorOf(args);
  switch (name) {
    case 'str': {
      const made = asText(first);
      // `str(data, 'utf-8')` decodes, `str(data)` shows bytes as `repr` does.
      return args.length > 1 ? withTaints(made, withOwnLineBreaks(made.taints)) : made;
    }
    case 'String':
    case 'unicode':
    case 'bytes':
    case 'bytearray':
    case 'Symbol':
      return asText(first);
    case 'repr':
    case 'ascii':
      return quoted(asText(first));
    case 'format':
      return formatBraces(frame, inst, constant('{}'), args, new Map());
    case 'encodeURIComponent':
    case 'escape':
      return encoded(first, kinds('xss', 'ssrf', 'path', 'header', 'redirect', 'log', 'mail', 'csv', 'link'));
    case 'encodeURI':
      return encoded(first, kinds('header', 'log', 'mail'));
    case 'URLSearchParams':
    case 'Buffer': {
      const made = madeOf(args);
      return withTaints(made, withLineBreaks(made.taints));
    }
    case 'URL':
      return parsedUrl(args);
    case 'Request':
      return requestTo(args);
    case 'Headers':
    case 'FormData':
    case 'Blob':
    case 'Uint8Array':
      return first.fields && name === 'Headers' ? first : madeOf(args);
    case 'btoa':
      return tainted(derived(deepTaints(first)), 'text');
    case 'decodeURIComponent':
    case 'decodeURI':
    case 'unescape':
    case 'atob':
      return tainted(
        derived(deepTaints(first)).map((taint) => ({ ...taint, clean: kindsOfDecoded(taint.clean) })),
        'text',
      );
    case 'next':
      return nextOf(call);
    case 'structuredClone':
    case 'cast':
    case 'Proxy':
    case 'deepcopy':
    case 'Object':
      return first;
    case 'dict':
    case 'Map':
    case 'OrderedDict':
      return dictionary(frame, inst, args, 0);
    case 'enumerate': {
      const pairs = args.length === 1 ? itemsOf(first).map((item, i) => list([constant(i), item])) : [];
      return listOfLists(pairs) ?? list([], list([aNumber, element(first)]));
    }
    case 'zip':
      return zipped(call);
    case 'max':
    case 'min':
      return args.length > 1 ? args.reduce((a, b) => join(a, b)) : element(first);
    case 'getattr': {
      const key = second && keyName(second);
      const found = key === undefined ? unknown : load(first, key);
      return args[2] ? join(found, args[2]) : found;
    }
    case 'setattr': {
      const key = second && keyName(second);
      const given = args[2];
      if (key === undefined || !given) return unknown;
      frame.engine.fields.noteEffect(frame, first, [key], given);
      setMutated(frame, value, 0, store(first, key, given));
      return unknown;
    }
    case 'vars':
      return first;
    case 'map':
      return mapped(call);
    case 'filter': {
      const callee = inst.args[0] as number;
      invoke(frame, value, inst, callee, [element(second ?? unknown)]);
      return second;
    }
    case 'reduce':
      if (second) {
        const made = reduced(call, inst.args[0] as number, second, args[2]);
        if (made) return made;
      }
      return invoke(frame, value, inst, inst.args[0] as number, [
        args[2] ?? unknown,
        element(second ?? unknown),
      ]);
    case 'setTimeout':
    case 'setInterval':
    case 'setImmediate':
    case 'queueMicrotask':
    case 'requestAnimationFrame':
      if (frame.linked.functions(frame.id, inst.args[0] ?? 0).length > 0)
        invoke(frame, value, inst, inst.args[0] as number, args.slice(2));
      return unknown;
    case 'print':
      printed(call);
      return unknown;
    case 'open':
    case 'require':
    case 'fetch':
    case 'eval':
    case 'exec':
    case 'super':
    case 'type':
    case 'input':
      return unknown;
    case 'RegExp':
      return { ...unknown, shape: 'pattern' };
    case 'chr':
      return aText;
    default:
      return undefined;
  }
}

/** `zip(a, b)`: a list of the elements at the same index of each argument. */
function zipped({ args, inst }: BuiltinCall): Abstract {
  if (args.length > 0 && !inst.spread && !inst.names && args.every(({ length }) => length !== undefined)) {
    const count = Math.min(...args.map(({ length }) => length ?? 0));
    const all = Array.from({ length: count }, (_, i) => list(args.map((arg) => itemsOf(arg)[i] ?? unknown)));
    const made = listOfLists(all);
    if (made) return made;
  }
  return list([], list(args.map((arg) => element(arg))));
}

/** A list of lists whose items are all tracked by index. Undefined if there are too many to track. */
function listOfLists(lists: readonly Abstract[]): Abstract | undefined {
  const made = list(lists);
  return lists.length > 0 && lists.every((_, i) => made.fields?.get(String(i))?.fields) ? made : undefined;
}

/** `print(text, file=buffer)` */
function printed({ frame, value, inst, args }: BuiltinCall): void {
  const at = inst.names?.indexOf('file') ?? -1;
  const file = args[at];
  if (!file) return;
  const written = args
    .filter((_, i) => i !== at)
    .reduce((all, arg) => joinTaints(all, deepTaints(arg)), file.taints);
  setMutated(frame, value, at, withTaints(file, derived(written)));
}

/** A new list of the argument's elements. */
function collection({ name, args }: BuiltinCall): Abstract {
  const [first] = args;
  if (!first && growing.has(name)) return list([]);
  if (first?.shape === 'list' && first.taints.length === 0 && inOrder.has(name)) return first;
  if (first?.length === undefined || name === 'sorted') return list([], element(first ?? unknown));
  return name === 'reversed' ? list(itemsOf(first).reverse()) : first;
}

const inOrder: ReadonlySet<string> = new Set(['list', 'tuple', 'iter']);

/** Collections that callers often fill item by item after creating them empty, so that items keep their index. */
const growing: ReadonlySet<string> = new Set(['list', 'tuple', 'Array']);

function encoded(it: Abstract, clean: Kinds): Abstract {
  const taints = derived(deepTaints(it)).map((taint) => ({ ...taint, clean: taint.clean.union(clean) }));
  return taints.length === 0 ? aText : tainted(taints, 'text');
}
