import type { State } from './api.ts';
import type { Trait } from './traits.ts';

/** The empty set of traits, shared by all states that have none. */
export const noTraits: ReadonlySet<Trait> = new Set();

/** Whether at least one of the states has a trait. */
export function hasTrait(states: readonly State[], trait: Trait): boolean {
  for (const state of states) if (state.traits.has(trait)) return true;
  return false;
}

/** Whether at least one of the states belongs to a type or package of the models. */
export function isOfType(states: readonly State[], type: string): boolean {
  for (const state of states) if (state.type === type) return true;
  return false;
}

/** Adds a trait to a state. With `isDeep`, also adds it to all states that its own transitions lead to. */
export function addTrait(states: readonly State[], state: State, trait: Trait, isDeep: boolean): void {
  const below = [state];
  for (let one = below.pop(); one; one = below.pop()) {
    one.traits = new Set([...one.traits, trait]);
    if (!isDeep) return;
    for (const id of stepsOf(one)) {
      const next = states[id];
      if (next) below.push(next);
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
