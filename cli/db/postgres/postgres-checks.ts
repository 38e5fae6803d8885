import { functionChecks } from './function-checks.ts';
import { objectChecks } from './object-checks.ts';
import { policyChecks } from './policy-checks.ts';
import type { PostgresCheck } from './postgres-check.ts';
import { roleChecks } from './role-checks.ts';
import { serverChecks } from './server-checks.ts';

/** All that is looked for in PostgreSQL. */
export const postgresChecks: readonly PostgresCheck[] = [
  ...roleChecks,
  ...objectChecks,
  ...policyChecks,
  ...functionChecks,
  ...serverChecks,
];
