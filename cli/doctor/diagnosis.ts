export type Verdict = 'ok' | 'wrong' | 'unknown';

/** What the doctor says about one thing that users get wrong. */
export interface Diagnosis {
  /** Permanent, such as `proxies/hops`. */
  readonly id: string;
  readonly verdict: Verdict;
  /** One sentence. */
  readonly summary: string;
  /** What was seen, as it came: untrusted text. */
  readonly evidence: readonly string[];
  /** What follows if nothing is done. For `wrong` only. */
  readonly why?: string;
  /** The lines that fix it, of code or of the proxy's configuration. Never empty for `wrong`. */
  readonly mend: readonly string[];
}

export function ok(id: string, summary: string, evidence: readonly string[] = []): Diagnosis {
  return { id, verdict: 'ok', summary, evidence, mend: [] };
}

/** @param mend what would give a verdict */
export function unknown(
  id: string,
  summary: string,
  evidence: readonly string[] = [],
  mend: readonly string[] = [],
): Diagnosis {
  return { id, verdict: 'unknown', summary, evidence, mend };
}

export function wrong(
  id: string,
  summary: string,
  about: Omit<Diagnosis, 'id' | 'verdict' | 'summary'>,
): Diagnosis {
  return { id, verdict: 'wrong', summary, ...about };
}
