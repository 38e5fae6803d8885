import type { Use } from '../kit/use.ts';
import { conditionTests } from '../kit/value/condition-names.ts';
import { plain, type Replacement } from './replacement.ts';

const asking = /^(startsWith|endsWith|startswith|endswith|charAt|at|charCodeAt|test|match|lastIndexOf)$/;

/**
 * Whether an `if` around a replacement tests where in the text the replaced character is:
 * `if (s.startsWith('"')) s = s.replace('"', '')`.
 */
export function isTestedBefore(use: Use, one: Replacement): boolean {
  const { frame } = use;
  const subject = plain(use, one.subject);
  return conditionTests(frame.func, one.value).some((test) => {
    const queue = [test];
    for (let steps = 0; steps < 30; steps++) {
      const at = queue.pop();
      if (at === undefined) return false;
      const inst = frame.inst(plain(use, at));
      if (inst.op === 'call') {
        const callee = frame.inst(inst.callee);
        if (callee.op !== 'member' || !asking.test(callee.name)) continue;
        if ([callee.object, ...inst.args].some((value) => plain(use, value) === subject)) return true;
      } else if (inst.op === 'index') {
        if (plain(use, inst.object) === subject) return true;
      } else if (inst.op === 'binary') queue.push(inst.left, inst.right);
      else if (inst.op === 'unary') queue.push(inst.value);
      else if (inst.op === 'phi') queue.push(...inst.inputs);
    }
    return false;
  });
}
