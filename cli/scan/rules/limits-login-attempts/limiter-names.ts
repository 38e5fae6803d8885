import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Inst } from '../../ir/ir.ts';

/** Matches names that suggest a limiter, such as `loginThrottle`. */
export const limiterNames: RegExp = /limit|throttl|brute|slow|attempts|lockout|captcha/i;

/** Whether a callee has the name of a limiter, or of a function that makes one. */
export function isLimiterName(inst: Inst | undefined): boolean {
  return limiterNames.test(nameOfCallee(inst));
}
