import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';
import { inOrder } from './finding-order.ts';
import { type LineOf, sourceLines } from './source-lines.ts';

/**
 * What stays the same of a finding when lines move: rule, file, and the text of the sink's line without its
 * spaces at the ends and with one for many inside. Findings of equal lines are equal here.
 */
export function findingKey(finding: Finding, lineOf: LineOf): string {
  return digest(finding.rule, finding.place.path, sinkText(finding, lineOf));
}

/** The same without the file, for one that was moved. */
export function findingKeyAnywhere(finding: Finding, lineOf: LineOf): string {
  return digest(finding.rule, sinkText(finding, lineOf));
}

/** One of its own for each finding: equal ones are counted from the top of the file. 32 hexadecimal digits. */
export function fingerprints(
  findings: readonly Finding[],
  sources: (path: string) => string | undefined,
): ReadonlyMap<Finding, string> {
  const lineOf = sourceLines(sources);
  const seen = new Map<string, number>();
  const prints = new Map<Finding, string>();
  for (const finding of inOrder(findings)) {
    const key = findingKey(finding, lineOf);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    prints.set(finding, digest(key, String(ordinal)));
  }
  return prints;
}

/** Of a longer line, which many findings may share, only what starts at the place counts. */
const longest = 1000;

function sinkText({ place }: Finding, lineOf: LineOf): string {
  const text = lineOf(place.path, place.line) ?? '';
  const part = text.length > longest ? text.slice(place.column - 1, place.column - 1 + longest) : text;
  return part.trim().replace(/\s+/g, ' ');
}

function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
