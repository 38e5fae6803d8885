import type { Check } from '../../check/check.ts';
import { check as dependencyScan } from './dependency-scan/check.ts';
import { check as locked } from './locked/check.ts';
import { check as pinnedActions } from './pinned-actions/check.ts';
import { check as staticAnalysis } from './static-analysis/check.ts';

/** What is known of how the project is developed: CI, dependencies, tests. */
export const processChecks: readonly Check[] = [staticAnalysis, dependencyScan, locked, pinnedActions];
