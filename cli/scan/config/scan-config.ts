import type { Confidence, Severity } from '../../finding/finding.ts';

/** What `scan` in `bulwark.config` says, with what counts where it says nothing. */
export interface ScanConfig {
  /** Rules that are looked for, by id or `area/*`; all where empty. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** The least that is reported. */
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Patterns as in `.gitignore`, from the root of the scan. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly tests: 'skip' | 'scan';
  /** Files, as absolute paths. */
  readonly models: readonly string[];
  /** A file, as an absolute path. */
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
  models: [],
  baseline: undefined,
});
