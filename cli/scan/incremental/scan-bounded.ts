import type { Finding } from '../../finding/finding.ts';
import { confidences, inOrder, severities } from '../../finding/finding-order.ts';
import type { Notice } from '../../finding/report.ts';
import type { Models } from '../models/model.ts';
import type { ModuleReader } from '../read-modules.ts';
import { type PartResult, scanPart, type ViewPart } from './scan-part.ts';
import type { Part } from './split-project.ts';

/** Findings of one file. Nobody reads more, and a file that is made to have more would fill the disk. */
const mostFindings = 1000;

/** The code of the notice for stack overflows. */
export const tooDeep = 'scan/too-deep';

/**
 * Scans a part even if some of its files overflow the stack. These files are left out and named in a notice, so that the others
 * are still analysed together. If each file alone is fine but all together are not, they are scanned one by one.
 */
export function scanBounded(
  part: Part,
  models: readonly Models[],
  read: ModuleReader,
  view?: ViewPart,
): PartResult {
  const whole = attempt(part, models, read, view);
  if (whole) return whole;
  const alone = part.files.map((file) => ({
    file,
    result: attempt({ ...part, files: [file] }, models, read, view),
  }));
  const held = alone.filter(({ result }) => result !== undefined);
  const others = { ...part, files: held.map(({ file }) => file) };
  const isSome = held.length < alone.length && held.length > 0;
  const together = isSome ? attempt(others, models, read, view) : undefined;
  const left = alone.filter(({ result }) => !result).map(({ file }) => leftOut(file.path));
  if (together) return [together, ...left].reduce(merged);
  const each = alone.map(({ file, result }) => result ?? leftOut(file.path)).reduce(merged, nothing);
  return held.length > 1 ? withNotice(each, eachAlone(part)) : each;
}

/** Undefined on a stack overflow. */
function attempt(
  part: Part,
  models: readonly Models[],
  read: ModuleReader,
  view: ViewPart | undefined,
): PartResult | undefined {
  try {
    return withFewFindings(scanPart(part, models, read, view));
  } catch (error) {
    // Other range errors are bugs of the scanner.
    if (error instanceof RangeError && error.message === 'Maximum call stack size exceeded') return undefined;
    throw error;
  }
}

const nothing: PartResult = { findings: [], commented: [], notices: [], cuts: [], isLinked: true, lines: 0 };

function eachAlone({ files }: Part): Notice {
  const message = `These files are nested too deeply to be scanned together, so data was followed only within each file: ${files[0]?.path} and ${files.length - 1} more.`;
  return { code: tooDeep, level: 'warning', message };
}

function leftOut(path: string): PartResult {
  const message = 'The file was not scanned, because its code is nested too deeply.';
  const place = { path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return withNotice(nothing, { code: tooDeep, level: 'warning', message, place });
}

function merged(a: PartResult, b: PartResult): PartResult {
  return {
    findings: [...a.findings, ...b.findings],
    commented: [...a.commented, ...b.commented],
    notices: [...a.notices, ...b.notices],
    cuts: [...a.cuts, ...b.cuts],
    isLinked: a.isLinked && b.isLinked,
    lines: a.lines + b.lines,
    ...(a.views || b.views ? { views: [...(a.views ?? []), ...(b.views ?? [])] } : {}),
  };
}

function withFewFindings(result: PartResult): PartResult {
  const counts = new Map<string, number>();
  const kept: Finding[] = [];
  // Keeps the most severe findings: minor ones at the top of a file must not displace them.
  for (const finding of inOrder(result.findings).sort(byGravity)) {
    const { path } = finding.place;
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    if (count <= mostFindings) kept.push(finding);
  }
  const many = [...counts].filter(([, count]) => count > mostFindings);
  const told = many.map(([path, count]) => tooMany(path, count));
  return { ...result, findings: kept, notices: [...result.notices, ...told] };
}

function byGravity(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence)
  );
}

function tooMany(path: string, count: number): Notice {
  const message = `This file has ${count} findings. The ${mostFindings} most severe are reported.`;
  const place = { path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { code: 'scan/many-findings', level: 'warning', message, place };
}

function withNotice(result: PartResult, notice: Notice): PartResult {
  return { ...result, notices: [...result.notices, notice] };
}
