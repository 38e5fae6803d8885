import type { Check } from '../../check/check.ts';
import { check as endOfLife } from './end-of-life/check.ts';
import { check as knownVulnerabilities } from './known-vulnerabilities/check.ts';
import { supplyChainChecks } from './supply-chain.ts';

/** What lock files say of the packages that the project installs. */
export const dependencyChecks: readonly Check[] = [knownVulnerabilities, endOfLife, ...supplyChainChecks];
