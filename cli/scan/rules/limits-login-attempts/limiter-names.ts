import type { Inst } from '../../ir/ir.ts';

/** What limits is called so. */
export const limiterNames: RegExp = /limit|throttl|brute|slow|attempts|lockout|captcha/i;

/** Whether what has this name limits, or makes what does. */
export function isLimiterName(inst: Inst | undefined): boolean {
  return limiterNames.test(nameOf(inst));
}

export function nameOf(inst: Inst | undefined): string {
  return inst?.op === 'member' || inst?.op === 'global' || inst?.op === 'import' ? inst.name : '';
}
