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
  /** Called repeatedly with the number of files that are done, and of all files. */
  readonly progress: (done: number, total: number) => void;
  /** Called after the analysis of each part. Its results are in `views` of the part. Not called for parts from the cache. */
  readonly view?: ViewPart;
  /** Called with the result of each part, also of those from the cache. */
  readonly onPart?: (result: PartResult) => void;
}
