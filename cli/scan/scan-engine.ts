import type { RuleInfo } from '../finding/finding.ts';
import type { PartResult, ViewPart } from './incremental/scan-part.ts';
import type { Project } from './project/project.ts';
import type { ScanResult } from './report/scan-result.ts';

/** The scanner, as the command calls it. */
export interface ScanEngine {
  /** All rules, including those about suppressions. */
  readonly rules: readonly RuleInfo[];
  readonly scan: (options: ScanOptions) => Promise<ScanResult>;
}

export interface ScanOptions {
  readonly project: Project;
  /** Whether a rule is enabled, by `--only`, `--skip` and the configuration. */
  readonly wants: (rule: string) => boolean;
  /** Absolute paths of the user's own models. */
  readonly models: readonly string[];
  /** Such as `2027-01-31`. A suppression expires on the day after its date. */
  readonly today: string;
  readonly progress: (done: number, total: number) => void;
  /** Reads the analysis of each part after its end. Not called for parts whose result is cached. */
  readonly view?: ViewPart;
  /** Called with the result of each part. */
  readonly onPart?: (result: PartResult) => void;
}
