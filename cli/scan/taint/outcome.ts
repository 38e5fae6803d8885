import type { Abstract } from './abstract.ts';
import type { CallSite, ProvenCells } from './call-site.ts';
import type { Return } from './proofs.ts';
import type { SinkUses } from './sink-uses.ts';
import type { Callback, CellEffect, Effect } from './summary.ts';

/** What comes out of a function, of that of it which was gone through. */
export class Outcome {
  /** What is passed on to sinks, by where it comes from. */
  readonly sinks: SinkUses = new Map();
  /** Calls of the project's own functions. */
  readonly sites: CallSite[] = [];
  /** Functions that are created here, and see the variables of this one: what was proven of those by then. */
  readonly created: Map<number, ProvenCells> = new Map();
  readonly effects: Map<string, Effect> = new Map();
  readonly cellEffects: Map<number, CellEffect> = new Map();
  readonly callbacks: Callback[] = [];
  readonly returns: Return[] = [];
  returned: Abstract | undefined;

  copy(): Outcome {
    const copy = new Outcome();
    for (const [origin, uses] of this.sinks) copy.sinks.set(origin, [...uses]);
    for (const site of this.sites) copy.sites.push(site);
    for (const [func, proven] of this.created) copy.created.set(func, proven);
    for (const [key, effect] of this.effects) copy.effects.set(key, effect);
    for (const [cell, effect] of this.cellEffects) copy.cellEffects.set(cell, effect);
    for (const callback of this.callbacks) copy.callbacks.push(callback);
    for (const one of this.returns) copy.returns.push(one);
    copy.returned = this.returned;
    return copy;
  }
}
