import { maxEntryDepth, maxEntrySpreads } from '../../budgets/semantics.ts';
import { instAt, type Place } from '../../callgraph/query/called-on.ts';
import { makerOf } from '../../callgraph/query/maker-of.ts';
import { type Abstract, constant, unknown } from '../../dataflow/domain/abstract.ts';
import { list } from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import { applySummary } from '../../dataflow/summary/apply.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';

/**
 * The functions that an entry of an object literal may hold, such as `queryFn` in `useQuery({ queryFn })`. `path` has the
 * names of the entries that lead to the functions, from the outside in.
 */
export function entryFunctions(
  frame: FunctionView,
  object: Place,
  path: readonly string[],
): readonly number[] {
  let entry: Place | undefined = object;
  for (const name of path) entry = entry && entryPlace(frame, entry, name, 0);
  return entry ? frame.linked.functions(entry.func, entry.value) : [];
}

function entryPlace(frame: FunctionView, place: Place, name: string, depth: number): Place | undefined {
  const { func, value } = makerOf(frame.linked, place);
  const inst = instAt(frame.linked, { func, value });
  // Helpers of libraries return their argument with a better type: `queryOptions({ queryFn })`.
  if (inst?.op === 'call' && inst.args.length === 1 && depth < maxEntryDepth)
    return entryPlace(frame, { func, value: inst.args[0] as ValueId }, name, depth + 1);
  if (inst?.op !== 'object') return undefined;
  const entry = inst.values[inst.keys.lastIndexOf(name)];
  if (entry !== undefined) return { func, value: entry };
  if (depth >= maxEntryDepth) return undefined;
  const spread = inst.values.filter((_, i) => inst.keys[i] === null).slice(-maxEntrySpreads);
  for (const one of spread.reverse()) {
    const found = entryPlace(frame, { func, value: one }, name, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/**
 * Analyses callbacks that a library calls with these arguments. Returns the join of their results; undefined if there are none.
 */
export function invokeAll(
  frame: FunctionView,
  value: ValueId,
  inst: Inst,
  functions: readonly number[],
  passed: readonly Abstract[],
): Abstract | undefined {
  let result: Abstract | undefined;
  for (const func of functions) {
    const { params } = frame.linked.program.functions[func]?.func ?? { params: [] };
    const given = params.map((param, i) =>
      param.rest === 'positional' ? list(passed.slice(i)) : (passed[i] ?? constant(undefined)),
    );
    const { returns } = applySummary(frame, value, inst, func, given, unknown, { isCallback: true });
    result = result ? join(result, returns) : returns;
  }
  return result;
}
