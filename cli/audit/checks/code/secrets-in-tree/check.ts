/**
 * Looks for secrets in all files of the project: keys and tokens by their published shapes, passwords and keys in settings, and secrets
 * that are written in code.
 *
 * ## Why
 * Whoever reads the repository, a copy or a container image has the secret, and deleting it later does not take it out of the history.
 *
 * ## Passes
 * All files were searched, and none holds a secret.
 *
 * ## Fails
 * A file holds one (`secret/hard-coded`, `secret/in-file`), or a key or token of a known shape stands in any other file. What git ignores
 * is not part of the project.
 *
 * ## Unknown
 * A file could not be read, or what was found is perhaps an example. Passwords of CI's own services, of words such as `ci` and `test`, are none.
 *
 * ## How to fix
 * Rotate the secret first: it has to be taken for known. Then read it from the environment or a secret store, and add the file to
 * `.gitignore`.
 */

import type { Finding } from '../../../../finding/finding.ts';
import { languageOf } from '../../../../scan/project/path-kind.ts';
import { lineStarts } from '../../../../scan/rule/line-starts.ts';
import { isTestPath } from '../../../../scan/rule/path-kind.ts';
import { shapesIn } from '../../../../scan/rules/secret-in-file/shapes-in.ts';
import { surroundingsOf } from '../../../../scan/rules/secret-in-file/surroundings.ts';
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import type { Subject } from '../../../subject/subject.ts';
import { countOf, judgeFindings } from '../judge-findings.ts';
import { gapsOf } from '../judge-sites.ts';

const fix =
  'Rotate the secret, read it from the environment or a secret store, and keep the file out of the repository.';

export const check: Check = {
  id: 'code/secrets-in-tree',
  aspect: 'secrets/tree',
  title: 'No file under version control holds a secret.',
  why: 'Whoever reads the repository, a copy or a container image has the secret.',
  severity: 'high',
  cwe: [798, 540],
  asvs: ['13.3.1'],
  run: async (subject) => [await look(subject)],
};

async function look(subject: Subject): Promise<Outcome> {
  const view = await subject.code();
  const findings = view.findings.filter((one) => !isForCi(subject, one));
  const found = judgeFindings(
    { ...view, findings },
    [/^secret\/(hard-coded|in-file)$/],
    'A secret is stored in the project',
  );
  if (found?.verdict === 'fail') return found;
  const { sure, unsure, unread, searched } = searchTexts(subject);
  if (sure.length > 0)
    return fail(
      `A key or token of a known shape is stored in ${countOf(sure.length, 'file')}.`,
      sure.slice(0, 10),
      fix,
    );
  if (found) return found;
  if (unsure.length > 0)
    return unknown(
      'What has the shape of a key or token was found in a test, an example, documentation or a comment.',
      fix,
      unsure.slice(0, 10),
    );
  const unreadable = [
    ...gapsOf(subject, {
      ...view,
      gaps: view.gaps.filter(
        (gap) => /not read|too large|larger|binary/i.test(gap) && !gap.startsWith('Files of'),
      ),
    }),
    ...unread,
  ];
  if (unreadable.length > 0)
    return unknown(
      'Not all files could be searched.',
      'Look at these files by hand, or make them readable.',
      unreadable.slice(0, 10),
    );
  return pass('All files were searched, and none holds a secret.', [
    { text: `${countOf(searched, 'file')} searched, ${view.files} of which are code` },
  ]);
}

/** What starts the services of a job in CI, which are gone with it: `SESSION_SECRET: ci-only`, `postgres://test:test@localhost/test`. */
function isForCi(subject: Subject, { confidence, place }: Finding): boolean {
  if (confidence !== 'low' || !ciFiles.test(place.path)) return false;
  const line = (subject.read(place.path) ?? '').split('\n')[place.line - 1] ?? '';
  const value = /[:=]\s*["']?([^"'\s#,}]+)["']?\s*[,}]?\s*(?:#.*)?$/.exec(line)?.[1] ?? '';
  return (
    isMadeUp(value) ||
    /^\w+(?:\+\w+)?:\/\/([\w-]+):([\w-]+)@(?:localhost|127\.0\.0\.1|postgres|mysql|mariadb|db|redis|mongo)[:/]/
      .exec(value)
      ?.slice(1)
      .every(isMadeUp) === true
  );
}

const ciFiles =
  /^\.github\/workflows\/|^\.gitlab-ci\.ya?ml$|^\.circleci\/|^azure-pipelines[\w.-]*\.ya?ml$|^\.travis\.ya?ml$/;

/** Only of words that say so. */
function isMadeUp(value: string): boolean {
  return (
    value.length <= 200 &&
    /^(?:(?:ci|tests?|testing|only|dummy|example|local|fake|not|a|real|secret|password|key|for|in|postgres|root|user|insecure|unsafe|throwaway)(?:[-_.]|$))+$/i.test(
      value,
    )
  );
}

interface Searched {
  readonly sure: readonly Evidence[];
  readonly unsure: readonly Evidence[];
  readonly unread: readonly Evidence[];
  readonly searched: number;
}

/** Images, fonts, archives and the like hold no text. */
const noText =
  /\.(png|jpe?g|gif|webp|avif|bmp|ico|icns|tiff?|psd|woff2?|ttf|otf|eot|mp[34]|m4a|ogg|wav|flac|webm|mov|avi|pdf|zip|gz|tgz|bz2|xz|7z|rar|jar|war|class|pyc|so|dll|dylib|exe|wasm|mo|bin|dat|parquet|onnx|pt)$/i;
const mostFiles = 50_000;
const mostReports = 5;

function searchTexts(subject: Subject): Searched {
  const sure: Evidence[] = [];
  const unsure: Evidence[] = [];
  const unread: Evidence[] = [];
  let searched = 0;
  for (const path of subject.paths.slice(0, mostFiles)) {
    if (noText.test(path)) continue;
    const text = subject.read(path);
    if (text === undefined) {
      unread.push({ text: `${path} could not be read`, path });
      continue;
    }
    searched++;
    const reports = shapesIn(text, surroundingsOf(path, text), mostReports);
    if (reports.length === 0) continue;
    const lines = lineStarts(text);
    for (const { message, confidence, at } of reports) {
      const line = lines.filter((start) => start <= at).length;
      // Code is judged by the scanner, which knows texts from comments.
      const isSure = confidence !== 'low' && !isTestPath(path) && languageOf(path) === undefined;
      (isSure ? sure : unsure).push({ text: message, path, line });
    }
  }
  if (subject.paths.length > mostFiles)
    unread.push({ text: `Only the first ${mostFiles} files were searched.` });
  return { sure, unsure, unread, searched };
}
