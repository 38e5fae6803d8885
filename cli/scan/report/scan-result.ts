import type { Finding } from '../../finding/finding.ts';
import type { Notice, Suppressed } from '../../finding/report.ts';

/** What a scan has found. */
export interface ScanResult {
  /** Without those that a comment suppresses. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** What was not parsed, which budgets cut. Those of the project need not be repeated. */
  readonly notices: readonly Notice[];
  readonly files: number;
  readonly lines: number;
}
