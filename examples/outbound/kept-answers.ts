/** Answers that are kept for a while, a bounded number of them, and asked for once where many wait for the same. */
export interface KeptAnswers<T> {
  /** @param freshMs an answer that is older than this is asked for again */
  get(key: string, ask: () => Promise<T>, freshMs: number): Promise<T>;
}

/** @param most how many are kept; the one that was asked for first makes room */
export function keptAnswers<T>(most: number, now: () => number = Date.now): KeptAnswers<T> {
  const kept = new Map<string, { readonly since: number; readonly answer: Promise<T>; failed: boolean }>();
  return Object.freeze({
    get(key: string, ask: () => Promise<T>, freshMs: number) {
      const found = kept.get(key);
      // A failure is kept as well, for a short while: else every login of a broken tenant is a request.
      if (found && now() - found.since < (found.failed ? Math.min(failureMs, freshMs) : freshMs))
        return found.answer;
      const entry = { since: now(), answer: ask(), failed: false };
      entry.answer.catch(() => {
        entry.failed = true;
      });
      kept.delete(key);
      kept.set(key, entry);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      return entry.answer;
    },
  });
}

const failureMs = 10_000;
