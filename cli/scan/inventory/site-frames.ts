import type { Linked } from '../callgraph/linked.ts';
import { type Facts, provenClean } from '../dataflow/domain/facts.ts';
import { type Kinds, noKinds } from '../dataflow/domain/kinds.ts';
import { wholes } from '../dataflow/domain/wholes.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { ProgramView } from '../dataflow/view/program-view.ts';
import { blockOf } from '../ir/block-of.ts';
import type { BlockId, ValueId } from '../ir/ir.ts';

/**
 * What the analysis knows inside of functions, once it has ended: each that is asked for is gone through once more with all of its
 * parameters followed, so that what checks prove is known also where no untrusted data was seen.
 */
export class SiteFrames {
  readonly linked: Linked;
  readonly #engine: ProgramView;
  readonly #frames = new Map<number, FunctionView>();

  constructor(engine: ProgramView) {
    this.#engine = engine;
    this.linked = engine.linked;
  }

  /** Whether a bound was reached in a function, so that what its frame says may not be all. */
  isCut(func: number): boolean {
    return this.#engine.cuts.has(func);
  }

  /** Whether users of a library may call a function. */
  isPublic(func: number): boolean {
    return this.#engine.libraryInputs.has(func);
  }

  of(func: number): FunctionView {
    let frame = this.#frames.get(func);
    if (!frame) {
      const params = this.linked.program.functions[func]?.func.params.keys() ?? [];
      const how = { isPlain: false, live: new Set([-1, ...params]), keepsCallFacts: true };
      frame = this.#engine.analyseApart(func, how).view;
      this.#frames.set(func, frame);
    }
    return frame;
  }

  /** What checks have proven where a value is computed. */
  factsAt(func: number, value: ValueId): Facts | undefined {
    const frame = this.of(func);
    const known = frame.callFacts;
    if (known?.has(value)) return known.get(value);
    const block = blockOf(frame.func, value);
    return block < 0 ? undefined : frame.ways.factsAt(block);
  }

  /** The same at the end of a block. */
  factsBehind(func: number, block: BlockId): Facts | undefined {
    return this.of(func).ways.factsBehind(block);
  }

  /** For what kinds of sinks a value is proven harmless by these facts. */
  provenKinds(func: number, value: ValueId, facts: readonly (Facts | undefined)[]): Kinds {
    if (this.isCut(func)) return noKinds;
    const frame = this.of(func);
    let clean = noKinds;
    let at: ValueId | undefined = value;
    // What is proven of a parsed URL, or of a record, holds for its parts.
    for (let depth = 0; depth < 4 && at !== undefined; depth++) {
      for (const one of facts) clean = clean.union(provenClean(one, frame.canonical[at] as number, wholes));
      const inst = frame.inst(at);
      at = inst.op === 'member' || inst.op === 'index' ? inst.object : undefined;
    }
    return clean;
  }
}
