import { isMethod } from '../callgraph/query/field-stores.ts';
import { opaque, type Taint } from '../dataflow/domain/taint.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import { isHarmfulOf, sinkKind } from './sink-kinds.ts';

/** Analyses a method of a library's object again, with the fields that users of the library have set. */
export function askForFields({ engine, id, linked }: FunctionView, { kind }: Sink, { origin }: Taint): void {
  const { runs = false, takes } = sinkKind(kind);
  if (origin !== opaque.origin || !isHarmfulOf('caller', kind) || !(runs || takes === 'object')) return;
  if (engine.libraryInputs.has(id) && isMethod(linked, id)) engine.demand(id, [-1]);
}
