import type { Check } from './check/check.ts';

/** Every check of the audit, by group. */
export const allChecks: readonly Check[] = [];
