import { decoratorsOf } from '../../../callgraph/query/decorators.ts';
import { type Kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';

/**
 * Returns the sink kinds that a handler's parameter is safe for, because a FastAPI dependency checks its own parameter of the
 * same name: `@app.get('/', dependencies=[Depends(check_name)])`.
 */
export function dependencyKinds(frame: FunctionView, param: string): Kinds {
  let clean = noKinds;
  for (const { func, call } of decoratorsOf(frame.linked, frame.id)) {
    const { code } = frame.linked.program.functions[func]?.func ?? { code: [] };
    const list = code[call.args[call.names?.indexOf('dependencies') ?? -1] ?? -1];
    for (const item of list?.op === 'list' ? list.items : []) {
      const made = code[item];
      const [given] = made?.op === 'call' ? made.args : [];
      if (given !== undefined)
        clean = clean.union(provenBy(frame, frame.linked.functions(func, given), param));
    }
  }
  return clean;
}

function provenBy(
  { engine, linked }: FunctionView,
  [func, ...others]: readonly number[],
  param: string,
): Kinds {
  if (func === undefined || others.length > 0) return noKinds;
  const index = linked.program.functions[func]?.func.params.findIndex(({ name }) => name === param) ?? -1;
  return index < 0 ? noKinds : (engine.proofs(func)?.normal.get(String(index)) ?? noKinds);
}
