export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** Untrusted data, or a policy, said no. Thrown as a `Refusal`, and written as an event. */
export interface RefusalEntry {
  readonly kind: 'refusal';
  /** The HTTP status an adapter answers with. */
  readonly status: number;
  readonly severity: Severity;
  /** The number in https://cwe.mitre.org/data/definitions/N.html. */
  readonly cwe: number;
  /** The category of the OWASP Top 10 of 2025, such as `A05:2025`. */
  readonly owasp: string;
  /** Only such a code can be reported instead of enforced, and only until a date. */
  readonly reportable?: true;
  /** What happened and why, in full sentences. Never holds anything that an attacker sent. */
  readonly message: string;
  /** What the developer does next. */
  readonly hint: string;
}

/** Something was set aside, and the request went on. Never thrown; written as an event. */
export interface NoticeEntry extends Omit<RefusalEntry, 'kind' | 'status' | 'reportable'> {
  readonly kind: 'notice';
}

/** The programmer's mistake. Thrown as a `Misuse`, at set-up or at the first use of a call site. */
export interface MisuseEntry {
  readonly kind: 'misuse';
  readonly message: string;
  readonly hint: string;
}

export type CodeEntry = RefusalEntry | NoticeEntry | MisuseEntry;
export type Codes = Readonly<Record<string, CodeEntry>>;
