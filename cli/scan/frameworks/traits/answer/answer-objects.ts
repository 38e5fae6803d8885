import type { Abstract } from '../../../dataflow/domain/abstract.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Sink } from '../../../dataflow/view/summary.ts';
import type { Inst } from '../../../ir/ir.ts';

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
