import type { Func, Inst } from '../ir/ir.ts';
import { uniqueKeys } from '../model/data/python/unique-keys.ts';

/** Whether a call of this makes a key that only it itself is equal to: `Symbol('name')`, `object()`, `web.AppKey("name")`. */
export function makesUniqueKey({ code }: Func, callee: Inst): boolean {
  if (callee.op === 'global') return callee.name === 'Symbol' || callee.name === 'object';
  if (callee.op === 'import') return uniqueKeys.has(`${callee.specifier}.${callee.name}`);
  const module = callee.op === 'member' ? code[callee.object] : undefined;
  if (callee.op !== 'member' || module?.op !== 'import') return false;
  const path = module.name === '*' ? module.specifier : `${module.specifier}.${module.name}`;
  return uniqueKeys.has(`${path}.${callee.name}`);
}
