import { cellStores, instOf, type Place } from '../../callgraph/query/made-by.ts';
import { passedFor } from '../../callgraph/query/passed-for.ts';
import { type From, resolve, type Walk } from './resolve-text.ts';
import { choice, type TextTree } from './text-tree.ts';

/**
 * Resolves an entry of a parameter that one call fills with several values: the first parameter of a template tag, which
 * receives the template's literal texts, or a rest parameter such as `...values`. Uses only the call by which the walk
 * entered the function. Undefined for other values, and if the walk did not enter by a call.
 */
export function givenByCall(walk: Walk, place: Place, { entered }: From): TextTree | undefined {
  const { linked } = walk.frames;
  const inst = instOf(linked, place);
  if (!entered || entered.func !== place.func || entered.items) return undefined;
  // `strings.raw`
  if (inst?.op === 'member' && inst.name === 'raw')
    return givenByCall(walk, { func: place.func, value: inst.object }, { entered, facts: [], depth: 0 });
  if (inst?.op === 'effect')
    return givenByCall(walk, { func: place.func, value: inst.value }, { entered, facts: [], depth: 0 });
  if (inst?.op !== 'param') return undefined;
  const call = instOf(linked, entered.call);
  const param = linked.program.functions[place.func]?.func.params[inst.index];
  if (call?.op !== 'call' || call.spread) return undefined;
  if (inst.index === 0 && call.quasis && !param?.rest) return choice(textsOf(call.quasis));
  if (param?.rest !== 'positional' || call.names) return undefined;
  const values = valuesOf(walk, entered.call, place.func, inst.index);
  return choice([
    { kind: 'constant', text: '' },
    ...values.map((value) => resolve(walk, { func: entered.call.func, value }, entered.from)),
  ]);
}

/**
 * Returns the arguments that a call passes for a parameter. In a call of a template tag, the first parameter receives
 * the literal texts, so the first inserted value is the argument for the second parameter.
 */
export function valuesOf({ frames }: Walk, call: Place, func: number, index: number): readonly number[] {
  const inst = instOf(frames.linked, call);
  if (inst?.op !== 'call' || !inst.quasis) return passedFor(frames.linked, call, func, index);
  const isRest = frames.linked.program.functions[func]?.func.params[index]?.rest === 'positional';
  return inst.args.slice(index - 1, isRest ? undefined : index);
}

function textsOf(texts: readonly string[]): TextTree[] {
  return texts.map((text) => ({ kind: 'constant', text }));
}

/**
 * Finds the value of an outer variable that a callback of `map()` or `reduce()` reads. The function that calls `map()` or
 * `reduce()` must assign the variable, and nothing else may. Undefined for other values, and if the walk did not enter the
 * callback through such a call.
 */
export function ofOuter(
  walk: Walk,
  { func, value }: Place,
  from: From,
): { place: Place; from: From } | undefined {
  const { linked } = walk.frames;
  const inst = instOf(linked, { func, value });
  const { entered } = from;
  const info = linked.program.functions[func];
  if (inst?.op !== 'cell-load' || !entered?.items || entered.func !== func || !info) return undefined;
  const first = linked.program.firstFunc[info.module] ?? 0;
  if (first + info.func.outer !== entered.call.func) return undefined;
  const cell = (linked.program.firstCell[info.module] ?? 0) + inst.cell;
  const stores = cellStores(linked).get(cell) ?? [];
  const [only] = stores;
  if (stores.length !== 1 || only?.func !== entered.call.func) return undefined;
  return { place: only, from: { ...entered.from, depth: from.depth + 1 } };
}
