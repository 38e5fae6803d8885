import { maxLoopFacts } from '../budgets/guards.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import { conjunctions } from '../dataflow/domain/conjunctions.ts';
import { type Conjunct, type Facts, provenTogether } from '../dataflow/domain/facts.ts';
import { type Kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Block, Inst, ValueId } from '../ir/ir.ts';

/**
 * What is proven of a list after a loop that checks each item: `for (const name of names) if (!allowed.has(name)) throw ...`. The
 * loop may be over the items or over the indexes.
 * @param head the head of the loop
 * @param ways the facts on each back edge
 * @param before the facts at the end of the head
 */
export function checkedItems(
  frame: FunctionView,
  head: Block,
  ways: readonly (Facts | undefined)[],
  before: Facts | undefined,
): readonly Check[] {
  const { end } = head;
  if (end.kind !== 'branch' || ways.length === 0) return none;
  const test = frame.inst(end.test);
  // The head of a loop over a list has no condition; the body's first block reads the next item.
  if (test.op === 'unknown')
    return (frame.func.blocks[end.then]?.code ?? []).flatMap((item) => {
      const inst = frame.inst(item);
      return inst.op === 'element' ? check(inst.value, ways, before, (value) => value === item) : none;
    });
  const counted = countedList(frame, test);
  return counted
    ? check(counted.list, ways, before, (value) => isItem(frame, value, counted.list, counted.counter))
    : none;
}

function check(
  list: ValueId,
  ways: readonly (Facts | undefined)[],
  before: Facts | undefined,
  isOne: (value: ValueId) => boolean,
): readonly Check[] {
  const clean = ways
    .map((facts) => provenSince(before, facts, isOne))
    .reduce((all, one) => all.intersect(one));
  return clean === noKinds ? none : [{ value: list, clean }];
}

function provenSince(
  before: Facts | undefined,
  facts: Facts | undefined,
  isOne: (value: ValueId) => boolean,
): Kinds {
  let clean = noKinds;
  const conjuncts: Conjunct[] = [];
  let left = maxLoopFacts;
  for (let at = facts; at && at !== before && left-- > 0; at = at.before) {
    if (!isOne(at.value)) continue;
    clean = clean.union(at.clean);
    if (at.conjunct) conjuncts.push(at.conjunct);
  }
  return clean.union(provenTogether(conjuncts, conjunctions));
}

/** The list and the counter of the condition `i < names.length`, where `i` starts at 0 and grows by 1. Undefined otherwise. */
function countedList(
  frame: FunctionView,
  test: Inst,
): { readonly list: ValueId; readonly counter: ValueId } | undefined {
  if (test.op !== 'binary' || test.operator !== '<') return undefined;
  const counter = frame.inst(test.left);
  const bound = frame.inst(test.right);
  if (counter.op !== 'phi' || bound.op !== 'member' || bound.name !== 'length') return undefined;
  const isCounted = counter.inputs.every((input) => {
    const from = frame.inst(input);
    if (from.op === 'const') return from.value === 0;
    const step = from.op === 'binary' && from.operator === '+' ? frame.inst(from.right) : undefined;
    return from.op === 'binary' && from.left === test.left && step?.op === 'const' && step.value === 1;
  });
  return isCounted ? { list: bound.object, counter: test.left } : undefined;
}

function isItem(
  { func, valueNumbers: canonical }: FunctionView,
  value: ValueId,
  list: ValueId,
  counter: ValueId,
): boolean {
  const inst = func.code[value];
  return (
    inst?.op === 'index' &&
    canonical[inst.object] === canonical[list] &&
    canonical[inst.key] === canonical[counter]
  );
}
