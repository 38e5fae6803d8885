/** From a hint to what gives an attacker the server. */
export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** A weakness as the tables describe it. Ids are permanent, because people silence findings by them. */
export interface Weakness {
  readonly id: string;
  readonly severity: Severity;
  /** The number of the CWE. */
  readonly cwe: number;
  readonly title: string;
  /** One sentence: what an attacker can do with it. */
  readonly why: string;
}

/** One place where a weakness is, and its fix there. */
export interface Place {
  /** Names only: never rows, never a password or its verifier. */
  readonly evidence: string;
  /** Statements, or lines of a comment where no statement can fix it. */
  readonly fix: readonly string[];
}

export interface Finding extends Weakness {
  readonly evidence: readonly string[];
  /** The number of places that `evidence` leaves out. */
  readonly more: number;
  readonly fix: readonly string[];
}

/** A check that did not run. `expected` if the role lacks the privilege, and --admin-url would have it. */
export interface Unread {
  readonly id: string;
  readonly reason: string;
  readonly expected: boolean;
}

export interface AuditResult {
  readonly server: string;
  readonly role: string;
  readonly database: string;
  readonly findings: readonly Finding[];
  readonly unread: readonly Unread[];
  /** The number of weaknesses that were checked for. */
  readonly checks: number;
}

/** The places of a check as one finding; undefined if there are none. `total` may be higher than the number of places that were read. */
export function findingOf(weakness: Weakness, places: readonly Place[], total: number): Finding | undefined {
  if (places.length === 0) return undefined;
  const { id, severity, cwe, title, why } = weakness;
  const fix = new Set(places.flatMap((place) => place.fix));
  const evidence = [...new Set(places.map((place) => place.evidence))];
  return {
    id,
    severity,
    cwe,
    title,
    why,
    evidence,
    more: Math.max(0, total - places.length),
    fix: [...fix],
  };
}

export function atLeast(severity: Severity, limit: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(limit);
}
