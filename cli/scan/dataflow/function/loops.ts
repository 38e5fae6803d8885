import { maxLoopPasses } from '../../budgets/dataflow.ts';
import type { BlockId, Func } from '../../ir/ir.ts';
import { join } from '../domain/join.ts';
import { same } from '../domain/same.ts';
import type { FunctionView } from '../view/function-view.ts';
import type { Mark } from '../view/outcome.ts';
import { phiValue } from './phi-value.ts';

/** The state of a loop that is being evaluated. */
interface Loop {
  /** The outcome before the loop, restored before each further pass. */
  readonly before: Mark;
  passes: number;
  /** Whether a variable has changed since the loop read it. */
  isStale: boolean;
}

/**
 * Decides how often each loop of a function is evaluated: until nothing changes, or up to a bound. The code after a loop is
 * evaluated when the loop is stable. An inner loop is brought to its fixed point in each pass of the outer one.
 */
export class Loops {
  /** The number of instructions evaluated so far in all passes. It is compared with a bound. */
  done = 0;
  readonly #frame: FunctionView;
  /** The loops around the current block, outermost first. */
  readonly #around: Loop[] = [];

  constructor(frame: FunctionView) {
    this.#frame = frame;
  }

  /** Call this at the head of a loop, before its first pass. */
  enter(): void {
    this.#around.push({ before: this.#frame.outcome.mark(), passes: 1, isStale: false });
  }

  /** Records that a variable has changed after it was read: each loop around the current block needs another pass. */
  changed(): void {
    for (const loop of this.#around) loop.isStale = true;
  }

  /**
   * Call this after the last block of one or more loops. Returns the head of the loop that needs another pass. Undefined if all
   * of them are done.
   */
  end(last: BlockId): BlockId | undefined {
    const { flow, func, edges: ways } = this.#frame;
    for (const head of flow.endingWith.get(last) ?? []) {
      const loop = this.#around.at(-1) as Loop;
      const isBounded = loop.passes < maxLoopPasses && this.done < maxLoopPasses * func.code.length;
      if (isBounded && ways.reaches(head) && (loop.isStale || this.#startChanges(head))) {
        loop.passes++;
        loop.isStale = false;
        this.#frame.outcome.goBackTo(loop.before);
        return head;
      }
      this.#around.pop();
    }
    return undefined;
  }

  /** Whether another pass would start with different values of phis. If not, nothing in the loop would change. */
  #startChanges(head: BlockId): boolean {
    const { func, values } = this.#frame;
    const { code, preds } = func.blocks[head] as Func['blocks'][number];
    for (const value of code) {
      const inst = func.code[value];
      if (inst?.op !== 'phi') continue;
      const before = values[value];
      if (!before || !same(before, join(before, phiValue(this.#frame, head, preds, inst.inputs))))
        return true;
    }
    return false;
  }
}
