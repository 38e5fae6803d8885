import { maxTrivialPhiRounds } from '../budgets/ir.ts';
import type { Inst, ValueId } from './ir.ts';
import { type Replaced, replaceOperands } from './replace-operands.ts';

/**
 * Removes phis whose inputs are all one value, or the phi itself. Such a phi arises where a variable is read after a branch
 * that does not write it. Other values keep their numbers. A removed phi becomes an `unknown`, which the caller must leave
 * out of all blocks. Returns the replacement of each value, or undefined if no phi was removed.
 */
export function removeTrivialPhis(code: Inst[]): Replaced | undefined {
  const phis: ValueId[] = [];
  for (let value = 0; value < code.length; value++) if (code[value]?.op === 'phi') phis.push(value);
  if (phis.length === 0) return undefined;
  const by: By = new Array(code.length);
  const gone = findTrivial(code, phis, by);
  if (gone.length === 0) return undefined;
  let first = code.length;
  for (const phi of gone) {
    const { at, end } = code[phi] as Inst;
    if (phi < first) first = phi;
    by[phi] = find(by, phi);
    code[phi] = { op: 'unknown', at, end };
  }
  const replaced: Replaced = (value) => by[value] ?? value;
  for (const phi of phis) replaceOperands(code[phi] as Inst, replaced);
  // Except for phis, instructions read only values with lower numbers.
  for (let value = first; value < code.length; value++) replaceOperands(code[value] as Inst, replaced);
  return replaced;
}

/** The replacements of removed values. */
type By = (ValueId | undefined)[];

function findTrivial(code: readonly Inst[], phis: readonly ValueId[], by: By): ValueId[] {
  const gone: ValueId[] = [];
  let left = phis;
  for (let round = 0; left.length > 0 && round < maxTrivialPhiRounds; round++) {
    const others: ValueId[] = [];
    for (const phi of left) {
      const only = onlyInput(phi, code[phi] as Inst & { op: 'phi' }, by);
      if (only === undefined) {
        others.push(phi);
        continue;
      }
      by[phi] = only;
      gone.push(phi);
    }
    if (others.length === left.length) break;
    left = others;
  }
  return gone;
}

function onlyInput(phi: ValueId, { inputs }: Inst & { op: 'phi' }, by: By): ValueId | undefined {
  let only: ValueId | undefined;
  for (const input of inputs) {
    const value = find(by, input);
    if (value === phi) continue;
    if (only !== undefined && only !== value) return undefined;
    only = value;
  }
  return only;
}

/** Follows replacements to the last one, and compresses the path. */
function find(by: By, value: ValueId): ValueId {
  let at = value;
  for (let next = by[at]; next !== undefined; next = by[at]) at = next;
  if (at !== value) by[value] = at;
  return at;
}
