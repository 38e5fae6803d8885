import { deepTaints, unknown } from '../dataflow/domain/abstract.ts';
import { allKinds, type Kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call } from '../ir/ir.ts';

/**
 * The sink kinds that a parameter is sanitised for by the project's own pipes, which Nest calls before the handler:
 * `@Query('name', NamePipe)`, `@Body(new TrimPipe())`.
 */
export function pipeKinds(frame: FunctionView, { callee }: Call): Kinds {
  const decorator = frame.inst(callee);
  if (decorator.op !== 'call') return noKinds;
  const { linked, id } = frame;
  let clean = noKinds;
  for (const arg of decorator.args) {
    const [owner, ...others] = new Set([...linked.classes(id, arg), ...linked.instances(id, arg)]);
    const transform =
      owner === undefined || others.length > 0 ? undefined : linked.methodOf(owner, 'transform');
    if (transform !== undefined) clean = clean.union(kindsOfResult(frame, transform));
  }
  return clean;
}

/** The kinds that a function's result is clean for with any argument: all for a number, or those that it checks. */
function kindsOfResult({ engine }: FunctionView, func: number): Kinds {
  const returned = engine.deepSummary(func, [0])?.returns ?? unknown;
  if (returned.shape === 'number' || returned.shape === 'boolean') return allKinds;
  const given = deepTaints(returned).filter(({ origin }) => origin.kind === 'param' && origin.index === 0);
  return given.length === 0 ? noKinds : given.reduce((all, { clean }) => all.intersect(clean), allKinds);
}
