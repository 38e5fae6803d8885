import { resolve } from 'node:path';
import { ScanMistake } from '../scan/scan-mistake.ts';
import { writeOutput } from '../scan/write-output.ts';
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
import type { LiveOptions } from './live/open-live.ts';
import { writeBadge } from './report/badge.ts';
import { type Format, writers } from './report/writers.ts';
import { runAudit } from './run-audit.ts';
import { openSubject } from './subject/open-subject.ts';

export const failures = ['fail', 'unknown', 'never'] as const;

export interface AuditOptions {
  readonly folder: string;
  readonly format: Format;
  readonly output?: string | undefined;
  /** What ends the command with 1: a line that fails, also one that is unknown, or nothing. */
  readonly failOn: (typeof failures)[number];
  readonly baseline?: string | undefined;
  readonly updateBaseline: boolean;
  readonly badge?: string | undefined;
  readonly attest?: string | undefined;
  readonly only: readonly string[];
  readonly skip: readonly string[];
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
): Promise<{ readonly stdout: string; readonly exitCode: 0 | 1 }> {
  const { cwd, version, color, today, checks, progress } = around;
  const folder = resolve(cwd, options.folder);
  // Whatever else is wrong is told before anything is sent.
  let subject = openSubject(folder, { today });
  const attestations = loadAttestations(options.attest, subject, cwd);
  const { only, skip } = options;
  if (options.live !== undefined) {
    chooseChecks(checks, { only, skip });
    const { openLive } = await import('./live/open-live.ts');
    subject = openSubject(folder, { today, live: await openLive(options.live, version) });
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
  const text = writers[options.format](shown, { color: color && options.output === undefined });
  if (options.badge !== undefined) write(resolve(cwd, options.badge), writeBadge(shown));
  if (options.output !== undefined) write(resolve(cwd, options.output), text);
  return { stdout: options.output === undefined ? text : '', exitCode: exitCodeOf(added, options) };
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

function exitCodeOf(added: readonly Issue[], { failOn }: AuditOptions): 0 | 1 {
  if (failOn === 'never') return 0;
  return added.some(({ verdict }) => verdict === 'fail' || failOn === 'unknown') ? 1 : 0;
}

function write(file: string, text: string): void {
  try {
    writeOutput(file, text);
  } catch (error) {
    if (error instanceof ScanMistake)
      throw new AuditMistake('audit/output', error.message, error.why, error.fix);
    throw error;
  }
}
