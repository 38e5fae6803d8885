/** What scan, attack and audit report: one shape for all, so that one set of writers prints it. */
export interface Finding {
  /** `sql/injection`: a rule's id. */
  readonly rule: string;
  readonly severity: Severity;
  /** How sure it is that this is a hole; apart from how bad it would be. */
  readonly confidence: Confidence;
  /** One sentence: what reaches what. */
  readonly message: string;
  /** What to do instead, in a sentence or two. */
  readonly advice: string;
  readonly place: Place;
  /** The way of the data, its source first, its sink last. Empty where no data flows. */
  readonly steps: readonly Step[];
  /** How data of other sources gets to the same place. */
  readonly otherWays?: readonly (readonly Step[])[];
  /** What the data reaches, by the name that the models have for it (`dbapi.Cursor.execute`). For fixes; no report shows it. */
  readonly sink?: string;
}

/** All ways of a finding's data, the one that is shown first. */
export function waysOf({ steps, otherWays = [] }: Finding): readonly (readonly Step[])[] {
  return steps.length === 0 ? [] : [steps, ...otherWays];
}

export interface Step {
  readonly place: Place;
  /** `comes from the query string`, `is passed to search()`. */
  readonly message: string;
}

/** A range of a file's text. Lines and columns start at 1; columns count UTF-16 units; the end is exclusive. */
export interface Place {
  /** Relative to the root of the scan, with `/`. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export type Severity = 'critical' | 'high' | 'medium' | 'low';
export type Confidence = 'high' | 'medium' | 'low';

/** What a finding's rule says of itself, for reports. */
export interface RuleInfo {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly cwe: readonly number[];
  /** `A05:2025 Injection` */
  readonly owasp: string;
  /** Advice rather than a vulnerability: a scan sums such findings up by default. */
  readonly isHardening?: boolean;
  /** The rule's page, as Markdown. */
  readonly page: string;
}
