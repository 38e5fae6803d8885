import { printable } from './printable.ts';
import { type AuditResult, type Finding, severities, type Unread } from './weakness.ts';

const shownPlaces = 10;

/** The report for people, worst findings first. */
export function reportText(result: AuditResult): string {
  const { findings, unread, checks } = result;
  const head = `${printable(result.server)}, database ${printable(result.database)}, as ${printable(result.role)}\n`;
  const worstFirst = [...findings].sort(
    (a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity) || (a.id < b.id ? -1 : 1),
  );
  const counted = `${checks} checks, ${findings.length} weaknesses found, ${unread.length} not checked.\n`;
  const silent = unreadText(unread);
  return `${[head, ...worstFirst.map(findingText)].join('\n')}\n${silent}${counted}`;
}

/** One line for each reason, as a role with few privileges has the same one for many checks. */
function unreadText(unread: readonly Unread[]): string {
  const reasons = [...new Set(unread.map(({ reason }) => reason))];
  const ids = (reason: string): string =>
    unread
      .filter((one) => one.reason === reason)
      .map(({ id }) => id)
      .join(', ');
  return reasons.map((reason) => `not checked, ${printable(reason)}: ${ids(reason)}\n`).join('');
}

function findingText({ id, severity, cwe, title, why, evidence, more, fix }: Finding): string {
  const places = evidence.slice(0, shownPlaces).map((place) => `  at:   ${printable(place)}\n`);
  const others = more + Math.max(0, evidence.length - shownPlaces);
  if (others > 0) places.push(`  at:   ${others} more\n`);
  // A statement is never cut: half of one could mean something else. Its names are quoted in printable ASCII already.
  const statements = fix.map((line) => `  fix:  ${line}\n`);
  return `${severity} ${id}: ${title}\n${places.join('')}  why:  ${why} (CWE-${cwe})\n${statements.join('')}`;
}

/** The same for programs: version 1, ASCII. */
export function reportJson(result: AuditResult): string {
  // JSON.stringify has escaped the control characters; the line breaks are its own.
  const text = JSON.stringify({ version: 1, ...result }, null, 2);
  return `${text.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
