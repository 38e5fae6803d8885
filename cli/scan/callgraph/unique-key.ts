import type { Func, Inst } from '../ir/ir.ts';
import { uniqueKeys as javascriptKeys } from '../libraries/javascript/database/unique-keys.ts';
import { uniqueKeys as pythonKeys } from '../libraries/python/database/unique-keys.ts';

const uniqueKeys: ReadonlySet<string> = new Set([...javascriptKeys, ...pythonKeys]);

/** Their last name parts, to reject most calls early. */
const names: ReadonlySet<string> = new Set([...uniqueKeys].map((key) => key.slice(key.lastIndexOf('.') + 1)));

/**
 * Whether a call of `callee` makes a key that equals only itself: `Symbol('name')`, `object()`, `new InjectionToken('name')`,
 * `web.AppKey("name")`.
 */
export function makesUniqueKey({ code }: Func, callee: Inst): boolean {
  if (callee.op === 'global') return callee.name === 'Symbol' || callee.name === 'object';
  if ((callee.op !== 'import' && callee.op !== 'member') || !names.has(callee.name)) return false;
  if (callee.op === 'import') return uniqueKeys.has(`${callee.specifier}.${callee.name}`);
  const module = code[callee.object];
  if (module?.op !== 'import') return false;
  const path = module.name === '*' ? module.specifier : `${module.specifier}.${module.name}`;
  return uniqueKeys.has(`${path}.${callee.name}`);
}
