/**
 * What a browser says that a policy stopped, or would have. Every string is bounded and free of control characters; what
 * it says may still be a lie, since anybody can send a report.
 */
export interface CspViolation {
  /** The directive that said no, such as `script-src-elem`. */
  readonly directive: string;
  /** `inline`, `eval`, `trusted-types-sink` and the like; a scheme such as `data:`; or origin and path. */
  readonly blocked: string;
  /** The page, as origin and path. */
  readonly document: string;
  /** Whether it was stopped, or only reported. */
  readonly disposition: 'enforce' | 'report';
  /** The script or page that did it, as origin and path. */
  readonly source?: string;
  readonly line?: number;
  /** The first 40 characters of what is inline, where the policy asks for them with `'report-sample'`. */
  readonly sample?: string;
}
