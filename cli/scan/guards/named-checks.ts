import { type Check, none } from '../dataflow/domain/check.ts';
import { kinds } from '../dataflow/domain/kinds.ts';
import { errorTestChecks } from '../dataflow/query/own-error-checks.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';

const redirects = kinds('redirect', 'link');

/**
 * What a true result of a predicate proves by the predicate's name alone. It may prove that a URL is safe to redirect to,
 * such as `get_adapter().is_safe_url(target)`, or that an error's message was written for clients, such as
 * `isHttpError(error)`. A URL predicate of the project itself is analysed instead. `is_valid_url` proves nothing, since a
 * valid URL may lead anywhere.
 */
export function namedChecks(frame: FunctionView, value: ValueId, inst: Inst & Call): readonly Check[] {
  const callee = frame.inst(inst.callee);
  if (callee.op !== 'member' && callee.op !== 'import') return none;
  const errors = errorTestChecks(frame, inst);
  if (errors.length > 0) return errors;
  if (!tellsOfHost.test(callee.name) || frame.linked.targets(frame.id, value).length > 0) return none;
  return inst.args.map((arg) => ({ value: arg, clean: redirects }));
}

const tellsOfHost =
  /^(?:url_)?(?:is|are|has)_?(?:safe|allowed|trusted|same_?(?:origin|host|site)|local|internal|relative)_?(?:redirect(?:_?(?:url|uri|target))?|url|uri|next_?(?:url|page)?|return_?url|target|host)$/i;
