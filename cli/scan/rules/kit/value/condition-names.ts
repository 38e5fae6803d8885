import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import { blockOf } from '../../../ir/block-of.ts';
import type { Block, BlockId, Func, ValueId } from '../../../ir/ir.ts';
import { operandsOf } from '../../../ir/operands.ts';
import { controlFlow, successors } from '../../../ir/query/control-flow.ts';
import { namesOf } from './names-of.ts';

const maxDepth = 40;
const maxBlocks = 400;

/**
 * The names and string constants in the conditions that guard an instruction: `NODE_ENV` and `development` inside
 * `if (process.env.NODE_ENV === 'development')`. Conditions in an enclosing function don't count.
 */
export function conditionNames(frame: FunctionView, value: ValueId): Set<string> {
  const { func, linked, id } = frame;
  const names = new Set<string>();
  for (const test of conditionTests(func, value)) {
    for (const name of namesOf(linked, { func: id, value: test })) names.add(name);
    addTexts(func, test, names);
  }
  return names;
}

/** The tests of the conditions that guard an instruction of this function. */
export function conditionTests(func: Func, value: ValueId): ValueId[] {
  return testsOf(func, blockOf(func, value));
}

/** The tests that decide whether a phi takes its value from an input. `input` is the position among its inputs. */
export function inputTests(func: Func, phi: ValueId, input: number): ValueId[] {
  const from = func.blocks[blockOf(func, phi)]?.preds[input];
  const end = from === undefined ? undefined : func.blocks[from]?.end;
  if (from === undefined || end === undefined) return [];
  return [...(end.kind === 'branch' ? [end.test] : []), ...testsOf(func, from)];
}

function testsOf(func: Func, from: BlockId): ValueId[] {
  const { dominator } = controlFlow(func);
  const tests = new Set<ValueId>();
  let block = from;
  for (let depth = 0; block >= 0 && depth < maxDepth; depth++) {
    const above = dominator[block] ?? -1;
    if (above < 0 || above === block) break;
    if (canAvoid(func, above, block)) {
      // All tests that lead here: `if (a || b)` has two.
      for (const before of new Set([above, ...(func.blocks[block]?.preds ?? [])])) {
        const end = func.blocks[before]?.end;
        if (end?.kind === 'branch') tests.add(end.test);
      }
    }
    block = above;
  }
  return [...tests];
}

/** Whether a path from the end of `from` returns without passing `block`. A path that throws doesn't count. */
function canAvoid(func: Func, from: number, block: number): boolean {
  const seen = new Set<number>([block]);
  const queue: number[] = [...successors(func.blocks[from] as Block)];
  for (let at = queue.pop(); at !== undefined && seen.size < maxBlocks; at = queue.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const it = func.blocks[at] as Block;
    if (it.end.kind === 'return') return true;
    queue.push(...successors(it));
  }
  return false;
}

function addTexts(func: Func, test: ValueId, names: Set<string>): void {
  const queue = [test];
  for (let steps = 0; steps < 40; steps++) {
    const at = queue.pop();
    const inst = at === undefined ? undefined : func.code[at];
    if (!inst) return;
    if (inst.op === 'const' && typeof inst.value === 'string') names.add(inst.value);
    queue.push(...operandsOf(inst));
  }
}
