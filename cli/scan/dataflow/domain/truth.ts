import type { Abstract } from './abstract.ts';

/** Whether a value is certainly truthy (true) or certainly falsy (false). Undefined if it may be either. */
export function truthOf(value: Abstract | undefined): boolean | undefined {
  if (!value?.consts) return undefined;
  const truths = new Set(value.consts.map((one) => Boolean(one)));
  return truths.size === 1 ? [...truths][0] : undefined;
}
