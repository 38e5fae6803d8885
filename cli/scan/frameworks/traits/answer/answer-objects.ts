import { instAt, origin } from '../../../callgraph/query/called-on.ts';
import type { Abstract } from '../../../dataflow/domain/abstract.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Sink } from '../../../dataflow/view/summary.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';
import { objectMakers } from '../../../libraries/javascript/data/object-makers.ts';

/** Cloud handlers that return an object with a body and headers. The body is HTML only if a header says so. */
const answers = /^(?:lambda|azure)\.(?:Handler|Answer)\b/;
const markup = /html|xml|svg/i;

/**
 * Whether the response object of a cloud function declares HTML in its headers. Undefined if the sink is no such object.
 */
export function answersMarkup(frame: FunctionView, sink: Sink, call: Inst): boolean | undefined {
  if (!answers.test(sink.what)) return undefined;
  const given = call.op === 'call' ? call.args : [];
  return [sink.value, ...given].some((value) => saysMarkup(frame.values[value]));
}

function saysMarkup(answer: Abstract | undefined): boolean {
  for (const [name, value] of answer?.fields?.get('headers')?.fields ?? []) {
    if (name.toLowerCase() !== 'content-type') continue;
    if (value.consts?.some((one) => markup.test(String(one)))) return true;
  }
  return false;
}

/** `plainToInstance(UserDto, row)`: the result is an object, which is sent as JSON. */
export function isMadeObject(frame: FunctionView, value: ValueId): boolean {
  const place = origin(frame.linked, { func: frame.id, value });
  const call = instAt(frame.linked, place);
  const callee =
    call?.op === 'call'
      ? instAt(frame.linked, origin(frame.linked, { func: place.func, value: call.callee }))
      : undefined;
  return callee?.op === 'import' && (objectMakers.get(callee.specifier)?.has(callee.name) ?? false);
}
