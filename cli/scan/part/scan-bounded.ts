import type { Finding } from '../../finding/finding.ts';
import { inOrder } from '../../finding/finding-order.ts';
import type { Notice } from '../../finding/report.ts';
import type { Models } from '../model/model.ts';
import type { ModuleReader } from '../read-modules.ts';
import { type PartResult, scanPart } from './scan-part.ts';
import type { Part } from './split-project.ts';

/** Nobody reads more of one file; one that was made to have them would fill the disk. */
const mostFindings = 1000;

/**
 * Scans a part whatever is in it. Where the stack does not hold what is nested in it, its files are scanned one by one,
 * and those that are left are named.
 */
export function scanBounded(part: Part, models: readonly Models[], read: ModuleReader): PartResult {
  try {
    return withFewFindings(scanPart(part, models, read));
  } catch (error) {
    // What a stack overflow is to JavaScript.
    if (!(error instanceof RangeError)) throw error;
    const [only, more] = part.files;
    if (only && !more) return leftOut(only.path);
    const results = part.files.map((file) => scanBounded({ ...part, files: [file] }, models, read));
    return withNotice(results.reduce(merged), {
      code: 'scan/too-deep',
      level: 'warning',
      message: `Data was followed within each file alone, as something in them is nested too deeply: ${only?.path} and ${part.files.length - 1} more.`,
    });
  }
}

function leftOut(path: string): PartResult {
  const message = 'The file was not scanned: what is in it is nested too deeply.';
  const place = { path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const notice: Notice = { code: 'scan/too-deep', level: 'warning', message, place };
  return { findings: [], commented: [], notices: [notice], cuts: [], isLinked: true, lines: 0 };
}

function merged(a: PartResult, b: PartResult): PartResult {
  return {
    findings: [...a.findings, ...b.findings],
    commented: [...a.commented, ...b.commented],
    notices: [...a.notices, ...b.notices],
    cuts: [...a.cuts, ...b.cuts],
    isLinked: a.isLinked && b.isLinked,
    lines: a.lines + b.lines,
  };
}

function withFewFindings(result: PartResult): PartResult {
  const counts = new Map<string, number>();
  const kept: Finding[] = [];
  for (const finding of inOrder(result.findings)) {
    const { path } = finding.place;
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    if (count <= mostFindings) kept.push(finding);
  }
  const many = [...counts].filter(([, count]) => count > mostFindings);
  const told = many.map(([path, count]) => tooMany(path, count));
  return { ...result, findings: kept, notices: [...result.notices, ...told] };
}

function tooMany(path: string, count: number): Notice {
  const message = `Of ${count} findings in this file the first ${mostFindings} are reported.`;
  const place = { path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { code: 'scan/many-findings', level: 'warning', message, place };
}

function withNotice(result: PartResult, notice: Notice): PartResult {
  return { ...result, notices: [...result.notices, notice] };
}
