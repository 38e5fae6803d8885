import { maxOwnKeyTests } from '../../budgets/semantics.ts';
import { possibleValues } from '../../dataflow/query/trace-value.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { BlockId, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isBehind } from '../../ir/query/control-flow.ts';
import { type OwnKeyTest, ownKeyTest } from '../../ir/query/own-key-test.ts';

/** A test whether a key is an object's own, and the block that runs if it is not. */
interface Asked extends OwnKeyTest {
  readonly notOwn: BlockId;
}

interface Entry {
  readonly objects: readonly ValueId[];
  readonly key: ValueId;
}

/**
 * Whether a read finds an own property, never an inherited one, because the function creates it if it is missing:
 * `if (!Object.hasOwn(object, key)) object[key] = {};`.
 */
export function isMadeOwn(frame: FunctionView, read: Inst & { op: 'index' }): boolean {
  const entries = entriesMadeOwn(frame);
  if (entries.length === 0) return false;
  const objects = possibleValues(frame, read.object);
  return entries.some(
    (entry) =>
      isSameValue(frame, entry.key, read.key) && objects.every((object) => entry.objects.includes(object)),
  );
}

const entriesMadeOwn: (frame: FunctionView) => readonly Entry[] = memoized((frame) => {
  const asked = ownKeyTests(frame);
  if (asked.length === 0) return [];
  const { blocks, code } = frame.func;
  return asked.flatMap(({ object, key, notOwn }) => {
    const objects = possibleValues(frame, object);
    const isMade = blocks.some(
      (block, id) =>
        isBehind(frame.func, id, notOwn) &&
        block.code.some((value) => {
          const inst = code[value];
          return (
            inst?.op === 'store-index' &&
            isSameValue(frame, inst.key, key) &&
            possibleValues(frame, inst.object).every((one) => objects.includes(one))
          );
        }),
    );
    return isMade ? [{ objects, key }] : [];
  });
});

function ownKeyTests(frame: FunctionView): readonly Asked[] {
  const all: Asked[] = [];
  for (const { end } of frame.func.blocks) {
    if (end.kind !== 'branch' || all.length >= maxOwnKeyTests) continue;
    const test = frame.inst(end.test);
    const isNegated = test.op === 'unary' && test.operator === '!';
    const call = isNegated ? frame.inst(test.value) : test;
    const of = call.op === 'call' ? ownKeyTest(frame.func.code, call) : undefined;
    if (of) all.push({ ...of, notOwn: isNegated ? end.then : end.else });
  }
  return all;
}

function isSameValue(frame: FunctionView, a: ValueId, b: ValueId): boolean {
  return (frame.valueNumbers[a] ?? a) === (frame.valueNumbers[b] ?? b);
}
