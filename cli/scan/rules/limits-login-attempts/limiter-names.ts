import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Inst } from '../../ir/ir.ts';

/** Names of limiters. */
export const limiterNames: RegExp = /limit|throttl|brute|slow|attempts|lockout|captcha/i;

/** Whether a name is that of a limiter, or of a function that makes one. */
export function isLimiterName(inst: Inst | undefined): boolean {
  return limiterNames.test(nameOfCallee(inst));
}
