/**
 * Looks at `/.git/HEAD` and `/.git/config`. Only their content counts: single-page applications answer 200 to everything.
 *
 * ## Why
 * Whoever can read the folder can copy the whole repository, with its history and what was ever committed to it.
 *
 * ## Passes
 * Neither is there.
 *
 * ## Fails
 * One of them has the content of git.
 *
 * ## Unknown
 * The site had no answer, or answered with content that is not recognised.
 *
 * ## How to fix
 * ```nginx
 * location ~ /\. { deny all; }
 * ```
 */

import type { Answer } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { judgePaths } from '../../../live/judge/probed-path.ts';
import { shownPiece } from '../../../live/judge/shown.ts';

export const check: Check = liveCheck({
  id: 'live/exposed-git',
  aspect: 'server/hardening',
  title: 'The folder `.git` is not served.',
  why: 'Whoever can read it can copy the repository, with its history.',
  weight: 'part',
  severity: 'high',
  cwe: [527, 538],
  asvs: ['13.4.1'],
  judge: (site) =>
    judgePaths(site, {
      paths: ['/.git/HEAD', '/.git/config'],
      passes: 'Neither `/.git/HEAD` nor `/.git/config` is served.',
      fix: 'Serve a folder without `.git`, refuse paths with a dot (nginx: `location ~ /\\. { deny all; }`), and replace every secret that was ever committed.',
      recognise,
    }),
});

function recognise(answer: Answer): ReturnType<Parameters<typeof judgePaths>[1]['recognise']> {
  const body = answer.body.slice(0, 20_000);
  if (/^\s*ref: refs\/[\w./-]{1,200}\s*$/.test(body))
    return { what: 'is the head of a git repository', evidence: shownPiece(answer, body) };
  if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?\s*$/.test(body)) return { what: 'is the head of a git repository' };
  // A URL in it may hold a token.
  if (
    /^[ \t]*\[(?:core|remote "|branch ")/m.test(body) &&
    /^[ \t]*(?:repositoryformatversion|bare|filemode|url|fetch|merge)\s*=/m.test(body)
  )
    return { what: 'is the configuration of a git repository' };
  return undefined;
}
