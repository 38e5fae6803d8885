import type { Block, Inst, Terminator, ValueId } from './ir.ts';
import { mapOperands } from './map-operands.ts';

/** Rounds after which what is left stays: each takes away one more layer of phis that hang on each other. */
const maxRounds = 8;

/**
 * Takes away phis whose inputs are all one value (or the phi itself): reading a variable behind a branch
 * that does not write it makes one. What is left keeps its number; in the phis' place is an `unknown` that is in no block.
 */
export function removeTrivialPhis(code: Inst[], blocks: readonly Block[]): Block[] {
  const same = new Map<ValueId, ValueId>();
  const find = (value: ValueId): ValueId => {
    let at = value;
    for (let next = same.get(at); next !== undefined; next = same.get(at)) at = next;
    if (at !== value) same.set(value, at);
    return at;
  };
  for (let round = 0, changed = true; changed && round < maxRounds; round++) {
    changed = false;
    for (let phi = 0; phi < code.length; phi++) {
      const inst = code[phi] as Inst;
      if (inst.op !== 'phi' || same.has(phi)) continue;
      const only = onlyInput(phi, inst.inputs, find);
      if (only === undefined) continue;
      same.set(phi, only);
      changed = true;
    }
  }
  if (same.size === 0) return [...blocks];
  code.forEach((inst, value) => {
    code[value] = same.has(value) ? { op: 'unknown', at: inst.at, end: inst.end } : mapOperands(inst, find);
  });
  return blocks.map((block) => ({
    code: block.code.filter((value) => !same.has(value)),
    preds: block.preds,
    end: mapEnd(block.end, find),
  }));
}

function onlyInput(
  phi: ValueId,
  inputs: readonly ValueId[],
  find: (value: ValueId) => ValueId,
): ValueId | undefined {
  let only: ValueId | undefined;
  for (const input of inputs) {
    const value = find(input);
    if (value === phi) continue;
    if (only !== undefined && only !== value) return undefined;
    only = value;
  }
  return only;
}

function mapEnd(end: Terminator, to: (value: ValueId) => ValueId): Terminator {
  if (end.kind === 'branch') return { ...end, test: to(end.test) };
  if (end.kind !== 'jump') return { ...end, value: to(end.value) };
  return end.thrown === undefined ? end : { ...end, thrown: to(end.thrown) };
}
