/**
 * Looks at how pages answer scripts of six foreign origins: another host, `null`, the site's name with something behind it or in front of
 * it, a subdomain, and the site over the other scheme; with and without its cookies, and to the question of a browser before a PUT.
 *
 * ## Why
 * An origin that may read with credentials reads what the visitor may read.
 *
 * ## Passes
 * No foreign origin may read, or each page has `*` without credentials: what everybody may read without a log-in is public anyway. Other
 * paths may answer differently, so a pass here alone does not pass the line.
 *
 * ## Fails
 * The origin of the request is reflected; `null` is allowed; any subdomain or the site over http may read with credentials; or `*` is
 * sent with credentials, which browsers refuse and which is meant to allow all.
 *
 * ## Unknown
 * The site did not answer these requests as it answers others.
 *
 * ## How to fix
 * ```js
 * app.use(cors({ origin: ['https://partner.example'] }));
 * ```
 */

import { headerValues } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { distinctEvidence } from '../../../live/judge/judge-pages.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { answersOf } from '../../../live/judge/page-answers.ts';
import { pathOf, shownReply } from '../../../live/judge/shown.ts';
import type { CorsProbe, ForeignOrigin, Site } from '../../../live/site.ts';

const fix =
  'Allow a fixed list of origins, compared as whole texts, and credentials only for those that need them.';
const names: Readonly<Record<ForeignOrigin, string>> = {
  another: 'any other site',
  null: 'the origin `null`, which any site can have',
  prefix: 'any host whose name begins as the site does',
  suffix: 'any host whose name ends as the site does',
  subdomain: 'any subdomain',
  'http-twin': 'the site over the other scheme',
};

export const check: Check = liveCheck({
  id: 'live/cors',
  aspect: 'cors/origins',
  title: 'Pages do not let foreign origins read them.',
  why: 'A foreign site reads what the visitor may read.',
  weight: 'part',
  severity: 'high',
  cwe: [942, 346],
  asvs: ['3.4.2'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const failed = site.cors.flatMap(holeIn);
  if (failed.length > 0) return [...new Map(failed.map((one) => [one.summary, one])).values()].slice(0, 20);
  const pages = [...new Set(site.cors.map(({ url }) => url))];
  if (pages.length === 0) return [unknown('No page was asked for from another origin.', fix)];
  return pages.map((url) => judgePage(site, url));
}

/** These are asked for with GET, and all must be answered for a pass. */
const needed: readonly ForeignOrigin[] = ['another', 'null', 'prefix', 'suffix', 'subdomain', 'http-twin'];

function judgePage(site: Site, url: string): Outcome {
  const usual = new Set(
    site.pages
      .filter((page) => page.url === url || answersOf(page).some((one) => one.url === url))
      .flatMap(answersOf)
      .map(({ status }) => status),
  );
  const probes = site.cors.filter((one) => one.url === url);
  const isAnswered = ({ reply }: CorsProbe): boolean =>
    reply.kind === 'answer' && usual.size > 0 && (reply.status < 300 || usual.has(reply.status));
  const open = needed.filter(
    (kind) => !probes.some((one) => one.kind === kind && one.method === 'GET' && isAnswered(one)),
  );
  const evidence = distinctEvidence(
    probes.filter(({ method, kind }) => method === 'GET' && needed.includes(kind)).map(shown),
  );
  if (open.length > 0)
    return unknown(
      `${pathOf(url)} did not answer requests of foreign origins as it answers others.`,
      'Audit the site while it answers, from an address that it does not block.',
      evidence,
    );
  return pass(
    probes.some((one) => allowed(one) === '*')
      ? `${pathOf(url)} may be read by any site without credentials, which is fine for what is public.`
      : `${pathOf(url)} lets no foreign origin read it.`,
    evidence,
  );
}

function holeIn(probe: CorsProbe): readonly Outcome[] {
  const { reply, kind, origin, url } = probe;
  const value = allowed(probe);
  if (reply.kind === 'none' || value === undefined) return [];
  const credentials = headerValues(reply, 'access-control-allow-credentials').at(-1)?.trim();
  const isWhole = credentials?.toLowerCase() === 'true';
  const where = pathOf(url);
  if (value === '*')
    return isWhole ? [fail(`${where} allows any origin, and credentials.`, [shown(probe)], fix)] : [];
  if (value.toLowerCase() !== origin.toLowerCase()) return [];
  const withWhat = isWhole ? 'with credentials' : 'without credentials';
  // Anybody may read what is public; one of these is no more than that.
  const isNear = kind === 'subdomain' || kind === 'http-twin';
  if (isNear && !isWhole) return [];
  return [fail(`${where} may be read by ${names[kind]}, ${withWhat}.`, [shown(probe)], fix)];
}

function allowed({ reply }: CorsProbe): string | undefined {
  return reply.kind === 'none'
    ? undefined
    : headerValues(reply, 'access-control-allow-origin').join(', ').trim() || undefined;
}

function shown({ reply, origin }: CorsProbe): { readonly text: string } {
  const { text } = shownReply(reply, 'access-control-allow-origin', 'access-control-allow-credentials');
  return { text: `origin: ${origin}: ${text}` };
}
