import type { RuleInfo } from '../finding/finding.ts';
import type { PartResult, ViewPart } from './incremental/scan-part.ts';
import type { Project } from './project/project.ts';
import type { ScanResult } from './report/scan-result.ts';

/** The engine, as the command calls it. */
export interface ScanEngine {
  /** All rules that there are, those about suppressions among them. */
  readonly rules: readonly RuleInfo[];
  readonly scan: (options: ScanOptions) => Promise<ScanResult>;
}

export interface ScanOptions {
  readonly project: Project;
  /** Whether a rule is looked for, by `--only`, `--skip` and the configuration. */
  readonly wants: (rule: string) => boolean;
  /** Paths of the user's own models, absolute. */
  readonly models: readonly string[];
  /** `2027-01-31`: from the day after a suppression's date on, it does not count. */
  readonly today: string;
  readonly progress: (done: number, total: number) => void;
  /** Looks at each part once its analysis has ended. Parts that a cache knows are not looked at. */
  readonly view?: ViewPart;
  /** Is given what comes of each part. */
  readonly onPart?: (result: PartResult) => void;
}
