import type { Check } from '../../check/check.ts';
import { check as staticAnalysis } from './static-analysis/check.ts';

/** What is known of how the project is developed: CI, dependencies, tests. */
export const processChecks: readonly Check[] = [staticAnalysis];
