import type { NoticeCode, RefusalCode, Severity } from '../refusal/codes.ts';

export type Evidence = Readonly<Record<string, string | number | boolean | null>>;

/**
 * What a guard reports: one refusal, or `count` identical ones.
 *
 * Every string in it is bounded, redacted and free of control characters, so that a sink may print it as it is.
 */
export interface SecurityEvent {
  readonly id: string;
  /** When it first happened: ISO 8601, UTC, milliseconds. */
  readonly time: string;
  /** The guard: the code's area, such as `fetch`. */
  readonly guard: string;
  readonly code: RefusalCode | NoticeCode;
  /** `blocked`: stopped or set aside. `reported`: let through, in report mode. */
  readonly action: 'blocked' | 'reported';
  readonly severity: Severity;
  readonly cwe: number;
  readonly owasp: string;
  /** How many identical ones this event stands for beyond those already written under the same `id`. */
  readonly count: number;
  readonly request?: {
    readonly id: string;
    readonly method?: string;
    readonly route?: string;
    readonly client?: string;
    readonly user?: string;
  };
  readonly evidence: Evidence;
}
