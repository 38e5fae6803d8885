import type { Check } from '../../check/check.ts';
import { check as deprecated } from './deprecated/check.ts';
import { check as lockIntegrity } from './lock-integrity/check.ts';
import { check as lockSources } from './lock-sources/check.ts';

/** What lock files say of where packages come from. */
export const supplyChainChecks: readonly Check[] = [lockSources, lockIntegrity, deprecated];
