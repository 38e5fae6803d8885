import picocolors from 'picocolors';
import { type Audit, summaryOf } from '../audit.ts';
import type { Check } from '../check/check.ts';
import type { Fix, Outcome } from '../check/outcome.ts';
import type { CheckResult, JudgedAspect, JudgedLine } from '../line/judge-lines.ts';
import type { Verdict } from '../verdict.ts';
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
  stackNames,
} from './shown.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

const mostEvidence = 5;
const mostOutcomes = 10;
const mostFixLines = 40;

/** The report for a person: a line for each line of the checklist, then what fails and what is unknown, and how to mend it. */
export function writeText(audit: Audit, { color }: { readonly color: boolean }): string {
  const colors = picocolors.createColors(color);
  const table = groups.map((group) => {
    const of = audit.lines.filter(({ line }) => line.group === group);
    const rows = of.map(({ line, verdict }) => `  ${label(verdict, colors)} ${line.title}\n`);
    return `${colors.bold(groupTitles[group])}\n${rows.join('')}`;
  });
  const details = (['fail', 'unknown', 'attested'] as const).flatMap((verdict) =>
    audit.lines.filter((line) => line.verdict === verdict).map((line) => lineText(line, audit, colors)),
  );
  const gaps = audit.gaps.map((gap) => `${colors.yellow('not read:')} ${shown(gap)}\n`).join('');
  const hint = colors.dim('`bulwark explain CHECK` prints the page of a check.\n');
  const end = `${audit.checks.length > 0 ? hint : ''}${colors.bold(summaryOf(audit))}\n`;
  const parts = [heading(audit, colors), ...table, ...details, gaps, end];
  return parts.filter((part) => part !== '').join('\n');
}

function heading({ project, stacks, day, version }: Audit, colors: Colors): string {
  const names = stackNames(stacks);
  const found = names === '' ? '' : ` (${names})`;
  return `${colors.bold(`bulwark audit of ${shown(project)}`)}${found}, ${day}, bulwark ${version}\n`;
}

const paints: Readonly<Record<Verdict, (colors: Colors) => (text: string) => string>> = {
  pass: ({ green }) => green,
  fail: ({ red }) => red,
  unknown: ({ yellow }) => yellow,
  attested: ({ cyan }) => cyan,
};

function label(verdict: Verdict, colors: Colors): string {
  const text = verdict === 'fail' ? 'FAIL' : verdict;
  return paints[verdict](colors)(text.padEnd(8));
}

function lineText({ id, line, verdict, aspects }: JudgedLine, audit: Audit, colors: Colors): string {
  const open = aspects.filter((one) => one.verdict !== 'pass');
  const head = `${paints[verdict](colors)(verdict)} ${colors.bold(line.title)} ${colors.dim(`(${id}, ${line.owasp})`)}\n`;
  return `${head}${open.map((aspect) => aspectText(aspect, audit, colors)).join('')}`;
}

function aspectText(aspect: JudgedAspect, { known }: Audit, colors: Colors): string {
  const { id, verdict, results, attested } = aspect;
  if (attested) {
    return `  ${id}: attested by ${shown(attested.by)} until ${attested.until}\n    said: ${shown(attested.statement)}\n`;
  }
  const missing = missingOf(aspect);
  const said = missing ? `  ${verdict} ${id}: ${missing.reason}\n    needs: ${missing.needs}\n` : '';
  return `${said}${results.map((result) => checkText(aspect, result, known, colors)).join('')}`;
}

function checkText(
  aspect: JudgedAspect,
  result: CheckResult,
  known: ReadonlySet<Outcome>,
  colors: Colors,
): string {
  const { check } = result;
  const open = openOutcomes(result);
  if (open.length === 0) return '';
  const { first, more } = bounded(open, mostOutcomes);
  const texts = first.map((outcome) =>
    outcomeText(labelOf(check, outcome.verdict, aspect), check, outcome, known.has(outcome)),
  );
  const rest = more > 0 ? `  and ${more} more of ${check.id}\n` : '';
  const why = open[0]?.verdict === 'fail' ? `    why:  ${check.why}\n` : '';
  const names = namesOf(check);
  return `${texts.join('')}${rest}${why}${names === '' ? '' : colors.dim(`    ${names}\n`)}`;
}

function outcomeText(
  label: string,
  check: Check,
  { verdict, summary, evidence, fix }: Outcome,
  isKnown: boolean,
): string {
  const { first, more } = bounded(evidence, mostEvidence);
  const seen = first.map((one) => `    seen: ${evidenceText(one)}\n`);
  if (more > 0) seen.push(`    seen: and ${more} more\n`);
  const fixes = fix.map((one) => fixText(one, verdict));
  return `  ${label} ${check.id}: ${shown(summary)}${isKnown ? ' (in the baseline)' : ''}\n${seen.join('')}${fixes.join('')}`;
}

function fixText({ kind, text }: Fix, verdict: Outcome['verdict']): string {
  const word = kind === 'command' ? 'run: ' : verdict === 'fail' ? 'fix: ' : 'do:  ';
  const lines = fixLines(text, mostFixLines);
  return lines.map((line, index) => `    ${index === 0 ? word : '     '} ${line}\n`).join('');
}
