import { type Abstract, abstract, isUntainted, withTaints } from '../domain/abstract.ts';
import type { Taint } from '../domain/taint.ts';

/** A copy of a value without its symbolic taints, such as those of parameters. Only the callers can resolve these. */
export function concrete(value: Abstract): Abstract {
  if (isUntainted(value)) return value;
  const taints = value.taints.filter(isOfSource);
  const kept = taints.length === value.taints.length ? value.taints : taints;
  if (!value.fields && !value.rest) return withTaints(value, kept);
  const fields = value.fields && new Map([...value.fields].map(([name, field]) => [name, concrete(field)]));
  const { consts, shape, length, textTemplate: skeleton } = value;
  return abstract(consts, kept, fields, value.rest && concrete(value.rest), shape, length, skeleton);
}

function isOfSource({ origin }: Taint): boolean {
  return origin.kind === 'source';
}

/** Whether nothing is known of a value, so that storing it adds nothing. */
export function isUnknown(value: Abstract): boolean {
  return value.taints.length === 0 && !value.consts && !value.fields && !value.rest;
}
