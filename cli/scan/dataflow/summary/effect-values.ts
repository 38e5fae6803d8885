import { type Abstract, abstract, isOfNobody, withTaints } from '../domain/abstract.ts';
import type { Taint } from '../domain/taint.ts';

/** At most so many effects on each kind of place are told to the callers of a function. */
export const maxEffects = 24;

/** A value without what only the callers of a function know. */
export function concrete(value: Abstract): Abstract {
  if (isOfNobody(value)) return value;
  const taints = value.taints.filter(isOfSource);
  const kept = taints.length === value.taints.length ? value.taints : taints;
  if (!value.fields && !value.rest) return withTaints(value, kept);
  const fields = value.fields && new Map([...value.fields].map(([name, field]) => [name, concrete(field)]));
  const { consts, shape, length, skeleton } = value;
  return abstract(consts, kept, fields, value.rest && concrete(value.rest), shape, length, skeleton);
}

function isOfSource({ origin }: Taint): boolean {
  return origin.kind === 'source';
}

/** Storing what nobody knows anything of changes nothing that is known. */
export function tellsNothing(value: Abstract): boolean {
  return value.taints.length === 0 && !value.consts && !value.fields && !value.rest;
}
