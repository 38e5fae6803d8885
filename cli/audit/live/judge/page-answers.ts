import { type Answer, headerValues } from '../../../target/http/reply.ts';
import type { Visit } from '../../../target/http/visit.ts';
import { type Outcome, unknown } from '../../check/outcome.ts';
import type { Page, Site } from '../site.ts';
import { pathOf, shownReply } from './shown.ts';

/** What a browser would show of a page, each time that it was visited. */
export function answersOf({ first, second }: Page): readonly Answer[] {
  return [first, second].flatMap((visit) => (visit === undefined ? [] : (shownIn(visit) ?? [])));
}

/** The end of a visit. A server that is overloaded or broken shows nothing of the page. */
function shownIn({ answers, stopped }: Visit): Answer | undefined {
  const last = answers.at(-1);
  const isPage = last !== undefined && last.status < 500 && last.status !== 429 && !isRedirect(last);
  return stopped === undefined && isPage ? last : undefined;
}

export function isRedirect({ status }: Answer): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

/** Answers of all pages, and an outcome for each page that was not seen. */
export function seenPages(
  site: Site,
  fix: string,
): { readonly seen: readonly Answer[]; readonly lost: readonly Outcome[] } {
  const seen: Answer[] = [];
  const lost: Outcome[] = [];
  for (const page of site.pages) {
    const answers = answersOf(page);
    const visits = page.second === undefined ? 1 : 2;
    seen.push(...answers);
    if (answers.length < visits && !isLoopOverHttp(page, site)) lost.push(lostPage(page, fix));
  }
  return { seen, lost };
}

/** A page over http that only redirects to itself has nothing to judge but its redirect, if it was seen over https. */
function isLoopOverHttp({ url, first }: Page, { pages }: Site): boolean {
  const { protocol, hostname } = new URL(url);
  return (
    protocol === 'http:' &&
    first.stopped?.reason === 'too-many-redirects' &&
    first.answers.every((answer) => answer.url.startsWith('http:')) &&
    pages.some((page) => answersOf(page).some((answer) => isSameHost(answer, hostname)))
  );
}

function isSameHost({ url }: Answer, hostname: string): boolean {
  const own = new URL(url);
  return own.protocol === 'https:' && own.hostname === hostname;
}

function lostPage({ url, first, second }: Page, fix: string): Outcome {
  const visit = shownIn(first) === undefined ? first : second;
  const evidence = [...(visit?.answers.slice(-1) ?? []), visit?.stopped?.none].flatMap((one) =>
    one === undefined
      ? []
      : [shownReply(one, ...(one.kind === 'answer' && isRedirect(one) ? ['location'] : []))],
  );
  return unknown(
    `The page ${pathOf(url)} was not seen: ${whyLost(visit)}.`,
    `Audit the site while it answers, with the URL of the page itself. ${fix}`,
    evidence,
  );
}

function whyLost(visit: Visit | undefined): string {
  const status = visit?.answers.at(-1)?.status;
  switch (visit?.stopped?.reason) {
    case 'outside':
      return 'it redirects to a host that was not named';
    case 'too-many-redirects':
      return 'it redirects without end';
    case 'bad-location':
      return 'it redirects to no URL';
    case 'no-answer':
      return 'it had no answer';
    default:
      return status === undefined ? 'it had no answer' : `it was answered with ${status}`;
  }
}

/** Whether a browser renders it as a page. Without a type it guesses. */
export function isHtml(answer: Answer): boolean {
  const type = headerValues(answer, 'content-type').at(-1);
  if (type === undefined || type.trim() === '')
    return /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype|html|head|body)\b/i.test(answer.body.slice(0, 2_000));
  return /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(type);
}
