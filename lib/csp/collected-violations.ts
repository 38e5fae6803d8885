import type { CspViolation } from './csp-violation.ts';

/** A violation, with how often it was reported. */
export interface CountedViolation extends CspViolation {
  readonly count: number;
}

export interface Collection {
  add(violation: CspViolation): void;
  /** The most frequent first. */
  list(): readonly CountedViolation[];
}

/**
 * Collects at most `most` distinct violations, with counts. When it is full, a violation seen only once makes room, so
 * that forged reports can't displace what browsers report again and again.
 */
export function collectViolations(most: number): Collection {
  const kept = new Map<string, { readonly violation: CspViolation; count: number }>();
  const once = new Set<string>();
  return {
    add(violation) {
      const { directive, blocked, document, disposition, source, line, sample } = violation;
      const key = JSON.stringify([directive, blocked, document, disposition, source, line, sample]);
      const known = kept.get(key);
      if (known) {
        known.count++;
        once.delete(key);
        return;
      }
      if (kept.size >= most) {
        const [oldest] = once;
        if (oldest === undefined) return;
        kept.delete(oldest);
        once.delete(oldest);
      }
      kept.set(key, { violation, count: 1 });
      once.add(key);
    },
    list() {
      const counted = [...kept.values()].map(({ violation, count }) =>
        Object.freeze({ ...violation, count }),
      );
      return counted.sort((one, other) => other.count - one.count);
    },
  };
}
