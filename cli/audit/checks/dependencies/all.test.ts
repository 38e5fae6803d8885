import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadDecisions } from '../../dependencies/advisories/decision/load-decisions.ts';
import { osvDump } from '../../dependencies/advisories/source/osv-dump.ts';
import { caseDay, expectCases } from '../../testing/expect-cases.ts';
import { dependencyChecks } from './all.ts';

/** A case has its advisories in `.advisories`. */
expectCases(dependencyChecks, new URL('.', import.meta.url), (folder) => {
  const dump = join(folder, '.advisories');
  return {
    decisions: (subject) => loadDecisions(undefined, subject, folder),
    ...(existsSync(dump) && { advisories: osvDump(dump, { today: caseDay, maxAge: 7 }) }),
  };
});
