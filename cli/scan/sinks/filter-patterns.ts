import type { Abstract } from '../dataflow/domain/abstract.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { isStepOf, type State } from '../models/api.ts';
import { hit, sinkOf } from './sinks.ts';

/**
 * Checks regular expressions in the filter of a document database: `text` in `{ name: { $regex: text } }`. The filter may
 * be nested in others, such as `$or` or `$match`. Checks only a `$regex` that is written in the code: if a whole untrusted
 * object is the filter, NoSQL injection is reported instead.
 */
export function checkFilterPatterns(frame: FunctionView, value: ValueId, inst: Inst & Call): void {
  for (const state of frame.linked.states(frame.id, inst.callee)) {
    for (const step of state.args) {
      if (!step.to.some((id) => takesFilter(frame, id, 0))) continue;
      inst.args.forEach((arg, i) => {
        if (!isStepOf(step, i, inst.names?.[i] ?? null)) return;
        const sink = sinkOf(frame, 'regex', value, inst, `${state.name.replaceAll('new ', '')} $regex`);
        checkWritten({ frame, sink, left: maxEntries }, arg, '', 0);
      });
    }
  }
}

/** The bound on members between an argument and the filter in it: `bulkWrite([{ updateOne: { filter } }])`. */
const maxSteps = 3;

function takesFilter(frame: FunctionView, id: number, depth: number): boolean {
  const state: State | undefined = frame.engine.apiOf(frame.info.module).states[id];
  if (!state || depth > maxSteps) return false;
  if (state.sinks.some(({ kind }) => kind === 'nosql')) return true;
  return [...state.anyMember, ...[...state.members.values()].flat()].some((one) =>
    takesFilter(frame, one, depth + 1),
  );
}

interface Look {
  readonly frame: FunctionView;
  readonly sink: Sink;
  left: number;
}

const maxWritten = 24;
const maxDepth = 9;
const maxEntries = 300;
/** Operators of an aggregation that hold their expression under `regex`. */
const matching = /^\$regex(?:Match|Find|FindAll)$/;

/** Follows the instructions that build the filter, because an abstract value does not keep all deeply nested entries. */
function checkWritten(look: Look, value: ValueId, under: string, depth: number): void {
  if (depth > maxWritten || look.left-- <= 0) return;
  const inst = look.frame.inst(value);
  const into = (one: ValueId, name = under): void => checkWritten(look, one, name, depth + 1);
  switch (inst.op) {
    case 'object':
      inst.keys.forEach((key, i) => {
        const one = inst.values[i] as ValueId;
        if (typeof key === 'string' && isExpression(key, under)) checkExpression(look, look.frame.use(one));
        else into(one, typeof key === 'string' ? key : '');
      });
      return;
    case 'list':
      for (const one of inst.items) into(one);
      return;
    case 'store':
      if (isExpression(inst.name, under)) checkExpression(look, look.frame.use(inst.value));
      else into(inst.value, inst.name);
      into(inst.object);
      return;
    case 'typed':
    case 'await':
      into(inst.value);
      return;
    case 'phi':
      for (const one of inst.inputs) into(one);
      return;
    default:
      checkInside(look, look.frame.use(value), under, 0);
  }
}

function isExpression(name: string, under: string): boolean {
  return name === '$regex' || (name === 'regex' && matching.test(under));
}

function checkExpression({ frame, sink }: Look, it: Abstract): void {
  // The source of a `RegExp` object is checked where the object is created.
  if (it.shape !== 'pattern') hit(frame, sink, it);
}

function checkInside(look: Look, it: Abstract, under: string, depth: number): void {
  if (depth > maxDepth) return;
  for (const [name, entry] of it.fields ?? []) {
    if (look.left-- <= 0) return;
    if (isExpression(name, under)) checkExpression(look, entry);
    else checkInside(look, entry, name, depth + 1);
  }
  if (it.rest) checkInside(look, it.rest, under, depth + 1);
}
