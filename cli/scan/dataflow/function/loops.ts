import { maxLoopPasses } from '../../budgets/dataflow.ts';
import type { BlockId, Func } from '../../ir/ir.ts';
import { join } from '../domain/join.ts';
import { same } from '../domain/same.ts';
import type { FunctionView } from '../view/function-view.ts';
import type { Mark } from '../view/outcome.ts';
import { phiValue } from './phi-value.ts';

/** A loop that is being evaluated. */
interface Loop {
  /** The outcome before the loop, restored before each further pass. */
  readonly before: Mark;
  passes: number;
  /** Whether a variable has changed since the loop read it. */
  isStale: boolean;
}

/**
 * Brings the loops of a function to their fixed points. A loop is stable before the code behind it is evaluated. Inner loops are
 * evaluated in each pass of the outer ones.
 */
export class Loops {
  /** How many instructions were evaluated, for the bound on all passes. */
  done = 0;
  readonly #frame: FunctionView;
  /** The loops around the current block, outermost first. */
  readonly #around: Loop[] = [];

  constructor(frame: FunctionView) {
    this.#frame = frame;
  }

  /** Starts a loop at its head. */
  enter(): void {
    this.#around.push({ before: this.#frame.outcome.mark(), passes: 1, isStale: false });
  }

  /** Notes that a variable has changed after it was read. */
  changed(): void {
    for (const loop of this.#around) loop.isStale = true;
  }

  /** Ends the loops whose last block this is. Returns the head of a loop that needs another pass instead. */
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

  /** Whether another pass would start with different phi values: everything else in the loop follows from them. */
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
