import type { Confidence, Severity } from '../../finding/finding.ts';

/** The section `scan` of `bulwark.config`, with defaults filled in. */
export interface ScanConfig {
  /** Rules to run, by id or `area/*`; all if empty. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** Findings of a lower severity are not reported. */
  readonly severity: Severity;
  /** Findings of a lower confidence are not reported. */
  readonly confidence: Confidence;
  /**
   * The files to scan (all if empty), and the files to leave out. Patterns as in `.gitignore`, relative to the root of
   * the scan.
   */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly tests: 'skip' | 'scan';
  /** Whether each finding of hardening advice is reported (`show`), or only a summary of them (`sum`). */
  readonly hardening: 'sum' | 'show';
  /** The absolute paths of files with additional library models. */
  readonly models: readonly string[];
  /** The absolute path of the baseline file. Undefined if there is none. */
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
