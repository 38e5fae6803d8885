import type { Func, Inst } from '../ir/ir.ts';
import { uniqueKeys as javascriptKeys } from '../model/data/javascript/unique-keys.ts';
import { uniqueKeys as pythonKeys } from '../model/data/python/unique-keys.ts';

const uniqueKeys: ReadonlySet<string> = new Set([...javascriptKeys, ...pythonKeys]);

/** Whether a call of this makes a key that only it itself is equal to: `Symbol('name')`, `object()`, `new InjectionToken('name')`, `web.AppKey("name")`. */
export function makesUniqueKey({ code }: Func, callee: Inst): boolean {
  if (callee.op === 'global') return callee.name === 'Symbol' || callee.name === 'object';
  if (callee.op === 'import') return uniqueKeys.has(`${callee.specifier}.${callee.name}`);
  const module = callee.op === 'member' ? code[callee.object] : undefined;
  if (callee.op !== 'member' || module?.op !== 'import') return false;
  const path = module.name === '*' ? module.specifier : `${module.specifier}.${module.name}`;
  return uniqueKeys.has(`${path}.${callee.name}`);
}
