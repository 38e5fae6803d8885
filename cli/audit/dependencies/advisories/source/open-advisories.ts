import { resolve } from 'node:path';
import { AuditMistake } from '../../../audit-mistake.ts';
import type { AdvisorySource } from './advisory-source.ts';
import { npmService } from './npm-service.ts';
import { osvDump } from './osv-dump.ts';
import { osvService } from './osv-service.ts';
import { isSqlite, sqliteAdvisories } from './sqlite-advisories.ts';

export interface OpenedAdvisories {
  readonly source: AdvisorySource;
  /** Whether it was asked, and data was missing, broken or old. */
  hasProblems(): boolean;
}

const usualAge = '7';

/**
 * The advisories that the user named; undefined if none were.
 *
 * @throws {AuditMistake} for an age that is no number of days
 */
export function openAdvisories(
  options: { readonly advisories?: string | undefined; readonly advisoriesAge?: string | undefined },
  { cwd, today }: { readonly cwd: string; readonly today: string },
): OpenedAdvisories | undefined {
  const { advisories, advisoriesAge = usualAge } = options;
  if (!/^\d{1,4}$/.test(advisoriesAge))
    throw new AuditMistake(
      'audit/advisories',
      `--advisories-age ${JSON.stringify(advisoriesAge)} is not a number of days.`,
      'Old advisories leave out what was published since.',
      'Name a number of days, such as 7.',
    );
  if (advisories === undefined) return undefined;
  const source = sourceOf(advisories, { cwd, today, maxAge: Number(advisoriesAge) });
  let hasProblems = false;
  return {
    source: {
      ...source,
      find: async (packages) => {
        const answer = await source.find(packages);
        hasProblems ||= answer.problems.length > 0;
        return answer;
      },
    },
    hasProblems: () => hasProblems,
  };
}

function sourceOf(
  name: string,
  { cwd, ...options }: { readonly cwd: string; readonly today: string; readonly maxAge: number },
): AdvisorySource {
  if (name === 'osv') return osvService();
  if (name === 'npm') return npmService();
  const path = resolve(cwd, name);
  return isSqlite(path) ? sqliteAdvisories(path, options) : osvDump(path, options);
}
