import type { State } from './api.ts';
import type { Trait } from './traits.ts';

/** The empty set of traits. Most states have no traits, and share this set. */
export const noTraits: ReadonlySet<Trait> = new Set();

/** Whether one of the states has a trait. */
export function hasTrait(states: readonly State[], trait: Trait): boolean {
  for (const state of states) if (state.traits.has(trait)) return true;
  return false;
}

/** Whether one of the states stands for the type or package of this name. */
export function isOfType(states: readonly State[], type: string): boolean {
  for (const state of states) if (state.type === type) return true;
  return false;
}

/** Adds a trait to a state. With `isDeep`, also adds it to every state that can be reached from that state. */
export function addTrait(states: readonly State[], state: State, trait: Trait, isDeep: boolean): void {
  // A set that grows while it is walked. Steps may lead back, as where a method returns its receiver.
  const reached = new Set([state]);
  for (const one of reached) {
    if (!one.traits.has(trait)) one.traits = new Set([...one.traits, trait]);
    if (!isDeep) return;
    for (const id of stepsOf(one)) {
      const next = states[id];
      if (next) reached.add(next);
    }
  }
}

function stepsOf({ members, anyMember, returns, instance, args, params }: State): readonly number[] {
  return [
    ...[...members.values()].flat(),
    ...anyMember,
    ...returns,
    ...instance,
    ...args.flatMap(({ to }) => to),
    ...params.flatMap(({ to }) => to),
  ];
}
