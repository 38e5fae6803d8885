import { relative, resolve, sep } from 'node:path';
import type { Confidence, Finding, Place, Severity } from '../finding/finding.ts';
import type { Notice, Report } from '../finding/report.ts';
import { summary } from '../finding/summary.ts';
import { visible } from '../finding/visible.ts';
import { type Format, writeReport } from '../finding/writers.ts';
import { hardeningNotices, isSummedUp } from './config/hardening.ts';
import { leadsInside } from './config/keep-inside.ts';
import { isEnough, runConfig } from './config/run-config.ts';
import type { ScanConfig } from './config/scan-config.ts';
import { projectWith } from './fix/project-with.ts';
import type { FixMode } from './fix/run-fixes.ts';
import { discover } from './project/discover.ts';
import { findRoot } from './project/find-root.ts';
import { mergeBase, projectAt } from './project/git-tree.ts';
import { type Project, sourcesOf } from './project/project.ts';
import { applyBaseline, type Baseline, baselineOf, type Known } from './report/baseline.ts';
import { defaultBaseline, loadBaseline, saveBaseline } from './report/baseline-file.ts';
import { maskedScan } from './report/mask/masked-scan.ts';
import { newFindings, type Scanned } from './report/new-findings.ts';
import type { ScanResult } from './report/scan-result.ts';
import { writeOutput } from './report/write-output.ts';
import { ruleChoice } from './rule-choice.ts';
import type { ScanEngine } from './scan-engine.ts';
import { ScanMistake } from './scan-mistake.ts';

/** The options of the command line. If an option is absent, the configuration file decides. */
export interface RunOptions {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly output?: string | undefined;
  /** The path of a configuration file. Undefined: the project's own is used. `false`: none is used. */
  readonly config?: string | false | undefined;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly minSeverity?: Severity | undefined;
  readonly minConfidence?: Confidence | undefined;
  /** Report each finding that is hardening advice, instead of a summary of these findings. */
  readonly hardening?: boolean | undefined;
  readonly baseline?: string | undefined;
  readonly updateBaseline: boolean;
  readonly diff?: string | undefined;
  readonly fix?: FixMode | undefined;
}

/** The environment of a run. */
export interface Surroundings {
  readonly engine: ScanEngine;
  readonly cwd: string;
  readonly version: string;
  /** Today's date: `2027-01-31`. */
  readonly today: string;
  /** Whether standard output supports colours. */
  readonly color: boolean;
  readonly progress: (done: number, total: number) => void;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** 0 without findings, 1 with findings. If the scan can't run, `runScan` throws, and the program exits with 2. */
  readonly exitCode: 0 | 1;
}

/**
 * Runs `bulwark scan`: scans, hides known findings, applies fixes if asked to, and writes the report.
 * @throws {ScanMistake} if the scan could not run
 */
