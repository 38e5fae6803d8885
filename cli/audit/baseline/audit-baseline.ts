import type { Baseline } from '../../scan/report/baseline.ts';
import { loadBaseline, saveBaseline } from '../../scan/report/baseline-file.ts';
import { ScanMistake } from '../../scan/scan-mistake.ts';
import { AuditMistake } from '../audit-mistake.ts';
import type { Issue } from './issues.ts';

export const defaultBaseline = 'bulwark-audit-baseline.json';

/**
 * Splits issues into those that a baseline has and new ones. It hides as many as it has of each.
 */
export function splitByBaseline(
  issues: readonly Issue[],
  { known }: Baseline,
): { readonly known: readonly Issue[]; readonly added: readonly Issue[] } {
  const left = new Map(known.map(({ key, count }) => [key, count]));
  const split: { known: Issue[]; added: Issue[] } = { known: [], added: [] };
  for (const issue of issues) {
    const count = left.get(issue.key) ?? 0;
    left.set(issue.key, count - 1);
    split[count > 0 ? 'known' : 'added'].push(issue);
  }
  return split;
}

/** @throws {AuditMistake} for a file that is not there, or is no baseline */
export function readAuditBaseline(file: string): Baseline {
  return asAudit(() => loadBaseline(file, false));
}

/** @throws {AuditMistake} if the file can't be written */
export function writeAuditBaseline(file: string, issues: readonly Issue[]): void {
  const counts = new Map<string, number>();
  for (const { key } of issues) counts.set(key, (counts.get(key) ?? 0) + 1);
  const first = issues.filter((one, index) => issues.findIndex(({ key }) => key === one.key) === index);
  const known = first.map(({ key, check, path }) => ({
    key,
    rule: check,
    path,
    count: counts.get(key) ?? 1,
  }));
  asAudit(() => saveBaseline(file, { known }));
}

function asAudit<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ScanMistake)
      throw new AuditMistake('audit/baseline', error.message, error.why, error.fix);
    throw error;
  }
}
