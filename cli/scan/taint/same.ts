import type { Abstract } from './abstract.ts';
import type { Taint } from './taint.ts';

/** Whether two values are known to be the same things. */
export function same(a: Abstract, b: Abstract): boolean {
  if (a === b) return true;
  if (a.shape !== b.shape || a.skeleton !== b.skeleton || a.length !== b.length) return false;
  if (a.taints.length !== b.taints.length || a.fields?.size !== b.fields?.size || !a.rest !== !b.rest)
    return false;
  if (a.consts?.length !== b.consts?.length || a.consts?.some((value, i) => !Object.is(value, b.consts?.[i])))
    return false;
  if (a.taints.some((taint, i) => !sameTaint(taint, b.taints[i]))) return false;
  if (a.rest && b.rest && !same(a.rest, b.rest)) return false;
  for (const [name, field] of a.fields ?? []) {
    const other = b.fields?.get(name);
    if (!other || !same(field, other)) return false;
  }
  return true;
}

function sameTaint(a: Taint, b: Taint | undefined): boolean {
  return (
    a === b || (a.origin === b?.origin && a.clean === b.clean && a.exact === b.exact && a.weak === b.weak)
  );
}
