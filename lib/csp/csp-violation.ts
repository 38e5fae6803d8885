/**
 * A browser's report of what a policy blocked, or would have blocked. Every string is bounded and has no control characters. The
 * content may still be false, because anyone can send a report.
 */
export interface CspViolation {
  /** The directive that was violated, such as `script-src-elem`. */
  readonly directive: string;
  /** A keyword such as `inline`, `eval` or `trusted-types-sink`; a scheme such as `data:`; or origin and path. */
  readonly blocked: string;
  /** The page, as origin and path. */
  readonly document: string;
  /** Whether it was blocked, or only reported. */
  readonly disposition: 'enforce' | 'report';
  /** The script or page that caused it, as origin and path. */
  readonly source?: string;
  readonly line?: number;
  /** The first 40 characters of inline code, if the policy asks for them with `'report-sample'`. */
  readonly sample?: string;
}
