import { defaultConfig } from './config/scan-config.ts';
import { projectWith } from './fix/project-with.ts';
import { type Fixing, type FixMode, runFixes } from './fix/run-fixes.ts';
import { discover } from './project/discover.ts';
import { type Project, sourcesOf } from './project/project.ts';
import { maskedScan } from './report/mask/masked-scan.ts';
import type { ScanResult } from './report/scan-result.ts';
import { createScan } from './scan.ts';

/**
 * Scans a whole project as the audit does, and fixes each finding whose fix is certainly right, except findings of low
 * confidence. The mode `write` changes all files or none; the mode `show` changes none.
 * @param root an absolute folder
 * @throws {ScanMistake} if a file has changed since the scan, or cannot be written
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
