import type { Origin } from '../../../dataflow/domain/taint.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Sink } from '../../../dataflow/view/summary.ts';
import type { ValueId } from '../../../ir/ir.ts';
import { typeSaid } from './response-type.ts';

/** Frameworks that send everything but a text as JSON. */
const serializing =
  /^(?:express|koa|fastify|nest|hapi|restify|h3|elysia)\.(?:Response|Reply|Handler|Toolkit|Context)\b/;

/** Sources that return texts, not records: a cache, the raw body of a response. */
const texts = /(?:text\(\)|body|[rR]esponse(?:Text)?|\bget\(\)|\bread\w*\(\))$/;

/**
 * Whether a response sends stored data as a whole, such as rows of a database or the object of another service. Frameworks
 * send such data as JSON, while a single field of it may be a string, which they send as HTML.
 */
export function isWholeAnswer(frame: FunctionView, sink: Sink, origin: Origin): boolean {
  if (origin.kind !== 'source' || origin.source !== 'stored') return false;
  if (!serializing.test(sink.what) || texts.test(origin.what) || typeSaid(frame) === 'html') return false;
  return answered(frame, sink.value).some((value) =>
    frame.linked.states(frame.id, value).some((state) => state.sources.length > 0 && state === origin.state),
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
