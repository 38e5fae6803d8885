import { compareText } from '../../cli/finding/finding-order.ts';
import type { Lines } from './snapshot.ts';

/** A case of which something else is said than before. */
export interface Difference {
  /** `cli/scan/rules/sql-injection/python.cases = a title` */
  readonly at: string;
  readonly kind: 'removed' | 'new' | 'changed';
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What was kept beside what is so now: cases that are gone, cases that are new, and those with other lines. */
export function compareLines(kept: Lines, now: Lines): Difference[] {
  const names = [...new Set([...kept.keys(), ...now.keys()])].sort(compareText);
  return names.flatMap((at): Difference[] => {
    const before = kept.get(at);
    const after = now.get(at);
    if (before === undefined) return [{ at, kind: 'new', before: [], after: after ?? [] }];
    if (after === undefined) return [{ at, kind: 'removed', before, after: [] }];
    const gone = without(before, after);
    const come = without(after, before);
    return gone.length + come.length === 0 ? [] : [{ at, kind: 'changed', before: gone, after: come }];
  });
}

/** The lines of one list that the other one lacks. A line that is there twice counts twice. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
