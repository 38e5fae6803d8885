/**
 * Looks at `/robots.txt`. It asks search engines to stay away, and everybody can read it.
 *
 * ## Why
 * Attackers read it first: a path that nobody was to know stands in it.
 *
 * ## Passes
 * The file is not there, or names no path that says that it is private.
 *
 * ## Fails
 * It names paths such as `/admin`, `/backup` or `/.git`.
 *
 * ## Unknown
 * The site had no answer, or asks for a log-in.
 *
 * ## How to fix
 * ```text
 * User-agent: *
 * Disallow: /search
 * ```
 * Protect private paths by a log-in, and send `X-Robots-Tag: noindex` with them instead of naming them here.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { isHtml, isRedirect } from '../../../live/judge/page-answers.ts';
import { isAnswerOfAll, isOverloaded, leadsTo } from '../../../live/judge/probed-path.ts';
import { shownReply } from '../../../live/judge/shown.ts';
import type { Site } from '../../../live/site.ts';

const fix =
  'Protect private paths by a log-in, and do not name them in `robots.txt`: send `X-Robots-Tag: noindex` with them.';
/** WordPress names its own folder in every installation. */
const telling =
  /(?:^|[/_.-])(?:admin(?:istrator|istration)?|backend|backups?|bak|private|internal|intranet|secrets?|staging|config|\.git|\.env|\.svn|dumps?|database|db|phpmyadmin|passwords?|credentials?|confidential|hidden)(?=$|[/_.*$?-])/i;

export const check: Check = liveCheck({
  id: 'live/robots',
  aspect: 'server/hardening',
  title: '`robots.txt` names no private paths.',
  why: 'Attackers read it first.',
  weight: 'note',
  severity: 'low',
  cwe: [200],
  asvs: [],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const probe = site.paths.find(({ path }) => path === '/robots.txt');
  if (probe === undefined)
    return [unknown('`/robots.txt` was not asked for.', 'Audit the site while it answers.')];
  const { reply } = probe;
  const evidence = [shownReply(reply)];
  if (reply.kind === 'none' || isOverloaded(reply, site))
    return [unknown('`/robots.txt` had no answer.', 'Audit the site while it answers.', evidence)];
  if (isRedirect(reply) && leadsTo(reply, probe.path, site))
    return [
      unknown(
        '`/robots.txt` redirects, which was not followed.',
        'Give the URL of the site that it leads to.',
        [shownReply(reply, 'location')],
      ),
    ];
  if (reply.status === 401 || reply.status === 407)
    return [
      unknown('`/robots.txt` was not seen without a log-in.', 'Audit the site where it is public.', evidence),
    ];
  if (reply.status !== 200 || isHtml(reply) || isAnswerOfAll(reply, site))
    return [pass('The site has no `/robots.txt`.', evidence)];
  const paths = reply.body
    .slice(0, 100_000)
    .split(/\r?\n/)
    .flatMap((line) => /^\s*(?:dis)?allow\s*:\s*([^\s#]{1,500})/i.exec(line)?.[1] ?? [])
    .filter((path) => !/^\/wp-admin\//.test(path) && telling.test(path));
  if (paths.length === 0)
    return [pass('`/robots.txt` names no path that says that it is private.', evidence)];
  return [
    fail(
      '`/robots.txt` names paths that say that they are private.',
      [...evidence, ...paths.slice(0, 10).map((path) => ({ text: path.slice(0, 100) }))],
      fix,
    ),
  ];
}
