import { maxEdgeChecks } from '../../budgets/dataflow.ts';
import { checksOf } from '../../guards/checks.ts';
import { checkedItems } from '../../guards/loop-checks.ts';
import { withWholePaths } from '../../guards/segment-checks.ts';
import type { Block, BlockId } from '../../ir/ir.ts';
import type { Check } from '../domain/check.ts';
import { add, type Facts, meet } from '../domain/facts.ts';
import type { FunctionView } from '../view/function-view.ts';

/** The executable edges that the analysis of a function has found so far, and the facts on each. */
export class EdgeAnalysis {
  readonly #frame: FunctionView;
  /** By evaluated block: the facts at its end. */
  readonly #after: (Facts | undefined)[] = [];
  /** By block: the first successor that was found to be executable. Undefined if there is none yet. */
  readonly #to: (BlockId | undefined)[] = [];
  /** By block: the second successor that was found to be executable. Undefined if there is none yet. */
  readonly #orTo: (BlockId | undefined)[] = [];
  readonly #reached: boolean[] = [];

  constructor(frame: FunctionView) {
    this.#frame = frame;
  }

  /** Records that an edge is executable. */
  take(from: BlockId, to: BlockId): void {
    this.#reached[to] = true;
    if (this.#to[from] === undefined) this.#to[from] = to;
    else if (this.#to[from] !== to) this.#orTo[from] = to;
  }

  /** Whether an edge is executable, as far as found. */
  isTaken(from: BlockId, to: BlockId): boolean {
    return this.#to[from] === to || this.#orTo[from] === to;
  }

  /** Whether any executable edge leads to a block. False for the entry block. */
  reaches(block: BlockId): boolean {
    return this.#reached[block] === true;
  }

  /** Records what is proven at the end of a block. */
  end(block: BlockId, facts: Facts | undefined): void {
    this.#after[block] = facts;
  }

  /** The facts at the end of a block. */
  factsBehind(block: BlockId): Facts | undefined {
    return this.#after[block];
  }

  /**
   * The facts at the start of a block: those that hold on all executable edges to it. Back edges are not considered.
   */
  factsAt(block: BlockId): Facts | undefined {
    if (this.#frame.isConstantPass) return undefined;
    const dominator = this.#frame.flow.dominator[block] as number;
    const common = dominator < 0 ? undefined : this.#after[dominator];
    let met: Facts | undefined;
    let first = true;
    for (const pred of this.#block(block).preds) {
      // Back edges are left out of the meet: in SSA form, facts from the loop's entry stay true inside it.
      if (!this.isTaken(pred, block) || this.#isLater(pred, block)) continue;
      const facts = this.#behindLoop(pred, block, this.factsOn(pred, block));
      met = first ? facts : meet(met, facts, common);
      first = false;
    }
    return met;
  }

  /** The facts on an edge: those at the end of `from`, and those that its condition proves. */
  factsOn(from: BlockId, to: BlockId): Facts | undefined {
    if (this.#frame.isConstantPass) return undefined;
    let facts = this.#after[from];
    const { end } = this.#block(from);
    if (end.kind !== 'branch' || end.then === end.else) return facts;
    for (const { value, clean, conjunct } of checksOf(this.#frame, end.test, to === end.then)) {
      facts = add(facts, this.#frame.valueNumbers[value] as number, clean, conjunct);
    }
    return facts;
  }

  /** The facts on an edge as a list of checks, the newest first. Older ones beyond a bound are left out. */
  provenOn(from: BlockId, to: BlockId): Check[] {
    const checks: Check[] = [];
    for (let at = this.factsOn(from, to); at && checks.length < maxEdgeChecks; at = at.before) {
      checks.push(
        at.conjunct
          ? { value: at.value, clean: at.clean, conjunct: at.conjunct }
          : { value: at.value, clean: at.clean },
      );
    }
    return checks;
  }

  /**
   * Adds to `facts` what a loop has proven about all items that it visited, if the edge from `head` to `block` leaves
   * the loop. Returns `facts` unchanged for other edges.
   */
  #behindLoop(head: BlockId, block: BlockId, facts: Facts | undefined): Facts | undefined {
    const loop = this.#block(head);
    const { flow } = this.#frame;
    if (!flow.heads.has(head) || loop.end.kind !== 'branch' || loop.end.else !== block) return facts;
    const ways = loop.preds
      .filter((pred) => this.isTaken(pred, head) && this.#isLater(pred, head))
      .map((pred) => this.factsOn(pred, head));
    let all = facts;
    const checks = checkedItems(this.#frame, loop, ways, this.#after[head]);
    for (const { value, clean, conjunct } of withWholePaths(this.#frame, checks))
      all = add(all, this.#frame.valueNumbers[value] as number, clean, conjunct);
    return all;
  }

  #isLater(pred: BlockId, block: BlockId): boolean {
    const { heads, position } = this.#frame.flow;
    return heads.has(block) && (position[pred] as number) >= (position[block] as number);
  }

  #block(block: BlockId): Block {
    return this.#frame.func.blocks[block] as Block;
  }
}
