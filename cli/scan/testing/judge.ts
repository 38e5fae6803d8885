import type { Finding } from '../../finding/finding.ts';
import { languageOf } from '../project/path-kind.ts';
import type { Project, SourceFile } from '../project/project.ts';
import { settingsFormat } from '../project/settings-format.ts';
import { createScan } from '../scan.ts';
import type { Case } from './cases.ts';

/** What the scanner says of a case, as it would to a user: nothing of low confidence. */
export async function findingsOf(one: Case): Promise<readonly Finding[]> {
  const files = one.files.flatMap(({ path, text }): SourceFile[] => {
    const language = languageOf(path);
    return language ? [{ path, text, language }] : [];
  });
  const texts = new Map(one.files.map(({ path, text }) => [path, text]));
  const settings = one.files.filter(({ path }) => !languageOf(path) && settingsFormat(path) !== undefined);
  const project: Project = { files, settings, notices: [], read: (path) => texts.get(path) };
  const { findings } = await createScan()({
    project,
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
