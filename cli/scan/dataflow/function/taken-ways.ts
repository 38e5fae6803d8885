import { checksOf } from '../../guards/checks.ts';
import { checkedItems } from '../../guards/loop-checks.ts';
import { withWholePaths } from '../../guards/segment-checks.ts';
import type { Block, BlockId } from '../../ir/ir.ts';
import type { Check } from '../domain/check.ts';
import { add, type Facts, meet } from '../domain/facts.ts';
import type { FunctionView } from '../view/function-view.ts';

/** Which ways through a function its look has found to be taken, and what is proven on each. */
export class TakenWays {
  readonly #frame: FunctionView;
  /** Facts at the end of each block, once it was gone through. */
  readonly #after: (Facts | undefined)[] = [];
  /** The one or two blocks that each block was left to. */
  readonly #to: (BlockId | undefined)[] = [];
  readonly #orTo: (BlockId | undefined)[] = [];
  readonly #reached: boolean[] = [];

  constructor(frame: FunctionView) {
    this.#frame = frame;
  }

  take(from: BlockId, to: BlockId): void {
    this.#reached[to] = true;
    if (this.#to[from] === undefined) this.#to[from] = to;
    else if (this.#to[from] !== to) this.#orTo[from] = to;
  }

  isTaken(from: BlockId, to: BlockId): boolean {
    return this.#to[from] === to || this.#orTo[from] === to;
  }

  reaches(block: BlockId): boolean {
    return this.#reached[block] === true;
  }

  /** Keeps what holds at the end of a block. */
  end(block: BlockId, facts: Facts | undefined): void {
    this.#after[block] = facts;
  }

  factsBehind(block: BlockId): Facts | undefined {
    return this.#after[block];
  }

  /** What holds at the start of a block. */
  factsAt(block: BlockId): Facts | undefined {
    if (this.#frame.isPlain) return undefined;
    const dominator = this.#frame.flow.dominator[block] as number;
    const common = dominator < 0 ? undefined : this.#after[dominator];
    let met: Facts | undefined;
    let first = true;
    for (const pred of this.#block(block).preds) {
      // A way back from the end of a loop brings nothing that does not hold at its start: values are made once.
      if (!this.isTaken(pred, block) || this.#isLater(pred, block)) continue;
      const facts = this.#behindLoop(pred, block, this.factsOn(pred, block));
      met = first ? facts : meet(met, facts, common);
      first = false;
    }
    return met;
  }

  /** What holds on the way from one block to another. */
  factsOn(from: BlockId, to: BlockId): Facts | undefined {
    if (this.#frame.isPlain) return undefined;
    let facts = this.#after[from];
    const { end } = this.#block(from);
    if (end.kind !== 'branch' || end.then === end.else) return facts;
    for (const { value, clean, half } of checksOf(this.#frame, end.test, to === end.then)) {
      facts = add(facts, this.#frame.canonical[value] as number, clean, half);
    }
    return facts;
  }

  /** The same as a list of checks. */
  provenOn(from: BlockId, to: BlockId): Check[] {
    const checks: Check[] = [];
    for (let at = this.factsOn(from, to); at && checks.length < maxChecks; at = at.before) {
      checks.push(
        at.half ? { value: at.value, clean: at.clean, half: at.half } : { value: at.value, clean: at.clean },
      );
    }
    return checks;
  }

  /** With what a loop has proven that ended there. */
  #behindLoop(head: BlockId, block: BlockId, facts: Facts | undefined): Facts | undefined {
    const loop = this.#block(head);
    const { flow } = this.#frame;
    if (!flow.heads.has(head) || loop.end.kind !== 'branch' || loop.end.else !== block) return facts;
    const ways = loop.preds
      .filter((pred) => this.isTaken(pred, head) && this.#isLater(pred, head))
      .map((pred) => this.factsOn(pred, head));
    let all = facts;
    const checks = checkedItems(this.#frame, loop, ways, this.#after[head]);
    for (const { value, clean, half } of withWholePaths(this.#frame, checks))
      all = add(all, this.#frame.canonical[value] as number, clean, half);
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

/** So many checks of one way are told to who asks for them all. */
const maxChecks = 60;
