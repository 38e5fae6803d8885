import type { Inst } from '../../ir/ir.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * The qualified name of the library function that is called, if it is imported: `deque(names)` -> `collections.deque`.
 * Undefined for any other callee.
 */
export function libraryName(
  { linked, info, func }: Pick<FunctionView, 'linked' | 'info' | 'func'>,
  callee: Inst,
): string | undefined {
  const of = callee.op === 'member' ? func.code[callee.object] : callee;
  const name = callee.op === 'member' ? callee.name : undefined;
  if (of?.op !== 'import' || (name !== undefined && of.name !== '*')) return undefined;
  const imported = name ?? of.name;
  if (linked.cellOfImport(info.module, of.specifier, imported) !== undefined) return undefined;
  return `${of.specifier}.${imported}`;
}
