/**
 * Looks for secrets in all files of the project: keys and tokens by their published shapes, private keys, passwords in URLs, passwords and
 * keys beside their names, and what the scanner finds in settings and code. Text in base64 is decoded first. Nothing is sent anywhere.
 *
 * ## Why
 * Whoever reads the repository, a copy or a container image has the secret, and deleting it later does not take it out of the history.
 *
 * ## Passes
 * All files were searched, and none holds a secret.
 *
 * ## Fails
 * A file under version control holds one, also if `.gitignore` names it. A file that git neither has nor ignores is reported apart: the
 * next `git add` takes it. What git ignores is not part of the project.
 *
 * ## Unknown
 * A file could not be read, is an archive or a store of keys, or is larger than 20 MB. Or what was found is perhaps an example: it stands
 * in a test, in documentation or in a file that is to be filled in, its checksum is wrong, or a passphrase protects it. Passwords of CI's
 * own services, of words such as `ci` and `test`, are none.
 *
 * ## How to fix
 * Rotate the secret first: it has to be taken for known. Then read it from the environment or a secret store, and add the file to
 * `.gitignore`. What is no secret is named in `bulwark.secrets.toml`, in entries `[[allowed]]` with a `fingerprint` (or a `path` and a
 * `kind`), a `reason` and `until`; a secret that is certain stays unknown all the same.
 */

import type { CodeView } from '../../../../scan/code-view.ts';
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { applyAllowList } from '../../../secrets/allow/apply-allow-list.ts';
import { type Allowed, allowListPath, readAllowList } from '../../../secrets/allow/read-allow-list.ts';
import { masked } from '../../../secrets/mask.ts';
import { searchTree, type TreeSecret } from '../../../secrets/tree/search-tree.ts';
import type { Subject } from '../../../subject/subject.ts';
import { countOf, judgeFindings } from '../judge-findings.ts';
import { gapsOf } from '../judge-sites.ts';
import { isForCi } from './is-for-ci.ts';

const fix =
  'Rotate the secret, read it from the environment or a secret store, and keep the file out of the repository.';
const mostEvidence = 20;

export const check: Check = {
  id: 'code/secrets-in-tree',
  aspect: 'secrets/tree',
  title: 'No file under version control holds a secret.',
  why: 'Whoever reads the repository, a copy or a container image has the secret.',
  severity: 'high',
  cwe: [798, 540],
  asvs: ['13.3.1'],
  run: look,
};

async function look(subject: Subject): Promise<readonly Outcome[]> {
  const view = await subject.code();
  const { secrets: every, files, gaps } = searchTree(subject);
  const { entries, problems } = readAllowList(subject.read(allowListPath), subject.today);
  const { secrets, rest } = eachOnce(...allowed(every, entries, view));
  const outcomes: Outcome[] = [];
  const sure = secrets.filter(({ doubt }) => doubt === undefined);
  const tracked = sure.filter((one) => !one.isUntracked);
  const untracked = sure.filter((one) => one.isUntracked);
  const unsure = secrets.filter(({ doubt }) => doubt !== undefined);
  if (tracked.length > 0)
    outcomes.push(
      fail(`${countOf(tracked.length, 'secret')} in files of the project.`, evidenceOf(tracked), fix),
    );
  if (untracked.length > 0)
    outcomes.push(
      fail(
        `${countOf(untracked.length, 'secret')} in files that git neither has nor ignores.`,
        evidenceOf(untracked),
        'Add the files to `.gitignore`, before `git add` takes them.',
      ),
    );
  const findings = rest.findings.filter((one) => !isForCi(subject, one));
  const found = judgeFindings(
    { ...rest, findings },
    [/^secret\/(hard-coded|in-file)$/],
    'A secret is stored in the project',
  );
  if (found) outcomes.push(found);
  if (unsure.length > 0)
    outcomes.push(
      unknown(`${countOf(unsure.length, 'text')} with the shape of a secret.`, fix, evidenceOf(unsure)),
    );
  const unread: readonly Evidence[] = [
    ...gapsOf(subject, {
      ...view,
      gaps: view.gaps.filter(
        (gap) => /not read|too large|larger|binary/i.test(gap) && !gap.startsWith('Files of'),
      ),
    }),
    ...[...problems, ...gaps].map((text) => ({ text })),
  ];
  if (unread.length > 0)
    outcomes.push(
      unknown(
        'Not all files could be searched.',
        'Look at these files by hand, or make them readable.',
        unread.slice(0, mostEvidence),
      ),
    );
  if (outcomes.length > 0) return outcomes;
  return [
    pass('All files were searched, and none holds a secret.', [
      { text: `${countOf(files, 'file')} searched, ${view.files} of which are code` },
    ]),
  ];
}

/**
 * What the allow list knows is not reported by the scanner again. Where both found it, it stays as a doubt: two that agree are not
 * overruled by an entry.
 */
function allowed(
  every: readonly TreeSecret[],
  entries: readonly Allowed[],
  view: CodeView,
): [readonly TreeSecret[], CodeView] {
  const ofScanner = new Set(
    view.findings.filter(({ rule }) => isOfSecrets(rule)).map(({ place }) => placeOf(place.path, place.line)),
  );
  const known = new Set<string>();
  const left = every.flatMap((one): readonly TreeSecret[] => {
    const place = placeOf(one.path, one.line);
    const applied = applyAllowList([one], entries);
    if (applied[0] === one) return [one];
    if (!ofScanner.has(place)) return applied;
    known.add(place);
    const { doubt: _, ...sure } = one;
    return applyAllowList([sure], entries);
  });
  const findings = view.findings.filter(
    ({ rule, place }) => !isOfSecrets(rule) || !known.has(placeOf(place.path, place.line)),
  );
  return [left, { ...view, findings }];
}

const placeOf = (path: string, line: number): string => `${line}:${path}`;
const isOfSecrets = (rule: string): boolean => /^secret\/(hard-coded|in-file)$/.test(rule);

interface EachOnce {
  readonly secrets: readonly TreeSecret[];
  readonly rest: CodeView;
}

/**
 * What both found is reported once: by the scanner where the search has doubts, or where a comment accepts it, which only the scanner
 * reads.
 */
function eachOnce(all: readonly TreeSecret[], view: CodeView): EachOnce {
  const ofScanner = view.findings.filter(({ rule }) => isOfSecrets(rule));
  const accepted = new Set(
    view.suppressed
      .filter(({ finding }) => isOfSecrets(finding.rule))
      .map(({ finding }) => placeOf(finding.place.path, finding.place.line)),
  );
  const found = new Set(ofScanner.map(({ place }) => placeOf(place.path, place.line)));
  const secrets = all.filter(({ path, line, doubt }) => {
    const place = placeOf(path, line);
    return !accepted.has(place) && (doubt === undefined || !found.has(place));
  });
  const sure = new Set(
    secrets.filter(({ doubt }) => doubt === undefined).map((one) => placeOf(one.path, one.line)),
  );
  const findings = view.findings.filter(({ place }) => !sure.has(placeOf(place.path, place.line)));
  return { secrets, rest: { ...view, findings } };
}

function evidenceOf(secrets: readonly TreeSecret[]): readonly Evidence[] {
  return secrets.slice(0, mostEvidence).map((one) => ({
    text: `${one.title}: ${masked(one)}${one.doubt === undefined ? '' : `; ${one.doubt}`}`,
    path: one.path,
    line: one.line,
  }));
}
