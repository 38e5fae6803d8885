import type { Finding } from '../../finding/finding.ts';
import type { Notice, Suppressed } from '../../finding/report.ts';

/** The result of a scan. */
export interface ScanResult {
  /** Without findings that a comment suppresses. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** What was not parsed, and which bounds were reached. Does not include `Project.notices`. */
  readonly notices: readonly Notice[];
  readonly files: number;
  readonly lines: number;
}
