import type { Func, ValueId } from '../ir/ir.ts';

/** Whether a function returns an entry of a table, or the result of calling one: `return STEPS[kind]()`. */
export function readsTable(func: Func): boolean {
  return func.blocks.some(({ end }) => end.kind === 'return' && tableRead(func, end.value) !== undefined);
}

interface TableRead {
  readonly table: ValueId;
  readonly key: ValueId;
  /** Whether the value is the result of calling the entry. The arguments of that call are not considered. */
  readonly isCalled: boolean;
}

/**
 * The read of a table entry behind a value: the value is the entry itself, `STEPS[kind]`, or the result of calling it,
 * `STEPS[kind]()`. Undefined for other values.
 */
export function tableRead(func: Func, value: ValueId): TableRead | undefined {
  const inst = func.code[value];
  if (inst?.op === 'index') return { table: inst.object, key: inst.key, isCalled: false };
  const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
  return callee?.op === 'index' ? { table: callee.object, key: callee.key, isCalled: true } : undefined;
}
