import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Inst } from '../../ir/ir.ts';

/** What limits is called so. */
export const limiterNames: RegExp = /limit|throttl|brute|slow|attempts|lockout|captcha/i;

/** Whether what has this name limits, or makes what does. */
export function isLimiterName(inst: Inst | undefined): boolean {
  return limiterNames.test(nameOfCallee(inst));
}
