import { relative, resolve, sep } from 'node:path';
import type { Confidence, Finding, Severity } from '../finding/finding.ts';
import { confidences, severities } from '../finding/finding-order.ts';
import type { Notice, Report } from '../finding/report.ts';
import { summary } from '../finding/summary.ts';
import { type Format, writeReport } from '../finding/writers.ts';
import { applyBaseline, type Baseline, baselineOf, type Known } from './baseline.ts';
import { defaultBaseline, loadBaseline, saveBaseline } from './baseline-file.ts';
import { findConfig, loadConfig } from './config/find-config.ts';
import { defaultConfig, type ScanConfig } from './config/scan-config.ts';
import { newFindings, type Scanned } from './new-findings.ts';
import { discover } from './project/discover.ts';
import { findRoot } from './project/find-root.ts';
import { mergeBase, projectAt } from './project/git-tree.ts';
import type { Project } from './project/project.ts';
import { ruleChoice } from './rule-choice.ts';
import { ScanMistake } from './scan-mistake.ts';
import type { ScanEngine, ScanResult } from './scan-result.ts';
import { writeOutput } from './write-output.ts';

/** What the command line says; what it leaves out, the configuration says. */
export interface RunOptions {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly output?: string | undefined;
  /** `false`: none is looked for. */
  readonly config?: string | false | undefined;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly minSeverity?: Severity | undefined;
  readonly minConfidence?: Confidence | undefined;
  readonly baseline?: string | undefined;
  readonly updateBaseline: boolean;
  readonly diff?: string | undefined;
}

/** Where it runs. */
export interface Surroundings {
  readonly engine: ScanEngine;
  readonly cwd: string;
  readonly version: string;
  /** `2027-01-31` */
  readonly today: string;
  /** Whether standard output shows colours. */
  readonly color: boolean;
  readonly progress: (done: number, total: number) => void;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** 0 without findings, 1 with. What could not run is a mistake, which ends with 2. */
  readonly exitCode: 0 | 1;
}

/**
 * Scans, hides what is known, and writes the report.
 *
 * @throws {ScanMistake} for what kept it from running
 */
export async function runScan(options: RunOptions, around: Surroundings): Promise<RunResult> {
  const { engine, cwd, version } = around;
  if (options.diff !== undefined && options.updateBaseline) throw bothAtOnce();
  const config = withOptions(await configOf(options, cwd), options, cwd);
  const wants = ruleChoice(
    engine.rules.map(({ id }) => id),
    config.only,
    config.skip,
  );
  const asked = findRoot(cwd, options.paths);
  const given = asked.paths.map((path) => relative(asked.root, path).split(sep).join('/'));
  const project = discover(asked, config);
  const scan = (of: Project): Promise<ScanResult> =>
    engine.scan({
      project: of,
      wants,
      models: config.models,
      today: around.today,
      progress: around.progress,
    });
  const result = await scan(project);
  const sources = sourcesOf(project);
  const enough = (finding: Finding): boolean => isEnough(finding, config);
  const now: Scanned = { findings: result.findings.filter(enough), sources };
  const notices: Notice[] = [...project.notices, ...result.notices];
  if (project.files.length === 0) notices.push(nothingScanned);
  if (now.findings.length < result.findings.length) notices.push(belowNotice(result, now, config));

  const isScanned = ({ path, rule }: Known): boolean => isBelow(path, given) && wants(rule);
  const baseline = baselineFor(options, { config, root: asked.root, now, isScanned });
  const { findings: unknown, suppressed, vanished } = applyBaseline(baseline, now);
  let findings = unknown;
  if (options.diff !== undefined) {
    const base = mergeBase(asked.root, options.diff);
    const earlier = projectAt(asked.root, base, given.includes('') ? [] : given, config);
    const before = { findings: (await scan(earlier)).findings.filter(enough), sources: sourcesOf(earlier) };
    const left = applyBaseline(baseline, before).findings;
    findings = newFindings({ ...before, findings: left }, { findings, sources });
    notices.push(diffNotice(base, unknown.length - findings.length));
  } else {
    notices.push(...vanishedNotices(vanished.filter(isScanned)));
  }

  const report: Report = {
    version,
    findings,
    rules: engine.rules.filter(({ id }) => wants(id)),
    notices,
    suppressed: [...result.suppressed, ...suppressed],
    sources,
    scanned: { files: result.files, lines: result.lines },
  };
  const exitCode = findings.length > 0 ? 1 : 0;
  const color = around.color && options.output === undefined;
  const text = await writeReport(options.format, report, { color });
  if (options.output === undefined) return { stdout: text, stderr: '', exitCode };
  writeOutput(resolve(cwd, options.output), text);
  return { stdout: '', stderr: `${summary(report)}\n`, exitCode };
}

