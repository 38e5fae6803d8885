import type { ValueId } from '../../ir/ir.ts';
import type { Abstract } from '../domain/abstract.ts';
import type { Facts } from '../domain/facts.ts';
import { noKinds } from '../domain/kinds.ts';
import type { CallSite, ProvenCells } from './call-site.ts';
import type { SinkUses } from './sink-uses.ts';
import type { Callback, CellEffect, Effect } from './summary.ts';

/** A snapshot of an `Outcome`, which `goBackTo` restores. For lists, it keeps only the length. */
export interface Mark {
  readonly sinks: SinkUses | undefined;
  readonly effects: ReadonlyMap<string, Effect> | undefined;
  readonly cellEffects: ReadonlyMap<number, CellEffect> | undefined;
  readonly sites: number;
  readonly created: number;
  readonly callbacks: number;
  readonly returns: number;
  readonly returned: Abstract | undefined;
}

/** A `return` statement, with what is proven there. */
export interface Return {
  readonly value: ValueId;
  readonly facts: Facts | undefined;
}

/** Shared by all empty maps: most functions have no effects and create no functions. */
const nothing: ReadonlyMap<never, never> = new Map<never, never>();

/**
 * What the analysis of a function has found so far. Its effects, callbacks and returns become the summary. Its sinks, call sites
 * and created functions are kept beside the summary, for `followSinks`.
 */
export class Outcome {
  /** The sinks that parameters and captured variables reach. */
  sinks: SinkUses | undefined;
  /** Calls of project functions with arguments that are untrusted, or may be. */
  readonly sites: CallSite[] = [];
  readonly callbacks: Callback[] = [];
  readonly returns: Return[] = [];
  /** The join of all returned values. */
  returned: Abstract | undefined;
  #created: Map<number, ProvenCells> | undefined;
  /** The functions created here, in the order of their first creation. */
  readonly #order: number[] = [];
  #effects: Map<string, Effect> | undefined;
  #cellEffects: Map<number, CellEffect> | undefined;

  /**
   * For each function that this function creates: what is proven about the captured variables at all places that create
   * it.
   */
  get created(): ReadonlyMap<number, ProvenCells> {
    return this.#created ?? nothing;
  }

  /** Stores into arguments and `this`. The keys name the parameter and the access path. */
  get effects(): ReadonlyMap<string, Effect> {
    return this.#effects ?? nothing;
  }

  /** By variable that another function or the module declares: what is written to it. */
  get cellEffects(): ReadonlyMap<number, CellEffect> {
    return this.#cellEffects ?? nothing;
  }

  /** Records that this function creates another, with what is proven about the captured variables here. */
  create(func: number, proven: ProvenCells): void {
    this.#created ??= new Map();
    const before = this.#created.get(func);
    if (!before) this.#order.push(func);
    this.#created.set(func, before ? bothProven(before, proven) : proven);
  }

  setEffect(where: string, effect: Effect): void {
    this.#effects ??= new Map();
    this.#effects.set(where, effect);
  }

  setCellEffect(effect: CellEffect): void {
    this.#cellEffects ??= new Map();
    this.#cellEffects.set(effect.cell, effect);
  }

  /**
   * Takes a snapshot. Copies the maps, which are small. Keeps only the lengths of the lists, because a function may
   * have many loops, each with a snapshot.
   */
  mark(): Mark {
    const { sinks, effects, cellEffects, sites, callbacks, returns, returned } = this;
    return {
      sinks: sinks && copied(sinks),
      effects: effects.size > 0 ? new Map(effects) : undefined,
      cellEffects: cellEffects.size > 0 ? new Map(cellEffects) : undefined,
      sites: sites.length,
      created: this.#order.length,
      callbacks: callbacks.length,
      returns: returns.length,
      returned,
    };
  }

  /**
   * Drops what was found since the mark. A function that was also created before the mark stays, with what is proven at
   * all places that create it.
   */
  goBackTo(mark: Mark): void {
    this.sinks = mark.sinks && copied(mark.sinks);
    this.#effects = mark.effects && new Map(mark.effects);
    this.#cellEffects = mark.cellEffects && new Map(mark.cellEffects);
    this.sites.length = mark.sites;
    while (this.#order.length > mark.created) this.#created?.delete(this.#order.pop() as number);
    this.callbacks.length = mark.callbacks;
    this.returns.length = mark.returns;
    this.returned = mark.returned;
  }
}

function copied(sinks: SinkUses): SinkUses {
  return new Map([...sinks].map(([origin, uses]) => [origin, [...uses]]));
}

/** What is proven at both places. */
function bothProven(a: ProvenCells, b: ProvenCells): ProvenCells {
  return new Map([...a].map(([cell, clean]) => [cell, clean.intersect(b.get(cell) ?? noKinds)]));
}
