import { cellStores, instOf, type Place } from '../../callgraph/query/made-by.ts';
import { passedFor } from '../../callgraph/query/passed-for.ts';
import { type From, resolve, type Walk } from './resolve-text.ts';
import { choice, type TextTree } from './text-tree.ts';

/**
 * Resolves a parameter that receives several values from the call by which the walk entered the function. These are the
 * first parameter of a template tag, which receives the texts of the template, and a rest parameter such as `...values`.
 * Undefined for other values.
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
 * Returns the arguments that a call passes for a parameter. In a call of a tag, the first inserted value is the argument
 * for the second parameter.
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
 * The value of a variable that a callback of `map()` or `reduce()` captures: the value that the function which calls
 * `map()` or `reduce()` stores in it. Undefined for other values, for variables with several stores, and if the walk did
 * not enter the callback through this call.
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
