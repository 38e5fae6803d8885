import { loadEngine } from '../../cli/scan/load-engine.ts';
import { runScan } from '../../cli/scan/run-scan.ts';

/** The fields of a reported finding that the scores use. */
export interface Shown {
  readonly rule: string;
  readonly severity: string;
  readonly confidence: string;
  readonly message: string;
  readonly place: { readonly path: string; readonly line: number; readonly endLine: number };
  readonly steps: readonly { readonly place: { readonly path: string; readonly line: number } }[];
}

export interface ShownScan {
  readonly findings: readonly Shown[];
  readonly lines: number;
}

/** What `bulwark scan <folder>` shows and counts in its exit code, without any option. */
export async function shownFindings(folder: string): Promise<ShownScan> {
  const { stdout } = await runScan(
    { paths: [folder], format: 'json', config: false, only: [], skip: [], updateBaseline: false },
    {
      engine: await loadEngine(),
      cwd: folder,
      version: 'measured',
      today: '2026-01-01',
      color: false,
      progress: () => {},
    },
  );
  const report = JSON.parse(stdout) as { findings: Shown[]; scanned: { lines: number } };
  return { findings: report.findings, lines: report.scanned.lines };
}
