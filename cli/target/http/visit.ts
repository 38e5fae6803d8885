import type { Client } from './client.ts';
import { type CookieJar, createCookieJar } from './cookie-jar.ts';
import { type Answer, headerValues, type NoAnswer } from './reply.ts';

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

/**
 * Requests a URL, and follows redirects within the gate. Cookies that are set on the way are sent along, as some sites wait for them.
 *
 * @param jar keeps them for further requests
 */
export async function visit(
  client: Client,
  start: URL,
  allows: (url: URL) => boolean,
  jar: CookieJar = createCookieJar(start.hostname),
): Promise<Visit> {
  const answers: Answer[] = [];
  let url = start;
  for (;;) {
    const reply = await client.send({ url, headers: jar.headers(url) });
    if (reply.kind === 'none') return { answers, stopped: { reason: 'no-answer', none: reply } };
    answers.push(reply);
    jar.keep(reply);
    if (!/^30[12378]$/.test(String(reply.status))) return { answers };
    const location = headerValues(reply, 'location')[0];
    if (location === undefined) return { answers };
    const to = absolute(location, url);
    if (to === undefined) return { answers, stopped: { reason: 'bad-location' } };
    if (!allows(to)) return { answers, stopped: { reason: 'outside', to: to.href } };
    if (answers.length > mostRedirects)
      return { answers, stopped: { reason: 'too-many-redirects', to: to.href } };
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
