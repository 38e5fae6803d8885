import type { Finding, Place, Severity } from './finding.ts';
import { inOrder } from './finding-order.ts';
import type { Notice, Report } from './report.ts';
import { summary } from './summary.ts';
import { visible } from './visible.ts';

/** Workflow commands, from which GitHub makes annotations of a pull request's lines. A last line sums up. */
export function writeGithub(report: Report): string {
  const lines = [...inOrder(report.findings).map(findingLine), ...report.notices.map(noticeLine)];
  return `${[...lines, summary(report)].join('\n')}\n`;
}

const levels: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
};

function findingLine({ rule, severity, confidence, message, advice, place, steps }: Finding): string {
  const title = `${rule} (${severity}, ${confidence} confidence)`;
  const way = steps.map((step) => `${visible(step.place.path)}:${step.place.line} ${visible(step.message)}`);
  const text = [visible(message), ...way, visible(advice)].join('\n');
  return command(levels[severity], [...placeProperties(place), ['title', title]], text);
}

function noticeLine({ level, code, message, place }: Notice): string {
  const name = level === 'note' ? 'notice' : level;
  return command(name, [...(place ? placeProperties(place) : []), ['title', code]], visible(message));
}

/** Columns count only where start and end are on one line. */
function placeProperties(place: Place): [string, string][] {
  const properties: [string, string][] = [
    ['file', place.path],
    ['line', String(Math.max(1, place.line))],
    ['endLine', String(Math.max(1, place.line, place.endLine))],
  ];
  if (place.line === place.endLine) {
    properties.push(['col', String(place.column)], ['endColumn', String(place.endColumn)]);
  }
  return properties;
}

function command(name: string, properties: readonly [string, string][], message: string): string {
  const list = properties.map(([key, value]) => `${key}=${escapeProperty(value)}`).join(',');
  return `::${name} ${list}::${escapeData(message)}`;
}

/** The runner undoes these, and only these: @actions/core, toCommandValue and escapeProperty. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
