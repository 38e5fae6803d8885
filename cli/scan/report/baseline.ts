import type { Finding } from '../../finding/finding.ts';
import { compareText, inOrder } from '../../finding/finding-order.ts';
import { findingKey } from '../../finding/fingerprint.ts';
import { asciiJson } from '../../finding/json.ts';
import type { Suppressed } from '../../finding/report.ts';
import { sourceLines } from '../../finding/source-lines.ts';
import { ScanMistake } from '../scan-mistake.ts';
import type { Scanned } from './new-findings.ts';

/** Known findings, each with the number of its equal occurrences. */
export interface Baseline {
  readonly known: readonly Known[];
}

export interface Known {
  readonly key: string;
  readonly rule: string;
  readonly path: string;
  readonly count: number;
}

export interface BaselineResult {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** Known findings that were not found again. `count` is how many of them are missing. */
  readonly vanished: readonly Known[];
}

/**
 * Suppresses the findings that the baseline knows. Of several equal findings, only as many are suppressed as the baseline
 * counts.
 */
export function applyBaseline(baseline: Baseline, { findings, sources }: Scanned): BaselineResult {
  const lineOf = sourceLines(sources);
  const left = new Map(baseline.known.map(({ key, count }) => [key, count]));
  const shown: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of inOrder(findings)) {
    const key = findingKey(finding, lineOf);
    const count = left.get(key) ?? 0;
    if (count === 0) {
      shown.push(finding);
      continue;
    }
    left.set(key, count - 1);
    suppressed.push({ finding, by: 'baseline', reason: 'It is in the baseline.' });
  }
  const vanished = baseline.known
    .map((known) => ({ ...known, count: left.get(known.key) ?? 0 }))
    .filter(({ count }) => count > 0);
  return { findings: shown, suppressed, vanished };
}

/**
 * Creates a baseline of the current findings.
 * @param kept known findings of files that were not scanned this time
 */
export function baselineOf({ findings, sources }: Scanned, kept: readonly Known[]): Baseline {
  const lineOf = sourceLines(sources);
  const known = new Map<string, Known>(kept.map((one) => [one.key, one]));
  for (const finding of findings) {
    const key = findingKey(finding, lineOf);
    const count = (known.get(key)?.count ?? 0) + 1;
    known.set(key, { key, rule: finding.rule, path: finding.place.path, count });
  }
  return { known: [...known.values()].sort(compareKnown) };
}

/** Returns the text of a baseline, with one entry per line, so that changes can be reviewed and merged. */
export function writeBaseline({ known }: Baseline): string {
  const entries = [...known].sort(compareKnown).map((one) => {
    const { path, rule, key, count } = one;
    return `    ${asciiJson({ path, rule, key, count }).replace(/\n\s*/g, ' ').trim()}`;
  });
  return `{\n  "version": 1,\n  "known": [${entries.length === 0 ? '' : `\n${entries.join(',\n')}\n  `}]\n}\n`;
}

/**
 * Parses the text of a baseline.
 * @throws {ScanMistake} if it is invalid
 */
export function readBaseline(text: string, file: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong(file, 'is not JSON');
  }
  if (!isRecord(value) || value['version'] !== 1 || !Array.isArray(value['known'])) {
    throw wrong(file, 'is not a version 1 baseline');
  }
  if (!value['known'].every(isKnown)) throw wrong(file, 'has an entry without a path, rule, key or count');
  return { known: value['known'].map(({ key, rule, path, count }: Known) => ({ key, rule, path, count })) };
}

function compareKnown(a: Known, b: Known): number {
  return compareText(a.path, b.path) || compareText(a.rule, b.rule) || compareText(a.key, b.key);
}

function isKnown(value: unknown): value is Known {
  return (
    isRecord(value) &&
    ['key', 'rule', 'path'].every((name) => typeof value[name] === 'string') &&
    Number.isSafeInteger(value['count']) &&
    (value['count'] as number) > 0
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function wrong(file: string, what: string): ScanMistake {
  return new ScanMistake(
    'scan/baseline',
    `The baseline ${JSON.stringify(file)} ${what}.`,
    'Without it, every known finding would be reported as new.',
    'Restore it from version control, or create it again with --update-baseline.',
  );
}
