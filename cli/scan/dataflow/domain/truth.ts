import type { Abstract } from './abstract.ts';

/** True if a value is certainly truthy, false if it is certainly falsy. Undefined if it may be either. */
export function truthOf(value: Abstract | undefined): boolean | undefined {
  if (!value?.consts) return undefined;
  const truths = new Set(value.consts.map((one) => Boolean(one)));
  return truths.size === 1 ? [...truths][0] : undefined;
}
