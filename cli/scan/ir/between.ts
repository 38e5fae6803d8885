import type { Func, ValueId } from './ir.ts';
import { memoized } from './memoized.ts';

/** The calls and thrown values in a range of a function's source text. */
export interface Between {
  readonly calls: readonly ValueId[];
  readonly thrown: readonly ValueId[];
}

/**
 * The calls and thrown values from offset `from` up to `to`, in source order. All calls and thrown values of a function
 * are sorted only once, because every exception handler of the function needs a range of them.
 */
export function between(func: Func, from: number, to: number): Between {
  const all = sortedOf(func);
  return { calls: within(func, all.calls, from, to), thrown: within(func, all.thrown, from, to) };
}

const sortedOf = memoized((func: Func): Between => {
  const byPlace = (a: ValueId, b: ValueId): number => placeOf(func, a) - placeOf(func, b) || a - b;
  const thrown = new Set<ValueId>();
  for (const { end } of func.blocks) {
    const value = end.kind === 'throw' ? end.value : end.kind === 'jump' ? end.thrown : undefined;
    if (value !== undefined) thrown.add(value);
  }
  return {
    calls: [...func.code.keys()].filter((value) => func.code[value]?.op === 'call').sort(byPlace),
    thrown: [...thrown].sort(byPlace),
  };
});

function within(func: Func, values: readonly ValueId[], from: number, to: number): readonly ValueId[] {
  return values.slice(firstFrom(func, values, from), firstFrom(func, values, to));
}

function firstFrom(func: Func, values: readonly ValueId[], place: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(func, values[middle] as ValueId) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeOf({ code }: Func, value: ValueId): number {
  return code[value]?.at ?? -1;
}
