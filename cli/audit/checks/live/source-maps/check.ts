/**
 * Looks at the scripts of the site's own origin that the pages load, and at the source map that each one names. Only the content of a map
 * counts.
 *
 * ## Why
 * A map with sources gives away the code as it was written: comments, names, paths that are not linked, sometimes keys.
 *
 * ## Passes
 * No script has a map, its map is not there, or it holds no sources of the site's own.
 *
 * ## Fails
 * A map holds sources of the site's own.
 *
 * ## Unknown
 * A script or a map had no answer, not all scripts were looked at, or no page of HTML was seen without a log-in.
 *
 * ## How to fix
 * ```js
 * export default { build: { sourcemap: 'hidden' } }; // and upload the maps to where errors are read, not to the site
 * ```
 */

import type { Answer } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { isHtml, seenPages } from '../../../live/judge/page-answers.ts';
import { partsOf } from '../../../live/judge/page-policies.ts';
import { pathOf, shownReply } from '../../../live/judge/shown.ts';
import { readSourceMap } from '../../../live/judge/source-map.ts';
import type { ScriptProbe, Site } from '../../../live/site.ts';

const fix = 'Build without source maps for the site, or keep them where only your own tools read them.';

export const check: Check = liveCheck({
  id: 'live/source-maps',
  aspect: 'server/hardening',
  title: 'No source map with the code of the site is served.',
  why: 'A map gives away the code as it was written, with comments and paths.',
  weight: 'note',
  severity: 'low',
  cwe: [540],
  asvs: ['13.4.7'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const outcomes = site.scripts.map(judgeScript);
  const failed = outcomes.filter(({ verdict }) => verdict === 'fail');
  if (failed.length > 0) return failed;
  const { seen, lost } = seenPages(site, fix);
  const open = [...outcomes.filter(({ verdict }) => verdict === 'unknown'), ...lost];
  if (open.length > 0) return open;
  const asked = new Set(site.scripts.map(({ url }) => withoutHash(url)));
  const missed = seen.flatMap((page) => scriptsOf(page, site.origin)).filter((url) => !asked.has(url));
  const cut = seen.filter(({ isCut }) => isCut);
  if (missed.length > 0 || cut.length > 0)
    return [
      unknown('Not all scripts of the pages were looked at.', 'Give the URL of fewer or smaller pages.', [
        ...[...new Set(missed)].slice(0, 10).map((url) => ({ text: url.slice(0, 200) })),
        ...cut.map((page) => shownReply(page)),
      ]),
    ];
  if (outcomes.length === 0 && !seen.some((page) => isHtml(page) && page.status < 400))
    return [
      unknown(
        'None of the answers that were looked at is a page of HTML that the site shows without a log-in.',
        `Give the URL of a page. ${fix}`,
        seen.slice(0, 10).map((page) => shownReply(page, 'content-type')),
      ),
    ];
  if (outcomes.length === 0)
    return [
      pass(
        'The pages load no script of their own origin.',
        seen.slice(0, 10).map((page) => shownReply(page)),
      ),
    ];
  return [
    pass(
      'No script of the pages has a source map with its code.',
      outcomes.flatMap(({ evidence }) => evidence),
    ),
  ];
}

function judgeScript({ url, reply, map }: ScriptProbe): Outcome {
  const where = pathOf(url);
  const again = 'Audit the site while it answers.';
  if (reply.kind === 'none') return unknown(`The script ${where} had no answer.`, again, [shownReply(reply)]);
  const inline =
    /\/\/[#@]\s*sourceMappingURL=data:application\/json[^,\s]{0,100};base64,([\w+/=]{1,200000})/.exec(
      reply.body,
    )?.[1];
  const text = inline === undefined ? mapText(map?.reply) : Buffer.from(inline, 'base64').toString('utf8');
  const evidence = [shownReply(reply), ...(map === undefined ? [] : [shownReply(map.reply, 'content-type')])];
  if (map?.reply.kind === 'none')
    return unknown(`The source map of ${where} had no answer.`, again, evidence);
  if (text === undefined) return pass(`The script ${where} has no source map that is served.`, evidence);
  const sources = readSourceMap(text);
  const isCut = map?.reply.kind === 'answer' && map.reply.isCut;
  if (sources === undefined) {
    if (isCut && /^\s*\{/.test(text) && /"sourcesContent"\s*:\s*\[/.test(text))
      return fail(`The source map of ${where} holds the code of the site.`, evidence, fix);
    return isCut && /^\s*\{/.test(text)
      ? unknown(`The source map of ${where} was too long to be read.`, fix, evidence)
      : pass(`What is served as the source map of ${where} is none.`, evidence);
  }
  if (sources.length === 0) return pass(`The source map of ${where} holds no code of the site.`, evidence);
  const names = sources.slice(0, 10).map((name) => ({ text: name.slice(0, 200) }));
  return fail(`The source map of ${where} holds the code of the site.`, [...evidence, ...names], fix);
}

function mapText(reply: ScriptProbe['reply'] | undefined): string | undefined {
  return reply?.kind === 'answer' && reply.status === 200 ? reply.body : undefined;
}

function scriptsOf(page: Answer, origin: string): readonly string[] {
  if (!isHtml(page)) return [];
  return partsOf(page).flatMap(({ tag, attributes }) => {
    const src = attributes.get('src');
    if (tag !== 'script' || src === undefined || !URL.canParse(src, page.url)) return [];
    const url = new URL(src, page.url);
    return url.origin === origin ? [withoutHash(url.href)] : [];
  });
}

function withoutHash(url: string): string {
  return url.replace(/#.*$/s, '');
}
