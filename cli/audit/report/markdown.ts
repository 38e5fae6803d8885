import { type Audit, summaryOf } from '../audit.ts';
import type { Check } from '../check/check.ts';
import type { Outcome } from '../check/outcome.ts';
import type { CheckResult, JudgedAspect, JudgedLine } from '../line/judge-lines.ts';
import { groups, groupTitles } from './groups.ts';
import {
  bounded,
  evidenceText,
  fixLines,
  labelOf,
  missingOf,
  namesOf,
  openOutcomes,
  shown,
} from './shown.ts';

const mostEvidence = 5;
const mostFixLines = 40;
const mostOutcomes = 10;

/** For the summary of a CI job, or a comment: the lines as a table for each group, then what fails and what is unknown. */
export function writeMarkdown(audit: Audit): string {
  const tables = groups.map((group) => {
    const rows = audit.lines
      .filter(({ line }) => line.group === group)
      .map(
        ({ line, verdict }) =>
          `| ${verdict === 'fail' ? '**fail**' : verdict} | ${line.title} | ${line.owasp} |`,
      );
    return `## ${groupTitles[group]}\n\n| verdict | line | OWASP Top 10 |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  const details = (['fail', 'unknown', 'attested'] as const).flatMap((verdict) =>
    audit.lines.filter((line) => line.verdict === verdict).map((line) => lineText(line, audit)),
  );
  const gaps = audit.gaps.map((gap) => `- Not read: ${plain(gap)}\n`).join('');
  const parts = [
    `# bulwark audit of ${plain(audit.project)}\n`,
    `${summaryOf(audit)}. ${audit.day}.\n`,
    ...tables,
    ...details,
    gaps,
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function lineText({ line, verdict, aspects }: JudgedLine, audit: Audit): string {
  const open = aspects.filter((one) => one.verdict !== 'pass');
  return `### ${verdict}: ${line.title}\n\n${open.map((one) => aspectText(one, audit)).join('')}`;
}

function aspectText(aspect: JudgedAspect, { known }: Audit): string {
  const { id, verdict, results, attested } = aspect;
  if (attested)
    return `- \`${id}\`: attested by ${plain(attested.by)} until ${attested.until}: ${plain(attested.statement)}\n`;
  const missing = missingOf(aspect);
  const said = missing ? `- ${verdict} \`${id}\`: ${missing.reason} It needs: ${plain(missing.needs)}\n` : '';
  return `${said}${results.map((result) => checkText(aspect, result, known)).join('')}`;
}

function checkText(aspect: JudgedAspect, result: CheckResult, known: ReadonlySet<Outcome>): string {
  const { check } = result;
  const open = openOutcomes(result);
  const { first, more } = bounded(open, mostOutcomes);
  const names = namesOf(check);
  const lines = [
    ...first.flatMap((outcome) =>
      outcomeLines(labelOf(check, outcome.verdict, aspect), check, outcome, known.has(outcome)),
    ),
    ...(more > 0 ? [`- and ${more} more of \`${check.id}\``] : []),
    ...(open.length > 0 && names !== '' ? [`  - ${plain(names)}`] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function outcomeLines(label: string, check: Check, outcome: Outcome, isKnown: boolean): string[] {
  const { summary, evidence, fix } = outcome;
  const { first, more } = bounded(evidence, mostEvidence);
  return [
    `- ${label} \`${check.id}\`: ${plain(summary)}${isKnown ? ' (in the baseline)' : ''}`,
    ...first.map((one) => `  - seen: ${code(evidenceText(one))}`),
    ...(more > 0 ? [`  - seen: and ${more} more`] : []),
    ...fix.flatMap(({ text }) => fixText(text)),
  ];
}

/** One line as text, more in a block: a diff keeps its shape. */
function fixText(text: string): string[] {
  const lines = fixLines(text, mostFixLines);
  if (lines.length === 1) return [`  - do: ${plain(lines[0] ?? '')}`];
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`  - do:`, '', `    ${fence}text`, ...lines.map((line) => `    ${line}`), `    ${fence}`];
}

function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  return `${fence} ${text} ${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** Untrusted text that stays text: no markup, links, mentions or cells of a table begin in it. */
function plain(text: string): string {
  return shown(text, 4000)
    .replace(/[\\`*_[\]|~#$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '@\u2060')
    .replace(/:\/\//g, ':\u2060//');
}
