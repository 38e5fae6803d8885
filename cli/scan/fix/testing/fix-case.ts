import type { Finding } from '../../../finding/finding.ts';
import { languageIdOf } from '../../project/path-kind.ts';
import type { Project, SourceFile } from '../../project/project.ts';
import { createScan } from '../../scan.ts';
import { cookieReaders } from '../cookie-readers.ts';
import { type FixOptions, type FixResult, fixFindings } from '../fix-findings.ts';
import { projectWith } from '../project-with.ts';

/** Scans a small project and fixes the findings of some rules, as `bulwark scan --fix` does. */
export async function fixProject(
  texts: Readonly<Record<string, string>>,
  isWanted: (rule: string) => boolean = () => true,
  more: Pick<FixOptions, 'takesUnsure'> = {},
): Promise<FixResult> {
  const files = Object.entries(texts).flatMap(([path, text]): SourceFile[] => {
    const language = languageIdOf(path);
    return language ? [{ path, text, language }] : [];
  });
  const project: Project = { files, settings: [], notices: [], read: (path) => texts[path] };
  const rescan = async (changed: ReadonlyMap<string, string>): Promise<readonly Finding[]> => {
    const options = { wants: isWanted, models: [], today: '2026-01-01', progress: () => {} };
    const { findings } = await createScan()({ project: projectWith(project, changed), ...options });
    return findings.filter((finding) => finding.confidence !== 'low');
  };
  return await fixFindings({
    findings: await rescan(new Map()),
    sources: (path) => texts[path],
    read: project.read,
    rescan,
    isCookieRead: cookieReaders(() => Object.entries(texts).map(([path, text]) => ({ path, text }))),
    ...more,
  });
}
