import type { Finding } from './finding.ts';
import { compareFindings, compareText } from './finding-order.ts';

export interface FileGroup {
  readonly path: string;
  readonly findings: readonly Finding[];
}

/** The files in order, and the findings of each in the order of its text. */
export function groupByFile(findings: readonly Finding[]): FileGroup[] {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = files.get(finding.place.path);
    if (group) group.push(finding);
    else files.set(finding.place.path, [finding]);
  }
  return [...files]
    .sort(([a], [b]) => compareText(a, b))
    .map(([path, group]) => ({ path, findings: group.sort(compareFindings) }));
}
