/**
 * Looks for lists of files: at folders of the pages' own scripts, styles and images, at `/static/`, `/assets/`, `/uploads/` and `/backup/`,
 * and at the pages that were given.
 *
 * ## Why
 * A listing reveals files that no page links to: backups, other users' uploads, drafts.
 *
 * ## Passes
 * None of these is a list of files. Other folders may be.
 *
 * ## Fails
 * One of them is, as nginx, Apache, Caddy, IIS, Tomcat, Python, `serve-index` and others write it.
 *
 * ## Unknown
 * The site had no answer.
 *
 * ## How to fix
 * ```nginx
 * autoindex off;
 * ```
 */

import type { Answer } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { answersOf, isRedirect } from '../../../live/judge/page-answers.ts';
import { isAnswerOfAll, isOverloaded, leadsTo } from '../../../live/judge/probed-path.ts';
import { pathOf, shownPiece, shownReply } from '../../../live/judge/shown.ts';
import type { Site } from '../../../live/site.ts';

const fix =
  'Switch lists of files off: `autoindex off;` in nginx, `Options -Indexes` in Apache, no `browse` in Caddy, no `serve-index` in Express.';
const signs: readonly RegExp[] = [
  /<title>\s*(?:Index of|Directory listing for|Directory Listing For|listing directory|Directory: |Files within)\b/i,
  /<h1>\s*(?:Index of|Directory listing for|Directory Listing For|Directory: )\b/i,
  /<h1>\s*<a href="\/">~<\/a>/,
  /\[To Parent Directory\]/,
  /<a href="\.\.\/">(?:\.\.\/|Parent Directory)<\/a>/i,
  /<pre>\s*(?:<a href="[^"]{1,200}">[^<]{1,200}<\/a>\s*){2,}<\/pre>/,
];

export const check: Check = liveCheck({
  id: 'live/directory-listing',
  aspect: 'server/hardening',
  title: 'The server lists no folders.',
  why: 'A list shows files that no page links to.',
  weight: 'part',
  severity: 'medium',
  cwe: [548],
  asvs: ['13.4.3'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const folders = site.paths.filter(({ path }) => path.endsWith('/'));
  const answers = [
    ...site.pages.flatMap(answersOf),
    ...folders.flatMap(({ reply }) => (reply.kind === 'answer' ? [reply] : [])),
  ];
  const found = answers.flatMap((answer) => {
    const text = listIn(answer);
    if (text === undefined || (isAnswerOfAll(answer, site) && folders.some(({ reply }) => reply === answer)))
      return [];
    return [fail(`${pathOf(answer.url)} is a list of files.`, [shownPiece(answer, text)], fix)];
  });
  if (found.length > 0) return [...new Map(found.map((one) => [one.summary, one])).values()];
  const lost = folders.filter(
    ({ path, reply }) =>
      reply.kind === 'none' || isOverloaded(reply, site) || (isRedirect(reply) && leadsTo(reply, path, site)),
  );
  const evidence = folders.map(({ reply }) => shownReply(reply));
  if (folders.length === 0 || lost.length > 0)
    return [unknown('Folders of the site had no answer.', 'Audit the site while it answers.', evidence)];
  return [pass('None of the folders that were asked for is listed.', evidence)];
}

function listIn({ status, body }: Answer): string | undefined {
  if (status !== 200) return undefined;
  return signs.map((sign) => sign.exec(body.slice(0, 50_000))?.[0]).find((one) => one !== undefined);
}
