import type { Check } from '../../check/check.ts';
import { check as deprecated } from './deprecated/check.ts';
import { check as installScripts } from './install-scripts/check.ts';
import { check as lockIntegrity } from './lock-integrity/check.ts';
import { check as lockMatches } from './lock-matches/check.ts';
import { check as lockSources } from './lock-sources/check.ts';
import { check as lookAlikeNames } from './look-alike-names/check.ts';
import { check as outsideSources } from './outside-sources/check.ts';
import { check as releaseAge } from './release-age/check.ts';

/** What lock files say of where packages come from. */
export const supplyChainChecks: readonly Check[] = [
  lockSources,
  lockIntegrity,
  lockMatches,
  outsideSources,
  installScripts,
  releaseAge,
  lookAlikeNames,
  deprecated,
];
