import type { Constant } from '../../ir/ir.ts';
import type { Abstract } from './abstract.ts';
import type { Taint } from './taint.ts';

/** Whether two abstract values are equal. The traces of their taints are not compared. */
export function same(a: Abstract, b: Abstract): boolean {
  if (a === b) return true;
  if (a.shape !== b.shape || a.textTemplate !== b.textTemplate || a.length !== b.length) return false;
  if (a.taints.length !== b.taints.length || a.fields?.size !== b.fields?.size || !a.rest !== !b.rest)
    return false;
  if (a.consts !== b.consts && !(a.consts && b.consts && sameConsts(a.consts, b.consts))) return false;
  if (a.taints !== b.taints && !sameTaints(a.taints, b.taints)) return false;
  if (a.rest && b.rest && !same(a.rest, b.rest)) return false;
  if (!a.fields || a.fields === b.fields) return true;
  for (const [name, field] of a.fields) {
    const other = b.fields?.get(name);
    if (!other || !same(field, other)) return false;
  }
  return true;
}

function sameConsts(a: readonly Constant[], b: readonly Constant[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/** Expects lists of the same length. */
function sameTaints(a: readonly Taint[], b: readonly Taint[]): boolean {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as Taint, b[i] as Taint];
    if (x === y) continue;
    if (x.origin !== y.origin || x.clean !== y.clean || x.exact !== y.exact || x.weak !== y.weak)
      return false;
  }
  return true;
}
