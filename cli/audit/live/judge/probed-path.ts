import { type Answer, headerValues } from '../../../target/http/reply.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../check/outcome.ts';
import type { PathProbe, Site } from '../site.ts';
import { answersOf, isHtml, isRedirect } from './page-answers.ts';
import { pathOf, shownReply } from './shown.ts';

export interface PathRule {
  readonly paths: readonly string[];
  /** A sentence for when none is there. */
  readonly passes: string;
  readonly fix: string;
  /** What the content shows, to follow the path: `is the configuration of git`. Undefined if it is something else. */
  recognise(answer: Answer): { readonly what: string; readonly evidence?: Evidence } | undefined;
}

/**
 * Judges paths that should not be there. An answer counts as the file only by its content: single-page applications answer 200 to
 * everything. What is no page, is not recognised, and differs from how the site answers random paths is unknown.
 */
export function judgePaths(site: Site, rule: PathRule): readonly Outcome[] {
  const probes = site.paths.filter(({ path }) => rule.paths.includes(path));
  if (probes.length === 0)
    return [unknown('These paths of the site were not asked for.', 'Audit the site while it answers.')];
  const outcomes = probes.map((probe) => judgePath(probe, site, rule));
  const worse = outcomes.filter(({ verdict }) => verdict !== 'pass');
  if (worse.length > 0) return worse;
  return [pass(rule.passes, outcomes.flatMap(({ evidence }) => evidence).slice(0, 20))];
}

function judgePath({ path, reply }: PathProbe, site: Site, { fix, recognise }: PathRule): Outcome {
  const evidence = [shownReply(reply, 'content-type')];
  if (reply.kind === 'none')
    return unknown(`${path} had no answer.`, 'Audit the site while it answers.', evidence);
  if (isOverloaded(reply, site))
    return unknown(
      `${path} was answered with ${reply.status}, so that it could be there.`,
      'Audit the site while it answers.',
      evidence,
    );
  if (isRedirect(reply) && leadsTo(reply, path, site))
    return unknown(`${path} redirects, which was not followed.`, `Give the URL that it leads to. ${fix}`, [
      shownReply(reply, 'location'),
    ]);
  if (reply.status !== 200 && reply.status !== 206) return pass(`${path} is not there.`, evidence);
  const found = recognise(reply);
  const isUsual = isAnswerOfAll(reply, site);
  if (found !== undefined && !isUsual)
    return fail(
      `${pathOf(reply.url)} ${found.what}.`,
      [...evidence, ...(found.evidence ? [found.evidence] : [])],
      fix,
    );
  if (isUsual || isHtml(reply) || isPageOfData(reply))
    return pass(`${path} is answered with a page.`, evidence);
  return unknown(`${path} is answered with content that was not recognised.`, `Look at it. ${fix}`, evidence);
}

/** Whether an answer says nothing of a path. A site that breaks at every path that is not there says by it that this one is not. */
export function isOverloaded(answer: Answer, site: Site): boolean {
  if (answer.status === 429) return true;
  if (answer.status < 500) return false;
  return answer.status !== 500 || !isSeen(site) || !isAnswerOfAll(answer, site);
}

/** Whether the file may be where a redirect leads: at the same path of another origin, or anywhere if no page was seen. */
export function leadsTo(answer: Answer, path: string, site: Site): boolean {
  if (!isSeen(site)) return true;
  const location = headerValues(answer, 'location')[0] ?? '';
  if (!URL.canParse(location, answer.url)) return false;
  const to = new URL(location, answer.url);
  return to.origin !== new URL(answer.url).origin && to.pathname.endsWith(path);
}

function isSeen({ pages }: Site): boolean {
  return pages.some((page) => answersOf(page).length > 0);
}

/** Whether the site answers random paths in the same way. */
export function isAnswerOfAll(answer: Answer, { controls, errors }: Site): boolean {
  const missing = errors.filter(({ kind }) => kind === 'missing');
  return [...controls, ...missing].some(
    ({ reply }) =>
      reply.kind === 'answer' &&
      reply.status === answer.status &&
      (reply.body === answer.body || (reply.body.trim() !== '' && without(reply) === without(answer))),
  );
}

/** The body without the path that it may repeat, and what changes from one answer to the next. */
function without({ body, url }: Answer): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const name = path.split('/').filter(Boolean).join('/');
  const text = name === '' ? body : body.split(path).join('').split(name).join('');
  return text.slice(0, 50_000).replaceAll(/[0-9a-f-]{8,}|\d+|nonce="[^"]*"/gi, '');
}

/** A short answer of an API, such as `{"error":"not found"}`. */
function isPageOfData(answer: Answer): boolean {
  const type = headerValues(answer, 'content-type').at(-1) ?? '';
  return /^\s*application\/(?:[\w.]+\+)?json\b/i.test(type) && answer.body.length < 2_000;
}
