import type { Finding } from '../../finding/finding.ts';
import { createScan } from '../scan.ts';
import type { Case } from './cases.ts';
import { projectOf } from './project-of.ts';

/** What the scanner says of a case, as it would to a user: nothing of low confidence. */
export async function findingsOf(one: Case): Promise<readonly Finding[]> {
  const { findings } = await createScan()({
    project: projectOf(one.files),
    wants: () => true,
    models: [],
    today: '2026-01-01',
    progress: () => {},
  });
  return findings.filter((finding) => finding.confidence !== 'low');
}

/** Whether the scanner is right: a bad case is reported where it is marked, a good one nowhere. */
export function isRight(one: Case, findings: readonly Finding[]): boolean {
  const own = findings.filter((finding) => finding.rule === one.rule);
  if (!one.isBad) return own.length === 0;
  return one.expected.some((expected) => own.some((finding) => covers(finding, expected)));
}

function covers({ place }: Finding, expected: string): boolean {
  const at = expected.lastIndexOf(':');
  const line = Number(expected.slice(at + 1));
  return place.path === expected.slice(0, at) && place.line <= line && line <= place.endLine;
}
