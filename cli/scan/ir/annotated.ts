import type { Func, Inst, ValueId } from './ir.ts';

const wrappers: ReadonlySet<string> = new Set(['Annotated', 'Optional']);

/** What stands in the brackets of `Annotated[str, Query(...)]` where that is a value: the type, and what is said of it. */
export function annotatedParts(
  { code }: Func,
  { object, key }: Inst & { readonly op: 'index' },
): readonly ValueId[] | undefined {
  if (!wrappers.has(nameRead(code[object]) ?? '')) return undefined;
  const parts = code[key];
  return parts?.op === 'list' ? parts.items : [key];
}

/** The name by which a value is read, if it is one of another module or of nobody. */
export function nameRead(inst: Inst | undefined): string | undefined {
  return inst?.op === 'import' || inst?.op === 'member' || inst?.op === 'global' ? inst.name : undefined;
}
