import type { Check } from './check/check.ts';
import { codeChecks } from './checks/code/all.ts';
import { dependencyChecks } from './checks/dependencies/all.ts';
import { djangoChecks } from './checks/django/all.ts';
import { liveChecks } from './checks/live/all.ts';
import { nodeChecks } from './checks/node/all.ts';
import { processChecks } from './checks/process/all.ts';
import { pythonChecks } from './checks/python/all.ts';
import { secretsChecks } from './checks/secrets/all.ts';
import { serverChecks } from './checks/server/all.ts';

/** Every check of the audit, by group. */
export const allChecks: readonly Check[] = [
  ...codeChecks,
  ...dependencyChecks,
  ...djangoChecks,
  ...liveChecks,
  ...nodeChecks,
  ...processChecks,
  ...pythonChecks,
  ...secretsChecks,
  ...serverChecks,
];
