import { type Abstract, withTaints } from './abstract.ts';

/** At most so many effects on each kind of place are told to the callers of a function. */
export const maxEffects = 24;

/** A value without what only the callers of a function know. */
export function concrete(value: Abstract): Abstract {
  const taints = value.taints.filter((taint) => taint.origin.kind === 'source');
  const fields = value.fields && new Map([...value.fields].map(([name, field]) => [name, concrete(field)]));
  return {
    ...withTaints(value, taints.length === value.taints.length ? value.taints : taints),
    fields,
    rest: value.rest && concrete(value.rest),
  };
}

/** Storing what nobody knows anything of changes nothing that is known. */
export function tellsNothing(value: Abstract): boolean {
  return value.taints.length === 0 && !value.consts && !value.fields && !value.rest;
}
