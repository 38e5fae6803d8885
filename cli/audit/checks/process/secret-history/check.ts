/**
 * Says that the history of commits is not searched for secrets yet, so that nobody takes silence for a pass.
 *
 * ## Why
 * A secret that was committed once stays in the history after it was removed, and whoever has a clone has it.
 *
 * ## Passes
 * Never yet.
 *
 * ## Fails
 * Never yet.
 *
 * ## Unknown
 * Always: the history is not searched, or the folder is no Git repository.
 *
 * ## How to fix
 * Search the history with gitleaks (`gitleaks git .`), and revoke what it finds.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Check } from '../../../check/check.ts';
import { unknown } from '../../../check/outcome.ts';

export const check: Check = {
  id: 'process/secret-history',
  aspect: 'secrets/history',
  title: 'No commit holds a secret.',
  why: 'A secret stays in the history after it was removed from the files.',
  severity: 'high',
  cwe: [798],
  asvs: ['13.3.1'],
  run: ({ root }) => {
    const summary = isRepository(root)
      ? 'The history of commits is not searched for secrets by this version.'
      : 'The folder is no Git repository, so that there is no history to search.';
    return [unknown(summary, [{ kind: 'command', text: 'gitleaks git .' }])];
  },
};

function isRepository(root: string): boolean {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return true;
    if (dirname(folder) === folder) return false;
  }
}
