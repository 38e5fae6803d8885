import {
  type Abstract,
  aBoolean,
  aNumber,
  cleaned,
  deepTaints,
  derived,
  onlyConst,
  tainted,
  unknown,
} from '../../dataflow/domain/abstract.ts';
import { type Kinds, kinds, noKinds } from '../../dataflow/domain/kinds.ts';
import { joinTaints } from '../../dataflow/domain/taint.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';
import { inCompatibleForm, isCompatibleForm } from './compatible-forms.ts';
import { cutText } from './cut-text.ts';
import { kindsOfEncoded } from './decoded.ts';
import { foldText } from './fold-text.ts';
import { formatBraces } from './format.ts';
import { joined } from './join-text.ts';
import { withOwnLineBreaks } from './line-breaks.ts';
import { replaced, substituted } from './replacements.ts';
import { split, splits } from './split-text.ts';
import { textOf } from './text.ts';

/** Methods whose result says nothing of the text that anybody could have written. */
const tells: ReadonlySet<string> = new Set([
  // Nest's errors.
  'getStatus',
  'indexOf',
  'lastIndexOf',
  'count',
  'rfind',
  'rindex',
  'charCodeAt',
  'codePointAt',
  'search',
  'localeCompare',
  'getTime',
  // Dates: no text has such methods.
  'isoformat',
  'toISOString',
  'toordinal',
  'isocalendar',
  'weekday',
  'valueOfNumber',
  'toFixed',
  'bit_length',
  'fileno',
  'tell',
]);

const asks: ReadonlySet<string> = new Set([
  'startsWith',
  'endsWith',
  'startswith',
  'endswith',
  'includes',
  'has',
  'test',
  'some',
  'every',
  'isdigit',
  'isdecimal',
  'isnumeric',
  'isalnum',
  'isalpha',
  'isidentifier',
  'islower',
  'isupper',
  'isspace',
  'istitle',
  'isascii',
  'hasOwnProperty',
  'hasOwn',
  'exists',
  'is_file',
  'is_dir',
  'is_absolute',
  'is_relative_to',
  'equals',
  '__contains__',
  'issubset',
  'issuperset',
  'isdisjoint',
]);

/** Methods that nothing but a text has, and that give the text, or a part of it, or the same in another form. */
const givesText: ReadonlySet<string> = new Set([
  'trim',
  'trimStart',
  'trimEnd',
  'strip',
  'lstrip',
  'rstrip',
  'lower',
  'upper',
  'toLowerCase',
  'toUpperCase',
  'toLocaleLowerCase',
  'toLocaleUpperCase',
  'toString',
  'substring',
  'substr',
  'padStart',
  'padEnd',
  'repeat',
  'charAt',
  'capitalize',
  'removeprefix',
  'removesuffix',
  'zfill',
  'ljust',
  'rjust',
  'casefold',
  'swapcase',
]);

/** Those that give a text of a text, and of something else what is none. */
const keepsText: ReadonlySet<string> = new Set([
  'slice',
  'normalize',
  'at',
  'valueOf',
  'toJSON',
  'title',
  'center',
]);

/** All that give what they are called on, in some form. */
const keeps: ReadonlySet<string> = new Set([
  ...givesText,
  ...keepsText,
  'encode',
  'decode',
  'expandtabs',
  'translate',
  'hex',
  'tobytes',
  'group',
  'groups',
  'groupdict',
  'read',
  'readline',
  'getvalue',
  'text',
  'json',
  'as_posix',
  'resolve',
  'absolute',
  'expanduser',
  'with_suffix',
  'with_name',
  'joinpath',
  'buffer',
  'subarray',
  'unwrap',
]);

/** Codecs of Python that leave no line break as it is. */
const escaping = /^(?:unicode[_-]escape|idna|punycode)$/;

/** What a method of a text makes of it. */
export function textMethod(call: BuiltinCall): Abstract | undefined {
  const { frame, inst, args, receiver, name } = call;
  const folded = foldText(call) ?? cutText(call);
  if (folded) return folded;
  if (asks.has(name)) return aBoolean;
  if (tells.has(name) && !(name === 'search' && (receiver.shape === 'pattern' || args.length === 0)))
    return aNumber;
  if (name === 'concat') return textOf(frame, inst, [receiver, ...args]);
  if (name === 'format') {
    const names = new Map<string, Abstract>();
    const positional: Abstract[] = [];
    args.forEach((arg, i) => {
      const key = inst.names?.[i];
      if (key) names.set(key, arg);
      else positional.push(arg);
    });
    return formatBraces(frame, inst, receiver, positional, names);
  }
  if (name === 'format_map')
    return formatBraces(frame, inst, receiver, args, new Map([['**', args[0] ?? unknown]]));
  if (name === 'replace' || name === 'replaceAll') return replaced(call);
  if (name === 'sub' || name === 'subn') return substituted(call);
  if (name === 'join') return joined(call);
  if (splits.has(name)) return split(call);
  if (keeps.has(name)) {
    // What an address is as a whole is told apart from its parts.
    const isAddress = name === 'toString' && receiver.fields?.has('searchParams') === true;
    const read = isAddress ? receiver.taints : deepTaints(receiver);
    const isForm = name === 'normalize' && isCompatibleForm(frame, inst.args[0]);
    const taints = name === 'decode' ? withOwnLineBreaks(read) : isForm ? inCompatibleForm(read) : read;
    const more =
      name === 'joinpath' || name === 'padEnd' || name === 'padStart'
        ? args.flatMap((arg) => derived(deepTaints(arg)))
        : [];
    const all = joinTaints(derived(taints), more);
    if (all.length === 0) return unknown;
    // An object of others has no such method: the call would have failed.
    if (givesText.has(name) || (receiver.shape === 'text' && keepsText.has(name)))
      return cleaned(tainted(all, 'text'), bytesKinds(call));
    return name === 'encode' && escaping.test(String(onlyConst(args[0])?.value))
      ? cleaned(tainted(all), kinds('log', 'header', 'mail'))
      : tainted(all);
  }
  return undefined;
}

/** `Buffer.from(text).toString('hex')`; the method of a text takes nothing. */
function bytesKinds({ frame, inst, args, receiver, name }: BuiltinCall): Kinds {
  if (name !== 'toString' || args[0] === undefined || receiver.shape === 'text') return noKinds;
  const callee = frame.inst(inst.callee);
  const isOfBytes = callee.op === 'member' && frame.inst(callee.object).op === 'call';
  return isOfBytes ? kindsOfEncoded(onlyConst(args[0])?.value) : noKinds;
}
