export type Verdict = 'ok' | 'wrong' | 'unknown';

/** The doctor's verdict on one common mistake. */
export interface Diagnosis {
  /** Permanent, such as `proxies/hops`. */
  readonly id: string;
  readonly verdict: Verdict;
  /** One sentence. */
  readonly summary: string;
  /** What was seen, unchanged: untrusted text. */
  readonly evidence: readonly string[];
  /** The consequence if nothing is done. For `wrong` only. */
  readonly why?: string;
  /** The lines that fix it, in the code or in the proxy's configuration. Never empty for `wrong`. */
  readonly fix: readonly string[];
}

export function ok(id: string, summary: string, evidence: readonly string[] = []): Diagnosis {
  return { id, verdict: 'ok', summary, evidence, fix: [] };
}

/** @param fix what to do to get a verdict */
export function unknown(
  id: string,
  summary: string,
  evidence: readonly string[] = [],
  fix: readonly string[] = [],
): Diagnosis {
  return { id, verdict: 'unknown', summary, evidence, fix };
}

export function wrong(
  id: string,
  summary: string,
  about: Omit<Diagnosis, 'id' | 'verdict' | 'summary'>,
): Diagnosis {
  return { id, verdict: 'wrong', summary, ...about };
}
