import type { Abstract } from './abstract.ts';

/** Whether a value is certainly true, or certainly false, in a condition. */
export function truthOf(value: Abstract | undefined): boolean | undefined {
  if (!value?.consts) return undefined;
  const truths = new Set(value.consts.map((one) => Boolean(one)));
  return truths.size === 1 ? [...truths][0] : undefined;
}
