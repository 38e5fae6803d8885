import {
  type Abstract,
  aBoolean,
  aNumber,
  aText,
  deepTaints,
  derived,
  tainted,
  unknown,
  withTaints,
} from '../../dataflow/domain/abstract.ts';
import { element, itemsOf, keys, list, object, ofPairs, store } from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import { kinds } from '../../dataflow/domain/kinds.ts';
import { shaping } from '../../dataflow/domain/shaping.ts';
import { asParsed } from '../../dataflow/models/models.ts';
import { keyName } from '../../dataflow/query/member-names.ts';
import { invoke } from '../../dataflow/summary/apply.ts';
import { setMutated } from '../../dataflow/summary/set-mutated.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';
import { spread } from '../collection/object-value.ts';
import { foldMath } from '../number/fold-number.ts';
import { withLineBreaks } from '../text/line-breaks.ts';

/**
 * The result of a function of a global JavaScript object, such as `Object.keys`, `JSON.parse`, `Promise.all`; undefined for other
 * functions.
 */
export function namespaceFunction(call: BuiltinCall): Abstract | undefined {
  const { frame, value, inst, args, name } = call;
  const callee = frame.inst(inst.callee);
  if (callee.op !== 'member' && callee.op !== 'index') return undefined;
  const owner = frame.inst(callee.object);
  const [first = unknown, second] = args;
  switch (owner.op === 'global' ? owner.name : '') {
    case 'Object':
      switch (name) {
        case 'keys':
        case 'getOwnPropertyNames':
          return list([], keys(first));
        case 'values':
          return list([], element(first));
        case 'entries':
          return list([], list([keys(first), element(first)]));
        case 'assign': {
          const merged = args.slice(1).reduce((into, from) => spread(into, from), first);
          setMutated(frame, value, 0, merged);
          for (const from of args.slice(1))
            for (const [key, field] of from.fields ?? [])
              frame.engine.fields.noteEffect(frame, first, [key], field);
          return merged;
        }
        case 'defineProperty': {
          const key = second && keyName(second);
          const given = args[2]?.fields?.get('value');
          if (key === undefined || !given) return first;
          const defined = store(first, key, given);
          setMutated(frame, value, 0, defined);
          return defined;
        }
        case 'fromEntries':
          return first.shape === 'list' && first.taints.length === 0 ? ofPairs(first) : entriesOf(first);
        case 'freeze':
        case 'seal':
        case 'create':
          return name !== 'create' ? first : first.fields ? first : object([]);
        case 'hasOwn':
          return aBoolean;
        default:
          return unknown;
      }
    case 'JSON':
      if (name === 'stringify') {
        const taints = derived(deepTaints(first)).map((taint) => ({
          ...taint,
          clean: taint.clean.union(kinds('log', 'header', 'mail')),
        }));
        // JSON never begins with a tag.
        return { ...tainted(taints, 'text'), textTemplate: '{\0' };
      }
      return tainted(
        withLineBreaks(asParsed(derived(deepTaints(first)))).map((taint) => ({
          ...taint,
          exact: taint.origin.kind === 'source',
        })),
      );
    case 'Math':
      return foldMath(name, args) ?? aNumber;
    case 'Date':
    case 'performance':
    case 'Number':
      return name.startsWith('is') ? aBoolean : aNumber;
    case 'Array':
      if (name === 'isArray') return aBoolean;
      if (name === 'from' && inst.args[1] !== undefined)
        return list([], invoke(frame, value, inst, inst.args[1], [element(first), aNumber]));
      return name === 'of' ? list(args) : list([], element(first));
    case 'Promise':
      if (name === 'all' || name === 'allSettled')
        return first.length !== undefined ? first : list([], element(first));
      if (name === 'race' || name === 'any') return element(first);
      return first;
    case 'String':
      return name === 'raw' ? tainted(derived(args.flatMap((arg) => deepTaints(arg))), 'text') : aText;
    case 'Buffer':
      if (name === 'byteLength' || name === 'compare') return aNumber;
      if (name === 'alloc' || name === 'allocUnsafe') return unknown;
      if (name === 'concat') return join(element(first), unknown);
      return tainted(
        name === 'from' ? withLineBreaks(derived(deepTaints(first))) : derived(deepTaints(first)),
      );
    case 'Reflect':
      if (name === 'apply' && inst.args[0] !== undefined && args[2]?.shape === 'list')
        return invoke(frame, value, inst, inst.args[0], itemsOf(args[2]));
      return name === 'has'
        ? aBoolean
        : name === 'ownKeys'
          ? list([], tainted(first.taints, 'text'))
          : element(first);
    case 'console':
    case 'Atomics':
      return unknown;
    case 'dict':
      return name === 'fromkeys' ? object([], second ?? unknown) : undefined;
    default:
      return undefined;
  }
}

/** The object built from a form's or query's entries. The client chose the keys as well as the values. */
function entriesOf(pairs: Abstract): Abstract {
  const made = object([], element(element(pairs)));
  const names = pairs.shape === 'unknown' ? shaping(derived(pairs.taints)) : [];
  return names.length === 0 ? made : withTaints(made, names);
}
