import { unknown } from './abstract.ts';
import { same } from './same.ts';
import type { Summary } from './summary.ts';

/** Whether callers would see no difference between two summaries of a function. */
export function sameSummary(a: Summary, b: Summary): boolean {
  return (
    (a.returns === undefined) === (b.returns === undefined) &&
    same(a.returns ?? unknown, b.returns ?? unknown) &&
    a.callbacks.length === b.callbacks.length &&
    a.effects.length === b.effects.length &&
    a.effects.every((effect, i) => same(effect.value, b.effects[i]?.value ?? unknown)) &&
    a.cells.length === b.cells.length &&
    a.cells.every((effect, i) => same(effect.value, b.cells[i]?.value ?? unknown)) &&
    a.callbacks.every((callback, i) =>
      callback.args.every((arg, k) => same(arg, b.callbacks[i]?.args[k] ?? unknown)),
    ) &&
    sameProofs(a.proofs.normal, b.proofs.normal) &&
    sameProofs(a.proofs.truthy, b.proofs.truthy) &&
    sameProofs(a.proofs.falsy, b.proofs.falsy)
  );
}

function sameProofs(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([key, kinds]) => b.get(key) === kinds);
}
