import type { Func, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';

const stored = /^(href|src|location|action|formAction|innerHTML)$/;
const opening =
  /^(open|navigate|navigateTo|redirect|assign|goto|openExternal|loadURL|setAttribute|fetch|axios)$/;
const routing = /^(push|replace)$/;

/** Whether a function opens a URL or writes one into a page. Where links are only collected, an incomplete check is harmless. */
export const isFollowed: (func: Func) => boolean = memoized((func) =>
  func.code.some((inst) => {
    if (inst.op === 'store') return stored.test(inst.name) && !isOwn(func, inst.name, inst.value);
    if (inst.op !== 'call') return false;
    const callee = func.code[inst.callee];
    if (callee?.op === 'global' || callee?.op === 'import') return opening.test(callee.name);
    if (callee?.op !== 'member') return false;
    if (opening.test(callee.name)) return true;
    const owner = func.code[callee.object];
    return (
      routing.test(callee.name) &&
      (owner?.op === 'global' || owner?.op === 'member') &&
      /^(location|history|router)$/i.test(owner.name)
    );
  }),
);

/** Whether a store writes a field back after a method call on it: `link.href.trim()`. */
function isOwn(func: Func, name: string, value: ValueId): boolean {
  const inst = func.code[value];
  const of = inst?.op === 'effect' ? func.code[inst.value] : undefined;
  return of?.op === 'member' && of.name === name;
}
