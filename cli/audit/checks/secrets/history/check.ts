/**
 * Searches the history of commits for secrets: every message, and every version of every file, that a branch, tag, stash or work tree leads to, each
 * content once. Git only hands out objects: no settings, hooks and attributes of the repository are read, and nothing is fetched.
 *
 * ## Why
 * A secret that was committed once stays in the history after it was removed, and whoever has a clone has it.
 *
 * ## Passes
 * All commits were read, and no version of a file holds a secret.
 *
 * ## Fails
 * A version of a file holds a key or token of a published shape, a private key, a password in a URL, or a secret beside its name.
 *
 * ## Unknown
 * The folder is no Git repository, the clone is shallow or partial, an object is missing or broken, a file is an archive or larger than
 * 20 MB, or what was found is perhaps an example: it stands in a test or in documentation, or its checksum is wrong.
 *
 * ## How to fix
 * Revoke the secret first: it has to be taken for known. Then take it out of all commits with `git filter-repo`, and let everybody clone
 * again. What is no secret is named in `bulwark.secrets.toml`, in entries `[[allowed]]` with a `fingerprint` (or a `path` and a `kind`), a
 * `reason` and `until`; a secret that is certain stays unknown all the same.
 */

import { visible } from '../../../../finding/visible.ts';
import type { Check } from '../../../check/check.ts';
import { type Evidence, type Fix, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { applyAllowList } from '../../../secrets/allow/apply-allow-list.ts';
import { allowListPath, readAllowList } from '../../../secrets/allow/read-allow-list.ts';
import {
  type HistorySearch,
  type PastSecret,
  searchHistory,
} from '../../../secrets/history/search-history.ts';
import { masked } from '../../../secrets/mask.ts';

const mostEvidence = 20;
const fix: readonly Fix[] = [
  { kind: 'text', text: 'Revoke the secret: whoever has a clone has it.' },
  { kind: 'command', text: 'git filter-repo --replace-text secrets.txt' },
];
const fixOfGap = 'Audit a full clone (`git fetch --unshallow`), and look at what was left out by hand.';

export const check: Check = {
  id: 'secrets/history',
  aspect: 'secrets/history',
  title: 'No commit holds a secret.',
  why: 'A secret stays in the history after it was removed from the files.',
  severity: 'high',
  cwe: [798, 540],
  asvs: ['13.3.1'],
  run: async ({ root, read, today }) => {
    const search = await searchHistory(root);
    if ('reason' in search) return [unknown(search.reason, fixOfGap)];
    const { entries, problems } = readAllowList(read(allowListPath), today);
    const secrets = applyAllowList(search.secrets, entries);
    return outcomesOf({ ...search, secrets, gaps: [...problems, ...search.gaps] });
  },
};

function outcomesOf({ secrets, commits, versions, submodules, gaps }: HistorySearch): readonly Outcome[] {
  const sure = secrets.filter(({ doubt }) => doubt === undefined);
  const unsure = secrets.filter(({ doubt }) => doubt !== undefined);
  const outcomes: Outcome[] = [];
  if (sure.length > 0)
    outcomes.push(fail(`The history holds ${countOf(sure.length)}.`, evidenceOf(sure), fix));
  if (unsure.length > 0)
    outcomes.push(unknown(`The history holds ${countOf(unsure.length)}, perhaps.`, fix, evidenceOf(unsure)));
  if (gaps.length > 0)
    outcomes.push(
      unknown(
        'Not all of the history was searched.',
        fixOfGap,
        gaps.slice(0, mostEvidence).map((text) => ({ text })),
      ),
    );
  const counted = `${commits} ${commits === 1 ? 'commit' : 'commits'}, ${versions} ${versions === 1 ? 'content' : 'contents'} of files`;
  const of = submodules > 0 ? '; submodules have histories of their own, which were not searched' : '';
  if (outcomes.length === 0)
    outcomes.push(pass('All commits were searched, and none holds a secret.', [{ text: `${counted}${of}` }]));
  return outcomes;
}

function countOf(count: number): string {
  return count === 1 ? 'a secret' : `${count} secrets`;
}

/** The path may be gone from the work tree, so that it is part of the text. */
function evidenceOf(secrets: readonly PastSecret[]): readonly Evidence[] {
  return secrets.slice(0, mostEvidence).map((one) => ({
    text: `${one.title} in commit ${one.commit.slice(0, 12)}, ${visible(one.path)}:${one.line}: ${masked(one)}${one.doubt === undefined ? '' : `; ${one.doubt}`}`,
  }));
}
