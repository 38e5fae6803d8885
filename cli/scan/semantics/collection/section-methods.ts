import {
  type Abstract,
  constant,
  constText,
  deepTaints,
  derived,
  unknown,
  withTaints,
} from '../../dataflow/domain/abstract.ts';
import { element, load, object, store, storeSomewhere } from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import { joinTaints } from '../../dataflow/domain/taint.ts';
import { keyName } from '../../dataflow/query/member-names.ts';
import { setMutated } from '../../dataflow/summary/set-mutated.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';
import { sectionsOf } from '../text/ini-text.ts';
import { spread } from './object-value.ts';

/**
 * The result of a method of a Python `ConfigParser`, including `config['name']` (`__getitem__`). Each section is a
 * dictionary of its options. Undefined for other methods, and if the result is unknown.
 */
export function sectionMethod(call: BuiltinCall): Abstract | undefined {
  const { frame, value, args, receiver, name } = call;
  const [first] = args;
  if (!first || !methods.has(name)) return undefined;
  switch (name) {
    case '__getitem__': {
      const key = keyName(first);
      return key === undefined ? join(element(receiver), constant(undefined)) : load(receiver, key);
    }
    case 'read_dict':
      setMutated(frame, value, -1, withSections(call, first));
      return unknown;
    case 'read_string': {
      if (receiver.shape !== 'object') return undefined;
      const text = constText(first);
      const sections = text === undefined ? undefined : sectionsOf(text);
      if (sections) {
        setMutated(frame, value, -1, withSections(call, sections));
        return unknown;
      }
      setMutated(
        frame,
        value,
        -1,
        withTaints(receiver, joinTaints(receiver.taints, derived(deepTaints(first)))),
      );
      return unknown;
    }
    case 'add_section': {
      const key = keyName(first);
      if (receiver.shape === 'object' && key !== undefined && !receiver.fields?.has(key))
        setMutated(frame, value, -1, store(receiver, key, object([])));
      return unknown;
    }
    default:
      return option(call);
  }
}

const methods: ReadonlySet<string> = new Set([
  '__getitem__',
  'read_dict',
  'read_string',
  'add_section',
  'get',
]);

function withSections({ receiver }: BuiltinCall, sections: Abstract): Abstract {
  let after = receiver;
  if (sections.rest || sections.taints.length > 0)
    after = storeSomewhere(after, element({ ...sections, fields: undefined }));
  for (const [name, section] of sections.fields ?? []) {
    const before = after.fields?.get(name);
    after = store(after, name, before ? spread(before, section) : section);
  }
  return after;
}

/** `config.get(section, option, fallback=other)`; an option may interpolate others of its section: `%(other)s`. */
function option({ args, receiver, inst }: BuiltinCall): Abstract | undefined {
  const [section, name] = [keyName(args[0] ?? unknown), keyName(args[1] ?? unknown)];
  const fallback = inst.names?.indexOf('fallback') ?? -1;
  if (section === undefined || name === undefined || fallback === 1) return undefined;
  const inner = receiver.fields?.get(section);
  const found = inner?.fields?.get(name);
  if (!inner || !found) return undefined;
  return /%\(|\$\{/.test(constText(found) ?? '') ? element(receiver) : found;
}
