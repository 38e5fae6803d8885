import picocolors from 'picocolors';
import { caretsOf, codeFrame, type FrameLine } from './code-frame.ts';
import type { Finding, Place, Severity } from './finding.ts';
import { groupByFile } from './group-by-file.ts';
import type { Notice, Report, WriterOptions } from './report.ts';
import { type LineOf, sourceLines } from './source-lines.ts';
import { summary } from './summary.ts';
import { visible } from './visible.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

/** Steps of one finding that are shown; of more, the middle is left out. */
const shownSteps = 24;

/** The report for a person: by file, each finding with the way of its data, the code, and what to do. */
export function writeText(report: Report, { color }: WriterOptions): string {
  const colors = picocolors.createColors(color);
  const lineOf = sourceLines(report.sources);
  const files = groupByFile(report.findings).map(({ path, findings }) => {
    const texts = findings.map((finding) => findingText(finding, lineOf, colors));
    return `${colors.bold(colors.underline(heading(path)))}\n\n${texts.join('\n')}\n`;
  });
  const notices = report.notices.map((notice) => noticeText(notice, colors)).join('');
  const counted = report.findings.length === 0 ? colors.green : colors.bold;
  return `${files.join('')}${notices}${notices === '' ? '' : '\n'}${counted(summary(report))}\n`;
}

/** `::` at the start of a line is a command to a GitHub runner, and a file can have that name. */
function heading(path: string): string {
  const text = visible(path);
  return text.startsWith(':') || text.startsWith('#') ? `./${text}` : text;
}

function findingText(finding: Finding, lineOf: LineOf, colors: Colors): string {
  const paint = severityColor(finding.severity, colors);
  const { place, steps } = finding;
  const last = steps.at(-1);
  const lines = [
    `  ${paint(finding.severity)} ${colors.bold(visible(finding.rule))} ${colors.dim(`at ${at(place)}, ${finding.confidence} confidence`)}`,
    `  ${visible(finding.message)}`,
  ];
  for (const step of kept(finding)) {
    if (typeof step === 'number') {
      lines.push(colors.dim(`    ... ${step} more steps`));
      continue;
    }
    lines.push(`    ${colors.cyan(where(step.place))}  ${visible(step.message)}`);
    lines.push(...frameLines(codeFrame(lineOf, step.place, 0), colors));
  }
  const others = (finding.otherWays ?? []).flatMap(([source]) => (source ? [where(source.place)] : []));
  if (others.length > 0) lines.push(colors.dim(`    also from ${others.join(', ')}`));
  if (!last || !isSame(last.place, place)) lines.push(...frameLines(codeFrame(lineOf, place, 1), colors));
  lines.push(`  ${colors.green('do:')} ${visible(finding.advice)}`);
  return `${lines.join('\n')}\n`;
}

function kept({ steps }: Finding): (Finding['steps'][number] | number)[] {
  if (steps.length <= shownSteps) return [...steps];
  const half = shownSteps / 2;
  return [...steps.slice(0, half), steps.length - shownSteps, ...steps.slice(-half)];
}

function frameLines(frame: readonly FrameLine[], colors: Colors): string[] {
  const width = Math.max(...frame.map(({ line }) => String(line).length), 0);
  return frame.flatMap((line) => {
    const gutter = (text: string): string => colors.dim(`      ${text.padStart(width)} |`);
    const code =
      `${gutter(String(line.line))} ${line.before}${line.marked === '' ? '' : colors.bold(line.marked)}${line.after}`.trimEnd();
    const isMarked = frame.length === 1 || line.marked !== '';
    return isMarked ? [code, `${gutter('')} ${colors.red(caretsOf(line))}`] : [code];
  });
}

function noticeText({ level, code, message, place }: Notice, colors: Colors): string {
  const paint = level === 'error' ? colors.red : level === 'warning' ? colors.yellow : colors.dim;
  const there = place ? ` ${where(place)}:` : '';
  return `${paint(level)} ${visible(code)}:${there} ${visible(message)}\n`;
}

function severityColor(severity: Severity, colors: Colors): (text: string) => string {
  if (severity === 'critical') return (text) => colors.bold(colors.red(text));
  return severity === 'high' ? colors.red : severity === 'medium' ? colors.yellow : colors.blue;
}

function where(place: Place): string {
  return `${visible(place.path)}:${at(place)}`;
}

function at({ line, column }: Place): string {
  return `${line}:${column}`;
}

function isSame(a: Place, b: Place): boolean {
  return a.path === b.path && a.line === b.line && a.column === b.column;
}
