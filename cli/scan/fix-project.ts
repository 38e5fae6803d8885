import { defaultConfig } from './config/scan-config.ts';
import { projectWith } from './fix/project-with.ts';
import { type Fixing, type FixMode, runFixes } from './fix/run-fixes.ts';
import { discover } from './project/discover.ts';
import { type Project, sourcesOf } from './project/project.ts';
import { maskedScan } from './report/mask/masked-scan.ts';
import type { ScanResult } from './report/scan-result.ts';
import { createScan } from './scan.ts';

/**
 * Fixes what is certain of the findings of a whole scan, for the audit; those of low confidence are left alone. All files are written, or
 * none.
 *
 * @param root a folder, absolute
 * @throws {ScanMistake} where a file has changed since it was scanned, or cannot be written
 */
export async function fixProject(root: string, mode: FixMode, today: string): Promise<Fixing> {
  const project = discover({ root, paths: [root] }, defaultConfig);
  const engine = createScan();
  const scan = (of: Project): Promise<ScanResult> =>
    engine({ project: of, wants: () => true, models: [], today, progress: () => {} });
  const sources = sourcesOf(project);
  const { result } = maskedScan(await scan(project), sources);
  return runFixes({
    findings: result.findings.filter(({ confidence }) => confidence !== 'low'),
    sources,
    read: project.read,
    rescan: async (texts) => (await scan(projectWith(project, texts))).findings,
    root,
    mode,
  });
}
