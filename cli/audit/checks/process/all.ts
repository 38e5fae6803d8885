import type { Check } from '../../check/check.ts';
import { check as dependencyScan } from './dependency-scan/check.ts';
import { check as incidentPlan } from './incident-plan/check.ts';
import { check as locked } from './locked/check.ts';
import { check as pinnedActions } from './pinned-actions/check.ts';
import { check as securityTests } from './security-tests/check.ts';
import { check as staticAnalysis } from './static-analysis/check.ts';
import { check as workflows } from './workflows/check.ts';

/** What is known of how the project is developed: CI, dependencies, tests. */
export const processChecks: readonly Check[] = [
  staticAnalysis,
  workflows,
  dependencyScan,
  locked,
  pinnedActions,
  securityTests,
  incidentPlan,
];
