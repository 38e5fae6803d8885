import { instAt, origin, type Place } from '../../../callgraph/query/called-on.ts';
import { type Abstract, cleaned } from '../../../dataflow/domain/abstract.ts';
import { kinds } from '../../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../../../ir/ir.ts';
import type { State } from '../../../models/api.ts';
import { hasTrait } from '../../../models/state-traits.ts';

/**
 * Returns the result of a call that may render a template. The result is sanitised for XSS if Jinja renders it with
 * autoescaping on.
 * @param made the result without sanitising
 */
export function rendered(
  frame: FunctionView,
  inst: Inst & Call,
  states: readonly State[],
  made: Abstract,
): Abstract {
  return hasTrait(states, 'renders-template') && escapes(frame, inst) ? cleaned(made, kinds('xss')) : made;
}

function escapes(frame: FunctionView, inst: Call): boolean {
  const callee = frame.inst(inst.callee);
  if (callee.op !== 'member') return true;
  const template = madeBy(frame, { func: frame.id, value: callee.object });
  if (!template) return true;
  const maker = instAt(frame.linked, { func: template.func, value: template.call.callee });
  if (maker?.op === 'import') return maker.name !== 'Template' || isEscaping(frame, template);
  if (maker?.op !== 'member') return true;
  if (maker.name === 'Template') return isEscaping(frame, template);
  const environment =
    maker.name === 'from_string' && madeBy(frame, { func: template.func, value: maker.object });
  return !environment || isEscaping(frame, environment);
}

interface Made {
  readonly func: number;
  readonly call: Call;
}

function madeBy(frame: FunctionView, place: Place): Made | undefined {
  const { func, value } = origin(frame.linked, place);
  const call = instAt(frame.linked, { func, value });
  return call?.op === 'call' ? { func, call } : undefined;
}

/** Jinja's own default is not to escape. */
function isEscaping(frame: FunctionView, { func, call }: Made): boolean {
  const at = call.names?.indexOf('autoescape') ?? -1;
  const value: ValueId | undefined = call.args[at];
  if (value === undefined) return call.spread !== undefined;
  const it = instAt(frame.linked, { func, value });
  return it?.op !== 'const' || it.value === true;
}
