import type { Linked } from '../callgraph/linked.ts';
import { conjunctions } from '../dataflow/domain/conjunctions.ts';
import { type Facts, provenKinds } from '../dataflow/domain/facts.ts';
import { type Kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { ProgramView } from '../dataflow/view/program-view.ts';
import { blockOf } from '../ir/block-of.ts';
import type { BlockId, ValueId } from '../ir/ir.ts';

/**
 * Gives access to facts about the values inside functions, after the taint analysis has ended. Each requested function
 * is analysed once more, with all its parameters tracked. So the facts that checks prove are known even for values that
 * no untrusted data reaches.
 */
export class SiteFrames {
  readonly linked: Linked;
  readonly #engine: ProgramView;
  readonly #frames = new Map<number, FunctionView>();

  constructor(engine: ProgramView) {
    this.#engine = engine;
    this.linked = engine.linked;
  }

  /** Whether the analysis of a function reached a bound, so that it may be incomplete. */
  isCut(func: number): boolean {
    return this.#engine.cuts.has(func);
  }

  /** Whether users of the library may call a function. */
  isPublic(func: number): boolean {
    return this.#engine.libraryInputs.has(func);
  }

  of(func: number): FunctionView {
    let frame = this.#frames.get(func);
    if (!frame) {
      const params = this.linked.program.functions[func]?.func.params.keys() ?? [];
      const how = { isConstantPass: false, demanded: new Set([-1, ...params]), keepsCallFacts: true };
      frame = this.#engine.analyseApart(func, how).view;
      this.#frames.set(func, frame);
    }
    return frame;
  }

  /** The facts that checks have proven where a value is computed. */
  factsAt(func: number, value: ValueId): Facts | undefined {
    const frame = this.of(func);
    const known = frame.callFacts;
    if (known?.has(value)) return known.get(value);
    const block = blockOf(frame.func, value);
    return block < 0 ? undefined : frame.edges.factsAt(block);
  }

  /** The facts at the end of a block. */
  factsBehind(func: number, block: BlockId): Facts | undefined {
    return this.of(func).edges.factsBehind(block);
  }

  /** The kinds of sinks for which these facts prove a value harmless. */
  provenKinds(func: number, value: ValueId, facts: readonly (Facts | undefined)[]): Kinds {
    if (this.isCut(func)) return noKinds;
    const frame = this.of(func);
    let clean = noKinds;
    let at: ValueId | undefined = value;
    // What is proven for a parsed URL or a record holds for its parts.
    for (let depth = 0; depth < 4 && at !== undefined; depth++) {
      for (const one of facts)
        clean = clean.union(provenKinds(one, frame.valueNumbers[at] as number, conjunctions));
      const inst = frame.inst(at);
      at = inst.op === 'member' || inst.op === 'index' ? inst.object : undefined;
    }
    return clean;
  }
}
