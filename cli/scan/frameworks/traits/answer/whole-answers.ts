import type { Origin } from '../../../dataflow/domain/taint.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Sink } from '../../../dataflow/view/summary.ts';
import type { ValueId } from '../../../ir/ir.ts';
import { typeSaid } from './response-type.ts';

/** Frameworks that answer with JSON where they are given anything but a text. */
const serializing =
  /^(?:express|koa|fastify|nest|hapi|restify|h3|elysia)\.(?:Response|Reply|Handler|Toolkit|Context)\b/;

/** What gives texts, and no records: a cache, the body of an answer as it came. */
const texts = /(?:text\(\)|body|[rR]esponse(?:Text)?|\bget\(\)|\bread\w*\(\))$/;

/**
 * Whether what was stored is answered as it came, as rows of a database or the object of another service: that is JSON. A field of it
 * may be a text.
 */
export function isWholeAnswer(frame: FunctionView, sink: Sink, origin: Origin): boolean {
  if (origin.kind !== 'source' || origin.source !== 'stored') return false;
  if (!serializing.test(sink.what) || texts.test(origin.what) || typeSaid(frame) === 'html') return false;
  return answered(frame, sink.value).some((value) =>
    frame.linked
      .states(frame.id, value)
      .some(({ name, sources }) => sources.length > 0 && name.replaceAll('new ', '') === origin.what),
  );
}

function answered({ func }: FunctionView, value: ValueId): readonly ValueId[] {
  const inst = func.code[value];
  switch (inst?.op) {
    case 'store':
      return [inst.value];
    case 'call':
      return [value, ...inst.args.slice(0, 1)];
    default:
      return [value];
  }
}
