import type { Finding, Place, RuleInfo } from './finding.ts';

/** What a writer turns into text: all that a run has found, and what it has to say beside it. */
export interface Report {
  /** The version of this program. */
  readonly version: string;
  readonly findings: readonly Finding[];
  /** What was looked for; the rule of every finding is among them. */
  readonly rules: readonly RuleInfo[];
  readonly notices: readonly Notice[];
  /** Findings that are known and accepted. */
  readonly suppressed: readonly Suppressed[];
  /** The text of a scanned file. */
  readonly sources: (path: string) => string | undefined;
  readonly scanned: { readonly files: number; readonly lines: number };
}

/** What one should know of a run, and is no finding: a file that could not be read, a budget that cut. */
export interface Notice {
  /** `scan/unparsable` */
  readonly code: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly place?: Place;
}

export interface Suppressed {
  readonly finding: Finding;
  /** `comment`: one in the code; `baseline`: it was there before. */
  readonly by: 'comment' | 'baseline';
  readonly reason: string;
}

/** Writes a report. The same report gives the same bytes. */
export type Writer = (report: Report, options: WriterOptions) => string;

export interface WriterOptions {
  /** Escape sequences for a terminal; only `text` has any. */
  readonly color: boolean;
}
