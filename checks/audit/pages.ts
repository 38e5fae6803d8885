import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allChecks } from '../../cli/audit/all-checks.ts';
import { type Line, lines } from '../../cli/audit/line/lines.ts';
import { pagePath } from '../../cli/audit/report/json.ts';
import { root } from '../repository.ts';
import { ruleComment } from '../scan-rules/rule-comment.ts';
import { type CheckHeading, checkList, checkPage } from './check-page.ts';
import { lineTables, withTables } from './line-tables.ts';

/** Where the checks are: a folder each, by group. */
export const checksFolder = 'cli/audit/checks';

/** The comment at the head of a check's file. */
export function commentOf(id: string): string {
  return ruleComment(readFileSync(join(root, checksFolder, id, 'check.ts'), 'utf8'));
}

/** The line of the checklist that a check speaks of. */
export function lineOf({ aspect }: CheckHeading): Line {
  const line = (lines as Readonly<Record<string, Line>>)[aspect.slice(0, aspect.indexOf('/'))];
  if (line === undefined) throw new Error(`There is no line of ${aspect}.`);
  return line;
}

/** All pages that are written, by their path. */
export function auditPages(): Map<string, string> {
  const command = 'docs/commands/audit.md';
  return new Map([
    [command, withTables(readFileSync(join(root, command), 'utf8'), lineTables(lines))],
    ['docs/audit/README.md', checkList(allChecks)],
    ...allChecks.map(
      (check) => [pagePath(check.id), checkPage(check, lineOf(check), commentOf(check.id))] as const,
    ),
  ]);
}
