import type { Client } from './client.ts';
import { type Answer, headerValues, type NoAnswer } from './reply.ts';
import { parseSetCookie } from './set-cookie.ts';

/** One URL with the redirects that were followed. */
export interface Visit {
  /** Every answer, in order; the last one is what a browser would show, unless `stopped` says why not. */
  readonly answers: readonly Answer[];
  /** Why the last answer is not the end: a URL outside of the gate, too many redirects, no answer. */
  readonly stopped?: Stopped;
}

export interface Stopped {
  readonly reason: 'outside' | 'too-many-redirects' | 'bad-location' | 'no-answer';
  /** Where the last redirect leads, made absolute, if it can be. Untrusted. */
  readonly to?: string;
  readonly none?: NoAnswer;
}

const mostRedirects = 5;

/** Requests a URL, and follows redirects within the gate. Cookies that are set on the way are sent along, as some sites wait for them. */
export async function visit(client: Client, start: URL, allows: (url: URL) => boolean): Promise<Visit> {
  const answers: Answer[] = [];
  const jar = new Map<string, { readonly pair: string; readonly secure: boolean }>();
  let url = start;
  for (;;) {
    const cookies = [...jar.values()].filter(({ secure }) => !secure || url.protocol === 'https:');
    const cookie = cookies.map(({ pair }) => pair).join('; ');
    const isOwn = url.hostname === start.hostname && cookie !== '';
    const reply = await client.send({ url, ...(isOwn && { headers: { Cookie: cookie } }) });
    if (reply.kind === 'none') return { answers, stopped: { reason: 'no-answer', none: reply } };
    answers.push(reply);
    if (!/^30[12378]$/.test(String(reply.status))) return { answers };
    const location = headerValues(reply, 'location')[0];
    if (location === undefined) return { answers };
    const to = absolute(location, url);
    if (to === undefined) return { answers, stopped: { reason: 'bad-location' } };
    if (!allows(to)) return { answers, stopped: { reason: 'outside', to: to.href } };
    if (answers.length > mostRedirects)
      return { answers, stopped: { reason: 'too-many-redirects', to: to.href } };
    if (url.hostname === start.hostname) keepCookies(reply, jar);
    url = to;
  }
}

function absolute(location: string, base: URL): URL | undefined {
  if (!URL.canParse(location, base)) return undefined;
  const url = new URL(location, base);
  url.hash = '';
  url.username = '';
  url.password = '';
  return url;
}

const mostCookies = 20;
const longestCookie = 4_096;

function keepCookies(
  answer: Answer,
  jar: Map<string, { readonly pair: string; readonly secure: boolean }>,
): void {
  for (const header of headerValues(answer, 'set-cookie')) {
    const cookie = parseSetCookie(header, answer.url);
    if (cookie === undefined || header.length > longestCookie || /[^\x20-\x7e]/.test(header)) continue;
    if (cookie.isRemoved) jar.delete(cookie.name);
    else if (jar.size < mostCookies)
      jar.set(cookie.name, { pair: `${cookie.name}=${cookie.value}`, secure: cookie.secure });
  }
}
