import type { Func, Inst, ValueId } from './ir.ts';

const wrappers: ReadonlySet<string> = new Set(['Annotated', 'Optional']);

/**
 * The arguments of a subscript of `Annotated` or `Optional`: `Annotated[str, Query()]` -> `str`, `Query()`, and
 * `Optional[str]` -> `str`. Undefined for any other subscript.
 */
export function annotatedParts(
  { code }: Func,
  { object, key }: Inst & { readonly op: 'index' },
): readonly ValueId[] | undefined {
  if (!wrappers.has(nameRead(code[object]) ?? '')) return undefined;
  const parts = code[key];
  return parts?.op === 'list' ? parts.items : [key];
}

/** The name that an import, a member access or a read of a global contains. Undefined for other instructions. */
export function nameRead(inst: Inst | undefined): string | undefined {
  return inst?.op === 'import' || inst?.op === 'member' || inst?.op === 'global' ? inst.name : undefined;
}
