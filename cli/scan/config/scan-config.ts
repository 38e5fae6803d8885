import type { Confidence, Severity } from '../../finding/finding.ts';

/** The section `scan` of `bulwark.config`, with defaults filled in. */
export interface ScanConfig {
  /** Rules to run, by id or `area/*`; all if empty. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** The lowest severity and confidence that are reported. */
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Patterns as in `.gitignore`, relative to the root of the scan. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly tests: 'skip' | 'scan';
  /** Whether each finding of hardening advice is reported, or a summary of them. */
  readonly hardening: 'sum' | 'show';
  /** Absolute paths. */
  readonly models: readonly string[];
  /** An absolute path. */
  readonly baseline: string | undefined;
}

export const defaultConfig: ScanConfig = Object.freeze({
  only: [],
  skip: [],
  severity: 'low',
  confidence: 'medium',
  include: [],
  exclude: [],
  tests: 'skip',
  hardening: 'sum',
  models: [],
  baseline: undefined,
});
