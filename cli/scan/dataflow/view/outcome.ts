import type { ValueId } from '../../ir/ir.ts';
import type { Abstract } from '../domain/abstract.ts';
import type { Facts } from '../domain/facts.ts';
import { noKinds } from '../domain/kinds.ts';
import type { CallSite, ProvenCells } from './call-site.ts';
import type { SinkUses } from './sink-uses.ts';
import type { Callback, CellEffect, Effect } from './summary.ts';

/** At most so many calls of its arguments are part of a function's summary. */
export const maxCallbacks = 24;

/** What had come out of a function at some place. */
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

/** A way out of a function: what it returns there, and what was proven on that way. */
export interface Return {
  readonly value: ValueId;
  readonly facts: Facts | undefined;
}

/** Stands for what is still empty, as most functions bring nothing of most kinds. */
const nothing: ReadonlyMap<never, never> = new Map<never, never>();

/** What comes out of a function, of that of it which was gone through. */
export class Outcome {
  /** What is passed on to sinks, by where it comes from. */
  sinks: SinkUses | undefined;
  /** Calls of the project's own functions. */
  readonly sites: CallSite[] = [];
  readonly callbacks: Callback[] = [];
  readonly returns: Return[] = [];
  returned: Abstract | undefined;
  #created: Map<number, ProvenCells> | undefined;
  /** Those that are created, in the order in which they were first. */
  readonly #order: number[] = [];
  #effects: Map<string, Effect> | undefined;
  #cellEffects: Map<number, CellEffect> | undefined;

  /** Functions that are created here, and see the variables of this one: what was proven of those by then. */
  get created(): ReadonlyMap<number, ProvenCells> {
    return this.#created ?? nothing;
  }

  /** What it stores in what it was given, by where. */
  get effects(): ReadonlyMap<string, Effect> {
    return this.#effects ?? nothing;
  }

  /** What it stores in the variables of others. */
  get cellEffects(): ReadonlyMap<number, CellEffect> {
    return this.#cellEffects ?? nothing;
  }

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

  /** What is few is copied; of what can be many it is enough to know how many there were: a function may have many loops. */
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

  /** Forgets what came out since then. Of what was created before, and again since, it stays true what is proven both times. */
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

/** What is proven at both of two places. */
function bothProven(a: ProvenCells, b: ProvenCells): ProvenCells {
  return new Map([...a].map(([cell, clean]) => [cell, clean.intersect(b.get(cell) ?? noKinds)]));
}
