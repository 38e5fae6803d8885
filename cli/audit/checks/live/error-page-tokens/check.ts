/**
 * Looks for names and versions of software in the bodies of error pages: those that nginx, Apache, Tomcat, Jetty, IIS, lighttpd and others
 * write at the end of theirs.
 *
 * ## Why
 * A name and a version tell an attacker which known vulnerabilities to try.
 *
 * ## Passes
 * An error was provoked, and no page names software. The bare name of nginx is accepted.
 * So does a site that answers everything with an ordinary page; an error page of the server itself was not seen then.
 *
 * ## Fails
 * A page names it.
 *
 * ## Unknown
 * No error could be provoked: the site had no answer, redirects every path, or asks for a log-in on each.
 *
 * ## How to fix
 * ```nginx
 * server_tokens off;
 * error_page 404 /404.html;
 * ```
 */
import type { Answer } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { errorAnswers } from '../../../live/judge/all-answers.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { provokedErrors } from '../../../live/judge/provoked-errors.ts';
import { shownPiece, shownReply } from '../../../live/judge/shown.ts';
import type { Site } from '../../../live/site.ts';

const fix =
  'Answer errors with pages of your own, and switch off the name at the end of those of the server: `server_tokens off;`, `ServerSignature Off`.';

const signs: readonly RegExp[] = [
  /\b(?:nginx|openresty|tengine|angie|apache(?:[ -]tomcat)?|lighttpd|litespeed|jetty|microsoft-iis|iis|werkzeug|python|php|gunicorn|uvicorn|tornado(?:server)?|cherrypy|express|caddy|varnish|wildfly|glassfish|weblogic|puma|passenger|phusion passenger|squid|mod_ssl|openssl|node\.js|django|flask|rails|laravel|asp\.net|tomcat|undertow|kestrel)(?:\/|\s+(?:version:?\s*|v)?|\s*\(?)\d+(?:\.\d+)+/i,
  /<address>\s*(?:Apache|nginx)[^<]{0,200}Server at/i,
  /<center>\s*(?:openresty|tengine|cloudflare|angie|freenginx)\b[^<]{0,40}<\/center>/i,
  /Whitelabel Error Page/,
  /(?:Apache Tomcat|Powered by Jetty|Jetty:\/\/|Internet Information Services|Microsoft-IIS|LiteSpeed Web Server|Phusion Passenger|Varnish cache server|WildFly|GlassFish|WebLogic)/,
  /<title>(?:IIS |404 Not Found - Apache|Error - Tornado)/,
  /ASP\.NET Version:|Server Error in '\/[^'<]{0,100}' Application|Microsoft \.NET Framework Version:/,
];

export const check: Check = liveCheck({
  id: 'live/error-page-tokens',
  aspect: 'server/tokens',
  title: 'Error pages do not name the software of the server.',
  why: 'A name and a version tell an attacker which known vulnerabilities to try.',
  severity: 'low',
  cwe: [200],
  asvs: ['13.4.6'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const found = errorAnswers(site).flatMap((answer) => {
    const text = answer.status >= 400 && answer.status !== 429 ? softwareOf(answer) : undefined;
    return text === undefined
      ? []
      : [
          fail(
            `The error page of a status ${answer.status} names software.`,
            [shownPiece(answer, text)],
            fix,
          ),
        ];
  });
  if (found.length > 0) return [...new Map(found.map((one) => [one.summary, one])).values()].slice(0, 20);
  const evidence = [...site.errors, ...site.controls].map(({ reply }) => shownReply(reply)).slice(0, 20);
  const provoked = provokedErrors(site);
  if (provoked.kind === 'none')
    return [unknown(provoked.why, `Audit the site while it answers. ${fix}`, evidence)];
  if (provoked.kind === 'errors')
    return [pass(`None of ${provoked.errors.length} error pages names software.`, evidence)];
  const named = provoked.pages.find((page) => softwareOf(page) !== undefined);
  if (named !== undefined)
    return [
      unknown(
        'The site answers everything with a page that names software, which may be what the page is about.',
        `Look at it. ${fix}`,
        [shownPiece(named, softwareOf(named) ?? '')],
      ),
    ];
  return [
    pass(
      'The site answers everything with a page that names no software. An error page of the server itself was not seen.',
      evidence,
    ),
  ];
}

function softwareOf({ body }: Answer): string | undefined {
  const start = body.slice(0, 100_000);
  return signs.map((sign) => sign.exec(start)?.[0]).find((one) => one !== undefined);
}