export async function runScan(options: RunOptions, around: Surroundings): Promise<RunResult> {
  const { engine, cwd, version } = around;
  if (options.diff !== undefined && options.updateBaseline) throw bothAtOnce();
  if (options.fix !== undefined && (options.updateBaseline || (options.format !== 'text' && !options.output)))
    throw fixAlone();
  const config = await runConfig(options, cwd);
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
  const { result, sources } = maskedScan(await scan(project), sourcesOf(project));
  const isSummed = isSummedUp(engine.rules, config);
  const isReported = (finding: Finding): boolean => isEnough(finding, config) && !isSummed(finding.rule);
  const now: Scanned = { findings: result.findings.filter(isReported), sources };
  const notices: Notice[] = [...project.notices, ...result.notices];
  if (project.files.length === 0) notices.push(project.settings.length === 0 ? nothingScanned : onlySettings);
  const below = result.findings.filter((finding) => !isEnough(finding, config)).length;
  if (below > 0) notices.push(belowNotice(below, config));

  const isScanned = ({ path, rule }: Known): boolean =>
    isBelow(path, given) && wants(rule) && !isSummed(rule);
  const baseline = baselineFor(options, { config, root: asked.root, now, isScanned });
  const { findings: unknown, suppressed, vanished } = applyBaseline(baseline, now);
  let findings = unknown;
  if (options.diff !== undefined) {
    const base = mergeBase(asked.root, options.diff);
    if (base === undefined) notices.push(firstCommit);
    else {
      const earlier = projectAt(asked.root, base, given.includes('') ? [] : given, config);
      const old = maskedScan(await scan(earlier), sourcesOf(earlier));
      const before = { findings: old.result.findings.filter(isReported), sources: old.sources };
      const left = applyBaseline(baseline, before).findings;
      findings = newFindings({ ...before, findings: left }, { findings, sources });
      notices.push(diffNotice(base, unknown.length - findings.length));
    }
  } else {
    const advice = result.findings.filter((finding) => isEnough(finding, config) && isSummed(finding.rule));
    const { findings: newAdvice } = applyBaseline(baseline, { findings: advice, sources });
    notices.push(...hardeningNotices(newAdvice, engine.rules));
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
  if (options.fix !== undefined) {
    const { runFixes } = await import('./fix/run-fixes.ts');
    const { diff, notices: said } = await runFixes({
      findings,
      sources: sourcesOf(project),
      read: project.read,
      rescan: async (texts) => (await scan(projectWith(project, texts))).findings.filter(isReported),
      root: asked.root,
      mode: options.fix,
    });
    if (options.fix === 'write' && diff !== '') {
      const after = await runScan({ ...options, fix: undefined }, around);
      return { ...after, stdout: `${diff}\n${after.stdout}`, stderr: noticeLines(said) + after.stderr };
    }
    const rest = await reported({ ...report, notices: [...notices, ...said] }, options, around);
    return { ...rest, stdout: diff + rest.stdout };
  }
  return reported(report, options, around);
}

/** Writes the report to the chosen output. */
async function reported(report: Report, options: RunOptions, around: Surroundings): Promise<RunResult> {
  const exitCode = report.findings.length > 0 ? 1 : 0;
  const color = around.color && options.output === undefined;
  const text = await writeReport(options.format, report, { color });
  if (options.output === undefined) return { stdout: text, stderr: '', exitCode };
  writeOutput(resolve(around.cwd, options.output), text);
  return { stdout: '', stderr: `${summary(report)}\n`, exitCode };
}

interface BaselineNeeds {
  readonly config: ScanConfig;
  readonly root: string;
  readonly now: Scanned;
  readonly isScanned: (known: Known) => boolean;
}

/** The baseline to apply. With `--update-baseline`, it is made of the current findings and written first. */
function baselineFor({ updateBaseline }: RunOptions, needs: BaselineNeeds): Baseline {
  const file = needs.config.baseline ?? (updateBaseline ? resolve(needs.root, defaultBaseline) : undefined);
  if (file === undefined) return { known: [] };
  if (needs.config.baseline === undefined && !leadsInside(file, needs.root)) throw linkedBaseline(file);
  const old = loadBaseline(file, updateBaseline);
  if (!updateBaseline) return old;
  const kept = old.known.filter((known) => !needs.isScanned(known));
  const updated = baselineOf(needs.now, kept);
  saveBaseline(file, updated);
  return updated;
}

function isBelow(path: string, given: readonly string[]): boolean {
  return given.some((start) => start === '' || path === start || path.startsWith(`${start}/`));
}

const nothingScanned: Notice = {
  code: 'scan/no-files',
  level: 'warning',
  message: 'There are no files to scan here.',
};

const onlySettings: Notice = {
  ...nothingScanned,
  message: 'There is no code to scan here, only settings files.',
};

const firstCommit: Notice = {
  code: 'scan/diff',
  level: 'note',
  message: 'This branch has no commit yet, so every finding is new.',
};

function belowNotice(count: number, { severity, confidence }: ScanConfig): Notice {
  const message = `${count} ${count === 1 ? 'finding is' : 'findings are'} hidden, below the minimum severity (${severity}) or confidence (${confidence}).`;
  return { code: 'scan/below-least', level: 'note', message };
}

function diffNotice(base: string, count: number): Notice {
  const message = `Compared with commit ${base.slice(0, 12)}. ${count} older ${count === 1 ? 'finding is' : 'findings are'} hidden.`;
  return { code: 'scan/diff', level: 'note', message };
}

function vanishedNotices(vanished: readonly Known[]): Notice[] {
  return vanished.map(({ rule, path, count }) => ({
    code: 'scan/vanished',
    level: 'note',
    message: `${count} ${rule} ${count === 1 ? 'finding' : 'findings'} of the baseline ${count === 1 ? 'is' : 'are'} no longer in ${path}. Run --update-baseline.`,
  }));
}

function bothAtOnce(): ScanMistake {
  return new ScanMistake(
    'scan/option',
    '--diff cannot be combined with --update-baseline.',
    "A baseline of a branch's changes would lack every older finding.",
    'Run --update-baseline without --diff.',
  );
}

function linkedBaseline(file: string): ScanMistake {
  return new ScanMistake(
    'scan/baseline',
    `${JSON.stringify(file)} is a link that leads outside of the repository.`,
    'A repository must not have files elsewhere read or written.',
    'Delete the link, or name the file with --baseline.',
  );
}

function noticeLines(notices: readonly Notice[]): string {
  const where = (place: Place | undefined): string =>
    place ? ` ${visible(place.path)}:${place.line}:${place.column}:` : '';
  return notices
    .map(({ code, message, place }) => `note ${code}:${where(place)} ${visible(message)}\n`)
    .join('');
}

function fixAlone(): ScanMistake {
  return new ScanMistake(
    'scan/option',
    'Fixes cannot be combined with --update-baseline, or with a report on standard output.',
    'The diff of the fixes is printed there, and a baseline records what remains afterwards.',
    'Write the report to a file with --output, or use --format text. Update the baseline afterwards.',
  );
}
