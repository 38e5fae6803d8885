import { type Check, none } from '../dataflow/domain/check.ts';
import { kinds } from '../dataflow/domain/kinds.ts';
import { writtenName } from '../dataflow/query/written-name.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, ValueId } from '../ir/ir.ts';

/** The kinds for which a thrown response is harmless: the program throws it on purpose, so it describes no internal error. */
const answered = kinds('leak');

/** What `isResponse(thrown)` and `isRouteErrorResponse(thrown)` prove: the thrown value is a response. */
export function answerChecks(frame: FunctionView, { callee, args }: Call): readonly Check[] {
  const [first] = args;
  return first !== undefined && /^is(?:[A-Z]\w*)?Response$/.test(writtenName(frame, callee))
    ? [{ value: first, clean: answered }]
    : none;
}

/** What `thrown instanceof Response` proves: the thrown value is a response. */
export function answerTypeChecks(frame: FunctionView, value: ValueId, type: ValueId): readonly Check[] {
  return /Response$/.test(writtenName(frame, type)) ? [{ value, clean: answered }] : none;
}
