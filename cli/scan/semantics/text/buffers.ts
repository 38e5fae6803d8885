import {
  type Abstract,
  constant,
  constText,
  deepTaints,
  derived,
  onlyConst,
  tainted,
  unknown,
} from '../../dataflow/domain/abstract.ts';
import { element, object } from '../../dataflow/domain/entries.ts';
import { joinTaints } from '../../dataflow/domain/taint.ts';
import { escapes } from '../../dataflow/summary/escapes.ts';
import { setMutated } from '../../dataflow/summary/set-mutated.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { ValueId } from '../../ir/ir.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';
import { textOf } from './text.ts';

/** The internal fields of a buffer: its content, and the position of the next write. */
const textName = '\0text';
const placeName = '\0place';
type Place = 'start' | 'end' | 'unknown';

/** The value of `io.StringIO(text)`. Undefined if the buffer escapes, because other code may write into it. */
export function newBuffer(
  frame: FunctionView,
  value: ValueId,
  args: readonly Abstract[],
): Abstract | undefined {
  const [text = constant('')] = args;
  return args.length > 1 || escapes(frame, value, 'stays')
    ? undefined
    : buffer(text, args.length === 0 ? 'end' : 'start');
}

function buffer(text: Abstract, place: Place): Abstract {
  return object([
    [textName, text],
    [placeName, constant(place)],
  ]);
}

/** The result of a method of a tracked buffer; undefined for other receivers. */
export function bufferMethod(call: BuiltinCall): Abstract | undefined {
  // This runs for each method call, so it must leave early.
  const text = call.receiver.fields?.get(textName);
  return text && methodOf(call, text);
}

function methodOf(call: BuiltinCall, text: Abstract): Abstract | undefined {
  const { receiver, frame, value, args, name } = call;
  const place = constText(receiver.fields?.get(placeName)) as Place | undefined;
  const change = (after: Abstract, at: Place): Abstract => {
    setMutated(frame, value, -1, buffer(after, at));
    return unknown;
  };
  switch (name) {
    case 'write':
      return change(written(call, text, place), place === 'end' ? 'end' : 'unknown');
    case 'writelines': {
      const lines = args[0] && element(args[0]);
      const isBehind = lines !== undefined && place === 'end';
      return change(
        isBehind ? textOf(frame, call.inst, [text, lines]) : mixed(text, args),
        isBehind ? 'end' : 'unknown',
      );
    }
    case 'seek':
      return change(text, soughtPlace(args));
    case 'truncate':
      // The position stays behind the content, which is now empty.
      return isEmptied(place, args)
        ? change(constant(''), 'end')
        : change(mixed(text, []), place ?? 'unknown');
    case 'getvalue':
    case 'getbuffer':
      return text;
    case 'read':
    case 'readline':
      change(text, args.length === 0 && name === 'read' ? 'end' : 'unknown');
      return args.length === 0 && place === 'start' && name === 'read' ? text : mixed(text, []);
    default:
      return undefined;
  }
}

function written({ frame, inst, args }: BuiltinCall, text: Abstract, place: Place | undefined): Abstract {
  const [more] = args;
  if (!more || args.length > 1) return mixed(text, args);
  return place === 'end' ? textOf(frame, inst, [text, more]) : mixed(text, args);
}

/** A text with the taints of all these, in unknown order. */
function mixed(text: Abstract, more: readonly Abstract[]): Abstract {
  const taints = more.reduce((all, one) => joinTaints(all, deepTaints(one)), deepTaints(text));
  return tainted(derived(taints), 'text');
}

function soughtPlace(args: readonly Abstract[]): Place {
  const [to, from] = args.map((arg) => onlyConst(arg)?.value);
  if (to !== 0) return 'unknown';
  if (args.length === 1 || from === 0) return 'start';
  return from === 2 ? 'end' : 'unknown';
}

function isEmptied(place: Place | undefined, args: readonly Abstract[]): boolean {
  const [size] = args;
  return size ? onlyConst(size)?.value === 0 : place === 'start';
}
