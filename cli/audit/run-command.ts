import { resolve } from 'node:path';
import { visible } from '../finding/visible.ts';
import type { FixMode } from '../scan/fix/run-fixes.ts';
import { writeOutput } from '../scan/report/write-output.ts';
import { ScanMistake } from '../scan/scan-mistake.ts';
import { loadAttestations } from './attest/load-attestations.ts';
import type { Audit } from './audit.ts';
import { AuditMistake } from './audit-mistake.ts';
import {
  defaultBaseline,
  readAuditBaseline,
  splitByBaseline,
  writeAuditBaseline,
} from './baseline/audit-baseline.ts';
import { type Issue, issuesOf } from './baseline/issues.ts';
import type { Check } from './check/check.ts';
import { chooseChecks } from './choose-checks.ts';
import { loadDecisions } from './dependencies/advisories/decision/load-decisions.ts';
import { openAdvisories } from './dependencies/advisories/source/open-advisories.ts';
import { lockFiles } from './dependencies/read/read-lock-files.ts';
import type { LiveOptions } from './live/open-live.ts';
import { writeBadge } from './report/badge.ts';
import { type Format, writers } from './report/writers.ts';
import { runAudit } from './run-audit.ts';
import { type OpenOptions, openSubject } from './subject/open-subject.ts';
import type { Subject } from './subject/subject.ts';

export const failures = ['fail', 'unknown', 'never'] as const;

export interface AuditOptions {
  readonly folder: string;
  readonly format: Format | 'cyclonedx';
  readonly output?: string | undefined;
  /** What ends the command with 1: a line that fails, also one that is unknown, or nothing. */
  readonly failOn: (typeof failures)[number];
  readonly baseline?: string | undefined;
  readonly updateBaseline: boolean;
  readonly badge?: string | undefined;
  readonly attest?: string | undefined;
  /** `osv`, `npm`, a folder with a dump, or a file with a database. */
  readonly advisories?: string | undefined;
  /** In days. */
  readonly advisoriesAge?: string | undefined;
  readonly decisions?: string | undefined;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** The fixes of the scanner that are certain: `write` them before the audit, or `show` them. */
  readonly fix?: FixMode | undefined;
  /** What to look at besides files; nothing if it is left out. */
  readonly live?: LiveOptions | undefined;
}

export interface Around {
  readonly cwd: string;
  readonly version: string;
  readonly color: boolean;
  /** `2027-01-31` */
  readonly today: string;
  readonly checks: readonly Check[];
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Audits a folder, and writes the report.
 *
 * @throws {AuditMistake} if it could not run
 */
export async function runAuditCommand(
  options: AuditOptions,
  around: Around,
): Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: 0 | 1 | 3 }> {
  const { cwd, version, color, today, checks, progress } = around;
  const folder = resolve(cwd, options.folder);
  const advisories = openAdvisories(options, { cwd, today });
  const opening: OpenOptions = {
    today,
    ...(advisories && { advisories: advisories.source }),
    decisions: (of) => loadDecisions(options.decisions, of, cwd),
  };
  // Whatever else is wrong is told before anything is written or sent.
  let subject = openSubject(folder, opening);
  const attestations = loadAttestations(options.attest, subject, cwd);
  const { only, skip } = options;
  let stderr = '';
  if (options.fix !== undefined) {
    chooseChecks(checks, { only, skip });
    stderr = await fixedIn(subject.root, options.fix, today);
    subject = openSubject(folder, opening);
  }
  if (options.live !== undefined) {
    chooseChecks(checks, { only, skip });
    const { openLive } = await import('./live/open-live.ts');
    subject = openSubject(folder, { ...opening, live: await openLive(options.live, version) });
  }
  const audit = await runAudit(subject, {
    version,
    checks,
    only,
    skip,
    attestations,
    ...(progress && { progress }),
  });
  const issues = issuesOf(audit.lines);
  const { known, added } = splitByBaseline(issues, baselineOf(options, issues, cwd));
  const shown: Audit = { ...audit, known: new Set(known.flatMap(({ outcome }) => outcome ?? [])) };
  const text = await textOf(options, shown, subject, color);
  if (options.badge !== undefined) write(resolve(cwd, options.badge), writeBadge(shown));
  if (options.output !== undefined) write(resolve(cwd, options.output), text);
  return {
    stdout: options.output === undefined ? text : '',
    stderr,
    exitCode: exitCodeOf(added, options, advisories?.hasProblems() === true),
  };
}

/** Fixes what is certain. What was changed is told beside the report, which stays whole. */
async function fixedIn(root: string, mode: FixMode, today: string): Promise<string> {
  const { fixProject } = await import('../scan/fix-project.ts');
  const { diff, notices } = await fixProject(root, mode, today).catch((error: unknown) => {
    throw asAuditMistake(error);
  });
  return `${diff}${visible(notices[0]?.message ?? '')}\n`;
}

/** The list of materials is loaded only when it is asked for: its library is large. */
async function textOf(
  { format, output }: AuditOptions,
  audit: Audit,
  subject: Subject,
  color: boolean,
): Promise<string> {
  if (format !== 'cyclonedx') return writers[format](audit, { color: color && output === undefined });
  const { writeCyclonedx } = await import('./report/cyclonedx.ts');
  return writeCyclonedx(audit, lockFiles(subject));
}

function baselineOf(
  { baseline, updateBaseline }: AuditOptions,
  issues: readonly Issue[],
  cwd: string,
): ReturnType<typeof readAuditBaseline> {
  if (updateBaseline) {
    const file = resolve(cwd, baseline ?? defaultBaseline);
    writeAuditBaseline(file, issues);
    return readAuditBaseline(file);
  }
  return baseline === undefined ? { known: [] } : readAuditBaseline(resolve(cwd, baseline));
}

/** Who names advisories wants to know that they were of no use, whatever `--fail-on` says about verdicts. */
function exitCodeOf(added: readonly Issue[], { failOn }: AuditOptions, isWithoutData: boolean): 0 | 1 | 3 {
  const isBad = added.some(({ verdict }) => verdict === 'fail' || failOn === 'unknown');
  if (failOn !== 'never' && isBad) return 1;
  return isWithoutData ? 3 : 0;
}

function write(file: string, text: string): void {
  try {
    writeOutput(file, text);
  } catch (error) {
    throw asAuditMistake(error);
  }
}

function asAuditMistake(error: unknown): unknown {
  return error instanceof ScanMistake
    ? new AuditMistake('audit/output', error.message, error.why, error.fix)
    : error;
}
