import type { Func, ValueId } from '../ir/ir.ts';

/** Whether a function returns an entry of a table, or the result of calling one: `return STEPS[kind]()`. */
export function readsTable(func: Func): boolean {
  return func.blocks.some(({ end }) => end.kind === 'return' && tableRead(func, end.value) !== undefined);
}

interface TableRead {
  readonly table: ValueId;
  readonly key: ValueId;
  /** The entry is called, without arguments. */
  readonly isCalled: boolean;
}

export function tableRead(func: Func, value: ValueId): TableRead | undefined {
  const inst = func.code[value];
  if (inst?.op === 'index') return { table: inst.object, key: inst.key, isCalled: false };
  const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
  return callee?.op === 'index' ? { table: callee.object, key: callee.key, isCalled: true } : undefined;
}
