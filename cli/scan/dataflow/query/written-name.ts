import type { ValueId } from '../../ir/ir.ts';
import type { FunctionView } from '../view/function-view.ts';

/** The name of the variable, member, import or function that a value is read from. Empty if there is none. */
export function writtenName(
  { func, linked, info }: Pick<FunctionView, 'func' | 'linked' | 'info'>,
  value: ValueId,
): string {
  const module = linked.program.modules[info.module];
  const inst = func.code[value];
  switch (inst?.op) {
    case 'member':
    case 'global':
    case 'import':
      return inst.name;
    case 'cell-load':
      return module?.cells[inst.cell]?.name ?? '';
    case 'func':
      return module?.functions[inst.func]?.name ?? '';
    default:
      return '';
  }
}
