import type { Finding } from './finding.ts';
import { inOrder } from './finding-order.ts';
import { fingerprints } from './fingerprint.ts';
import type { Report } from './report.ts';

/**
 * The report for a program, in ASCII. Version 1; what is added to it later has new names, and what is there stays:
 *
 * - `version`: 1. `tool`: name and version. `scanned`: files and lines.
 * - `findings`: fingerprint, rule, severity, confidence, message, advice, cwe, owasp, place, steps, otherWays. A place is path,
 *   line, column, endLine, endColumn: from 1, columns in UTF-16 units, the end exclusive. A step is a place and a message;
 *   other ways are lists of steps, from other sources to the same place.
 * - `suppressed`: by (`comment` or `baseline`), reason, and the finding as above.
 * - `notices`: code, level, message, and mostly a place. `rules`: id, title, severity, cwe, owasp.
 */
export function writeJson(report: Report): string {
  const all = [...report.findings, ...report.suppressed.map(({ finding }) => finding)];
  const prints = fingerprints(all, report.sources);
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  const shown = (finding: Finding): object => ({
    fingerprint: prints.get(finding),
    rule: finding.rule,
    severity: finding.severity,
    confidence: finding.confidence,
    message: finding.message,
    advice: finding.advice,
    cwe: rules.get(finding.rule)?.cwe ?? [],
    owasp: rules.get(finding.rule)?.owasp ?? '',
    place: finding.place,
    steps: finding.steps,
    otherWays: finding.otherWays ?? [],
  });
  const reasons = new Map(report.suppressed.map(({ finding, by, reason }) => [finding, { by, reason }]));
  return asciiJson({
    version: 1,
    tool: { name: 'bulwark', version: report.version },
    scanned: report.scanned,
    findings: inOrder(report.findings).map(shown),
    suppressed: inOrder([...reasons.keys()]).map((finding) => ({
      ...reasons.get(finding),
      finding: shown(finding),
    })),
    notices: report.notices,
    rules: report.rules.map(({ id, title, severity, cwe, owasp }) => ({ id, title, severity, cwe, owasp })),
  });
}

/** JSON without a sign that a terminal or a log could act on: its own escapes say the same. */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
