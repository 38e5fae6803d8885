import {
  type Abstract,
  aBoolean,
  aNumber,
  cleaned,
  constText,
  deepTaints,
  derived,
  onlyConst,
  tainted,
  unknown,
} from '../../dataflow/domain/abstract.ts';
import { type Kinds, kinds, noKinds } from '../../dataflow/domain/kinds.ts';
import { joinTaints } from '../../dataflow/domain/taint.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';
import { withoutRoot } from '../pattern/own-address.ts';
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

/** Methods that return a number or a value without any text of the receiver. */
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
  // Date methods, which texts do not have.
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

/** Methods that only texts have, and that return the text, a part of it, or another form of it. */
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

/** Methods that return a text for a text, and something else for other receivers. */
const keepsText: ReadonlySet<string> = new Set([
  'slice',
  'normalize',
  'at',
  'valueOf',
  'toJSON',
  'title',
  'center',
]);

/** All methods whose result is derived from the receiver. */
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

/** Python codecs that escape line breaks. */
const escaping = /^(?:unicode[_-]escape|idna|punycode)$/;

/** The result of a method of a text; undefined for other methods. */
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
    // The taints of a URL as a whole differ from those of its parts.
    const isAddress = name === 'toString' && receiver.fields?.has('searchParams') === true;
    const read = isAddress ? receiver.taints : deepTaints(receiver);
    const isForm = name === 'normalize' && isCompatibleForm(frame, inst.args[0]);
    const taints =
      name === 'decode'
        ? withOwnLineBreaks(read)
        : isForm
          ? inCompatibleForm(read)
          : stripsSlashes(name, args[0])
            ? withoutRoot(read)
            : read;
    const more =
      name === 'joinpath' || name === 'padEnd' || name === 'padStart'
        ? args.flatMap((arg) => derived(deepTaints(arg)))
        : [];
    const all = joinTaints(derived(taints), more);
    if (all.length === 0) return unknown;
    // An untrusted object has no such method: the call would have failed, so this is a text.
    if (givesText.has(name) || (receiver.shape === 'text' && keepsText.has(name)))
      return cleaned(tainted(all, 'text'), bytesKinds(call));
    return name === 'encode' && escaping.test(String(onlyConst(args[0])?.value))
      ? cleaned(tainted(all), kinds('log', 'header', 'mail'))
      : tainted(all);
  }
  return undefined;
}

/** `path.lstrip('/')` */
function stripsSlashes(name: string, signs: Abstract | undefined): boolean {
  return (name === 'strip' || name === 'lstrip') && constText(signs)?.includes('/') === true;
}

/** `Buffer.from(text).toString('hex')`; the method of a text takes no argument. */
function bytesKinds({ frame, inst, args, receiver, name }: BuiltinCall): Kinds {
  if (name !== 'toString' || args[0] === undefined || receiver.shape === 'text') return noKinds;
  const callee = frame.inst(inst.callee);
  const isOfBytes = callee.op === 'member' && frame.inst(callee.object).op === 'call';
  return isOfBytes ? kindsOfEncoded(onlyConst(args[0])?.value) : noKinds;
}
