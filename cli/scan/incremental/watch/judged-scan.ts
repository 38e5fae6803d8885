import type { Notice, Report } from '../../../finding/report.ts';
import { isSummedUp } from '../../config/hardening.ts';
import { isEnough } from '../../config/run-config.ts';
import type { ScanConfig } from '../../config/scan-config.ts';
import { type Project, sourcesOf } from '../../project/project.ts';
import { applyBaseline } from '../../report/baseline.ts';
import { loadBaseline } from '../../report/baseline-file.ts';
import { maskedScan } from '../../report/mask/masked-scan.ts';
import { ruleChoice } from '../../rule-choice.ts';
import type { LiveEngine } from './live-engine.ts';

/** A report without the version of the scanner. */
export interface JudgedScan extends Omit<Report, 'version'> {
  /** The full texts of files, secrets included, for fixes. */
  readonly texts: (path: string) => string | undefined;
}

export interface JudgedScanOptions {
  readonly engine: LiveEngine;
  readonly root: string;
  readonly project: Project;
  readonly config: ScanConfig;
  readonly unsaved: ReadonlyMap<string, string>;
  readonly today: string;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/**
 * Scans a project. Leaves out findings that the configuration or the baseline excludes.
 *
 * @throws {ScanMistake} for invalid rules, models or baselines
 * @throws {ScanCancelled} if `signal` ended the scan early. An engine may ignore `signal`
 */
export async function judgedScan(options: JudgedScanOptions): Promise<JudgedScan> {
  const { engine, project, config } = options;
  const ids = engine.rules.map(({ id }) => id);
  const wants = ruleChoice(ids, config.only, config.skip);
  const known = config.baseline === undefined ? { known: [] } : loadBaseline(config.baseline, false);
  const { root, unsaved, today, signal, progress } = options;
  const models = config.models;
  const scanned = await engine.scan({ project, wants, models, today, progress, root, unsaved, signal });
  const texts = sourcesOf(project);
  const { result, sources } = maskedScan(scanned, texts);
  const isSummed = isSummedUp(engine.rules, config);
  const findings = result.findings.filter((finding) => isEnough(finding, config) && !isSummed(finding.rule));
  const judged = applyBaseline(known, { findings, sources });
  const notices: Notice[] = [...project.notices, ...result.notices];
  return {
    findings: judged.findings,
    rules: engine.rules.filter(({ id }) => wants(id)),
    notices,
    suppressed: [...result.suppressed, ...judged.suppressed],
    sources,
    texts,
    scanned: { files: result.files, lines: result.lines },
  };
}
