import type { RuleInfo } from '../finding/finding.ts';
import type { PartResult, ViewPart } from './incremental/scan-part.ts';
import type { Project } from './project/project.ts';
import type { ScanResult } from './report/scan-result.ts';

/** The interface of the scanner, which `bulwark scan` calls. */
export interface ScanEngine {
  /** All rules, including those on suppression comments. */
  readonly rules: readonly RuleInfo[];
  readonly scan: (options: ScanOptions) => Promise<ScanResult>;
}

export interface ScanOptions {
  readonly project: Project;
  /** Whether a rule is enabled, by `--only`, `--skip` and the configuration. */
  readonly wants: (rule: string) => boolean;
  /** The absolute paths of files with the user's own models. */
  readonly models: readonly string[];
  /** Today's date: `2027-01-31`. A suppression expires on the day after its own date. */
  readonly today: string;
  /** Called repeatedly. `done`: how many files are finished so far. `total`: how many files there are. */
  readonly progress: (done: number, total: number) => void;
  /** Called after the analysis of each part. Its result is added to the part's `views`. Not called for cached parts. */
  readonly view?: ViewPart;
  /** Called with the result of each part, including cached parts. */
  readonly onPart?: (result: PartResult) => void;
}
