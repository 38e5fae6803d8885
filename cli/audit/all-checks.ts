import type { Check } from './check/check.ts';
import { djangoChecks } from './checks/django/all.ts';
import { processChecks } from './checks/process/all.ts';

/** Every check of the audit, by group. */
export const allChecks: readonly Check[] = [...djangoChecks, ...processChecks];
