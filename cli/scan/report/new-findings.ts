import type { Finding } from '../../finding/finding.ts';
import { inOrder } from '../../finding/finding-order.ts';
import { findingKey, findingKeyAnywhere } from '../../finding/fingerprint.ts';
import { sourceLines } from '../../finding/source-lines.ts';

/** Findings, with the texts of the files that they are in. */
export interface Scanned {
  readonly findings: readonly Finding[];
  readonly sources: (path: string) => string | undefined;
}

/**
 * Returns the findings of `after` that are not in `before`. Each finding of `before` accounts for only one equal finding of
 * `after`, so a copy of vulnerable code is new. A finding is not new if it moved from a deleted file to an added one.
 */
export function newFindings(before: Scanned, after: Scanned): Finding[] {
  const lineBefore = sourceLines(before.sources);
  const lineAfter = sourceLines(after.sources);
  const here = counted(before.findings, (finding) => findingKey(finding, lineBefore));
  const fresh = inOrder(after.findings).filter((finding) => !take(here, findingKey(finding, lineAfter)));
  const gone = before.findings.filter(({ place }) => after.sources(place.path) === undefined);
  const moved = counted(gone, (finding) => findingKeyAnywhere(finding, lineBefore));
  return fresh.filter((finding) => {
    const isNewFile = before.sources(finding.place.path) === undefined;
    return !(isNewFile && take(moved, findingKeyAnywhere(finding, lineAfter)));
  });
}

function counted(findings: readonly Finding[], keyOf: (finding: Finding) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const key = keyOf(finding);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Takes one, and returns whether there was one left. */
function take(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0;
  if (left > 0) counts.set(key, left - 1);
  return left > 0;
}