async function configOf({ config }: RunOptions, cwd: string): Promise<ScanConfig> {
  if (config === false) return defaultConfig;
  return await loadConfig(config === undefined ? findConfig(cwd) : resolve(cwd, config));
}

function withOptions(config: ScanConfig, options: RunOptions, cwd: string): ScanConfig {
  return {
    ...config,
    only: options.only.length > 0 ? options.only : config.only,
    skip: [...config.skip, ...options.skip],
    severity: options.minSeverity ?? config.severity,
    confidence: options.minConfidence ?? config.confidence,
    baseline: options.baseline === undefined ? config.baseline : resolve(cwd, options.baseline),
  };
}

interface BaselineNeeds {
  readonly config: ScanConfig;
  readonly root: string;
  readonly now: Scanned;
  readonly isScanned: (known: Known) => boolean;
}

/** The baseline that counts; with `--update-baseline` the one of now, which is written first. */
function baselineFor({ updateBaseline }: RunOptions, needs: BaselineNeeds): Baseline {
  const file = needs.config.baseline ?? (updateBaseline ? resolve(needs.root, defaultBaseline) : undefined);
  if (file === undefined) return { known: [] };
  const old = loadBaseline(file, updateBaseline);
  if (!updateBaseline) return old;
  const kept = old.known.filter((known) => !needs.isScanned(known));
  const updated = baselineOf(needs.now, kept);
  saveBaseline(file, updated);
  return updated;
}

function isEnough({ severity, confidence }: Finding, least: ScanConfig): boolean {
  return (
    severities.indexOf(severity) <= severities.indexOf(least.severity) &&
    confidences.indexOf(confidence) <= confidences.indexOf(least.confidence)
  );
}

function sourcesOf({ files }: Project): (path: string) => string | undefined {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return (path) => texts.get(path);
}

function isBelow(path: string, given: readonly string[]): boolean {
  return given.some((start) => start === '' || path === start || path.startsWith(`${start}/`));
}

const nothingScanned: Notice = {
  code: 'scan/no-files',
  level: 'warning',
  message: 'There is no file to scan here.',
};

function belowNotice(result: ScanResult, now: Scanned, { severity, confidence }: ScanConfig): Notice {
  const count = result.findings.length - now.findings.length;
  const message = `${count} below the least severity (${severity}) or confidence (${confidence}) are not shown.`;
  return { code: 'scan/below-least', level: 'note', message };
}

function diffNotice(base: string, count: number): Notice {
  const message = `Compared with commit ${base.slice(0, 12)}: ${count} that were there before are not shown.`;
  return { code: 'scan/diff', level: 'note', message };
}

function vanishedNotices(vanished: readonly Known[]): Notice[] {
  return vanished.map(({ rule, path, count }) => ({
    code: 'scan/vanished',
    level: 'note',
    message: `${count} of ${rule} in ${path} ${count === 1 ? 'is' : 'are'} in the baseline and gone. --update-baseline takes note.`,
  }));
}

function bothAtOnce(): ScanMistake {
  return new ScanMistake(
    'scan/option',
    '--diff and --update-baseline are given together.',
    'A baseline of what a branch adds would lack all that was there before.',
    'Update the baseline without --diff.',
  );
}
