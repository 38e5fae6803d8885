import { asciiJson } from '../../finding/json.ts';
import { type Audit, countLines } from '../audit.ts';
import type { Check } from '../check/check.ts';
import type { Evidence, Outcome } from '../check/outcome.ts';
import type { CheckResult, JudgedAspect, JudgedLine } from '../line/judge-lines.ts';
import { aspectOf, bounded } from './shown.ts';

const mostEvidence = 1000;
const longest = 2000;

/**
 * The report for a program, and for an auditor: all that the verdicts rest on. Version 1, in ASCII; what is added to it later has new
 * names, and what is there stays:
 *
 * - `version`: 1. `tool`: name and version. `project`, `day`, `files`. `stacks`: framework, folder, path, and mostly a version.
 * - `score`: `passed` and `of`. `counts`: how many lines have each verdict.
 * - `gaps`: sentences about what could not be read.
 * - `lines`: id, group, title, owasp, verdict, `aspects`. An aspect is id, verdict, passes, fails, unknown, mayBeAttested, attested (by,
 *   until, statement) or null, and `outcomes`: check, verdict, summary, known (whether it is in the baseline), fix (kind, text),
 *   evidence (text, and mostly path and line), moreEvidence (how many are left out of it).
 * - `checks`: id, aspect, title, why, severity, weight (`whole`, `part`, `note`), cwe, asvs, django, page.
 */
export function writeJson(audit: Audit): string {
  const counts = countLines(audit);
  return asciiJson({
    version: 1,
    tool: { name: 'bulwark', version: audit.version },
    project: audit.project,
    day: audit.day,
    files: audit.files,
    stacks: audit.stacks,
    score: { passed: counts.pass, of: audit.lines.length },
    counts,
    gaps: audit.gaps,
    lines: audit.lines.map((line) => lineOf(line, audit)),
    checks: audit.checks.map(checkOf),
  });
}

function lineOf({ id, line, verdict, aspects }: JudgedLine, audit: Audit): object {
  const { group, title, owasp } = line;
  return { id, group, title, owasp, verdict, aspects: aspects.map((one) => aspectJson(one, audit)) };
}

function aspectJson({ id, verdict, results, attested }: JudgedAspect, audit: Audit): object {
  const { passes, fails, unknown, mayBeAttested = false } = aspectOf(id);
  const { by, until, statement } = attested ?? {};
  return {
    ...{ id, verdict, passes, fails, unknown, mayBeAttested },
    attested: attested ? { by, until, statement } : null,
    outcomes: results.flatMap((result) => outcomesOf(result, audit)),
  };
}

function outcomesOf({ check, outcomes }: CheckResult, { known }: Audit): object[] {
  return outcomes.map((outcome: Outcome) => {
    const { verdict, summary, evidence, fix } = outcome;
    const { first, more } = bounded(evidence, mostEvidence);
    return {
      ...{ check: check.id, verdict, summary, known: known.has(outcome), fix },
      evidence: first.map(evidenceOf),
      moreEvidence: more,
    };
  });
}

function evidenceOf({ text, path, line }: Evidence): object {
  const cut = text.length > longest ? `${text.slice(0, longest)}...` : text;
  return { text: cut, ...(path === undefined ? {} : { path }), ...(line === undefined ? {} : { line }) };
}

function checkOf(check: Check): object {
  const { id, aspect, title, why, severity, cwe, asvs, django = [] } = check;
  const weight = check.weight ?? 'whole';
  return { id, aspect, title, why, severity, weight, cwe, asvs, django, page: pagePath(id) };
}

/** Where a check's page is: `docs/audit/django-ssl-redirect.md`. */
export function pagePath(id: string): string {
  return `docs/audit/${id.replace('/', '-')}.md`;
}
