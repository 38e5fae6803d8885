import type { Call, ValueId } from '../ir/ir.ts';
import { type Check, none } from './check.ts';
import type { Frame } from './frame.ts';
import { kinds } from './kinds.ts';

/** What a program throws to be answered is an answer by itself, and no description of what went wrong. */
const answered = kinds('leak');

/** `isResponse(thrown)`, `isRouteErrorResponse(thrown)`. */
export function answerChecks(frame: Frame, { callee, args }: Call, isTrue: boolean): readonly Check[] {
  const [first] = args;
  return isTrue && first !== undefined && /^is(?:[A-Z]\w*)?Response$/.test(nameOf(frame, callee))
    ? [{ value: first, clean: answered }]
    : none;
}

/** `thrown instanceof Response` */
export function answerTypeChecks(frame: Frame, value: ValueId, type: ValueId): readonly Check[] {
  return /Response$/.test(nameOf(frame, type)) ? [{ value, clean: answered }] : none;
}

function nameOf({ func, linked, info }: Frame, value: ValueId): string {
  const inst = func.code[value];
  switch (inst?.op) {
    case 'global':
    case 'member':
    case 'import':
      return inst.name;
    case 'cell-load':
      return linked.program.modules[info.module]?.cells[inst.cell]?.name ?? '';
    case 'func':
      return linked.program.modules[info.module]?.functions[inst.func]?.name ?? '';
    default:
      return '';
  }
}
