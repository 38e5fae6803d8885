import type { Finding, Place, RuleInfo } from '../../finding/finding.ts';
import type { Notice, Report } from '../../finding/report.ts';
import { writeSarif as writeFindings } from '../../finding/sarif.ts';
import type { Audit } from '../audit.ts';
import { type Issue, issuesOf } from '../baseline/issues.ts';
import type { Check } from '../check/check.ts';
import type { Evidence, Fix } from '../check/outcome.ts';

/**
 * SARIF 2.1.0. What fails at a place is a result; what fails without one, and what is unknown, is a notification of the run, as
 * consumers refuse results without a place.
 */
export function writeSarif(audit: Audit): string {
  const checks = new Map(audit.checks.map((check) => [check.id, check]));
  const all = issuesOf(audit.lines).map((issue) => ({ issue, finding: findingOf(issue, checks, audit) }));
  const found = all.flatMap(({ issue, finding }) => (finding ? [{ issue, finding }] : []));
  const isKnown = ({ outcome }: Issue): boolean => outcome !== undefined && audit.known.has(outcome);
  const report: Report = {
    version: audit.version,
    findings: found.filter(({ issue }) => !isKnown(issue)).map(({ finding }) => finding),
    suppressed: found
      .filter(({ issue }) => isKnown(issue))
      .map(({ finding }) => ({ finding, by: 'baseline', reason: 'It is in the baseline.' })),
    rules: audit.checks.map((check) => ruleOf(check, audit)),
    notices: [
      ...all.filter(({ finding }) => finding === undefined).map(({ issue }) => noticeOf(issue)),
      ...audit.gaps.map((message): Notice => ({ code: 'audit/gap', level: 'warning', message })),
    ],
    sources: audit.sources,
    scanned: { files: audit.files, lines: 0 },
  };
  return writeFindings(report);
}

function findingOf(
  { verdict, check: id, outcome }: Issue,
  checks: ReadonlyMap<string, Check>,
  { sources }: Audit,
): Finding | undefined {
  const check = checks.get(id);
  const evidence = outcome?.evidence.find(({ path }) => path !== undefined);
  if (verdict !== 'fail' || check === undefined || outcome === undefined || evidence?.path === undefined)
    return undefined;
  return {
    rule: id,
    severity: check.severity,
    confidence: 'high',
    message: outcome.summary,
    advice: adviceOf(outcome.fix),
    place: placeOf(evidence.path, evidence, sources),
    steps: [],
  };
}

function adviceOf(fixes: readonly Fix[]): string {
  return fixes.map(({ text }) => text.trim()).join('\n');
}

/** The whole line, without the space around its text. */
function placeOf(path: string, { line = 1 }: Evidence, sources: Audit['sources']): Place {
  const text =
    sources(path)
      ?.split('\n', line)
      .at(line - 1)
      ?.trimEnd() ?? '';
  const column = text.length - text.trimStart().length + 1;
  return { path, line, column, endLine: line, endColumn: Math.max(column, text.length + 1) };
}

function ruleOf({ id, title, why, severity, cwe, aspect }: Check, { lines }: Audit): RuleInfo {
  const owasp = lines.find((line) => aspect.startsWith(`${line.id}/`))?.line.owasp ?? '';
  return { id, title, severity, cwe, owasp, page: `# ${id}\n\n${title}\n\n${why}\n` };
}

function noticeOf({ verdict, check, aspect, outcome }: Issue): Notice {
  const message = outcome
    ? `${outcome.summary} ${adviceOf(outcome.fix)}`
    : 'Nothing was found that shows it, or only a part.';
  return { code: check, level: verdict === 'fail' ? 'error' : 'note', message: `${aspect}: ${message}` };
}
