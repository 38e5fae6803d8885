import type { Finding } from '../../finding/finding.ts';
import { createScan } from '../scan.ts';
import type { Case } from './cases.ts';
import { projectOf } from './project-of.ts';

/** The findings of a case that a user would see, so none of low confidence. */
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

/** Whether the scanner is right about the rule of a case: it reports a bad case at its marked lines, and a good one nowhere. */
export function isRight(one: Case, findings: readonly Finding[]): boolean {
  const own = findings.filter((finding) => finding.rule === one.rule);
  if (!one.isBad) return own.length === 0;
  return own.some((finding) => isExpected(one, finding));
}

/** The other findings: in a bad case all but those of its rule at marked lines, in a good case all. */
export function othersIn(one: Case, findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => !(one.isBad && finding.rule === one.rule && isExpected(one, finding)));
}

function isExpected({ expected }: Case, finding: Finding): boolean {
  return expected.some((at) => covers(finding, at));
}

function covers({ place }: Finding, expected: string): boolean {
  const at = expected.lastIndexOf(':');
  const line = Number(expected.slice(at + 1));
  return place.path === expected.slice(0, at) && place.line <= line && line <= place.endLine;
}
