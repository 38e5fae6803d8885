import type { BlockId, Func } from '../../ir/ir.ts';
import { join } from '../domain/join.ts';
import { same } from '../domain/same.ts';
import type { FunctionView } from '../view/function-view.ts';
import type { Mark } from '../view/outcome.ts';
import { phiValue } from './phi-value.ts';

/** A loop is gone through until nothing changes, at most this often. */
const maxPasses = 6;

/** A loop that is gone through. */
interface Loop {
  /** What had come out of the function before. */
  readonly before: Mark;
  /** How often it was gone through. */
  passes: number;
  /** Whether a variable has changed that was read before. */
  isStale: boolean;
}

/**
 * The loops of a function while it is gone through. Each is gone through until nothing changes before what stands behind it
 * is looked at, inner ones in each pass of the outer ones.
 */
export class Loops {
  /** How many instructions of the function were gone through. */
  done = 0;
  readonly #frame: FunctionView;
  /** Those around the block that is gone through, from the outermost on. */
  readonly #around: Loop[] = [];

  constructor(frame: FunctionView) {
    this.#frame = frame;
  }

  /** One begins. */
  enter(): void {
    this.#around.push({ before: this.#frame.outcome.mark(), passes: 1, isStale: false });
  }

  /** A variable has changed that was read before. */
  changed(): void {
    for (const loop of this.#around) loop.isStale = true;
  }

  /** Ends the loops that end with a block. Gives the head of one that is to be gone through once more instead. */
  end(last: BlockId): BlockId | undefined {
    const { flow, func, ways } = this.#frame;
    for (const head of flow.endingWith.get(last) ?? []) {
      const loop = this.#around.at(-1) as Loop;
      const isBounded = loop.passes < maxPasses && this.done < maxPasses * func.code.length;
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

  /** Whether a loop would start with something else than the last time: all else in it follows from that. */
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
