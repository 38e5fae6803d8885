import { randomBytes } from 'node:crypto';
import type { Client } from '../http/client.ts';
import { createCookieJar } from '../http/cookie-jar.ts';
import type { Reply } from '../http/reply.ts';
import { visit } from '../http/visit.ts';
import { findLogInForm } from './log-in-form.ts';

export interface LogInAttempts {
  readonly url: string;
  readonly user: string;
  /** How the site answered each wrong password, in order. Redirects are not followed. */
  readonly attempts: readonly Reply[];
  /** Why there were fewer attempts than asked for, as a sentence. */
  readonly failure?: string;
}

export interface LogInTarget {
  readonly client: Client;
  readonly allows: (url: URL) => boolean;
  /** Of the page with the form. */
  readonly url: URL;
  /** A user that exists for this test only: it may be locked afterwards. */
  readonly user: string;
  readonly mostAttempts: number;
}

/**
 * Sends wrong passwords for one user, through the form of a page as a browser sends it, until the site says that it is enough (429).
 * Users are never guessed, and no password is ever right: each is random.
 */
export async function probeLogIn({
  client,
  allows,
  url,
  user,
  mostAttempts,
}: LogInTarget): Promise<LogInAttempts> {
  const jar = createCookieJar(url.hostname);
  const attempts: Reply[] = [];
  const end = (failure?: string): LogInAttempts => ({
    ...{ url: url.href, user, attempts, ...(failure !== undefined && { failure }) },
  });
  while (attempts.length < mostAttempts) {
    // A token may be good for one use.
    const { answers, stopped } = await visit(client, url, allows, jar);
    const page = answers.at(-1);
    if (page?.status === 429) {
      attempts.push(page);
      return end();
    }
    const form = page && stopped === undefined ? findLogInForm(page) : undefined;
    if (form === undefined) return end('The page has no form that posts a user and one password.');
    if (!allows(form.action) || form.action.hostname !== url.hostname)
      return end('The form is sent to another host.');
    const values = {
      ...form.fields,
      [form.userField]: user,
      [form.passwordField]: `wrong-${randomBytes(12).toString('hex')}`,
    };
    const reply = await client.send({
      ...{ url: form.action, method: 'POST', body: new URLSearchParams(values).toString() },
      headers: {
        ...jar.headers(form.action),
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: url.origin,
        Referer: url.href,
      },
    });
    attempts.push(reply);
    if (reply.kind === 'none') return end(reply.sentence);
    jar.keep(reply);
    if (reply.status === 429) return end();
  }
  return end();
}
