/**
 * Looks at how the application keeps sessions: `express-session`, `cookie-session`, `koa-session`, `@fastify/session`,
 * `@fastify/secure-session`, `iron-session`, `next-auth`, `better-auth`, the sessions of Bulwark, and cookies that the code sets itself
 * under a name such as `session` or `token`. What a library does without options is taken from its source.
 *
 * ## Why
 * A cookie without `Secure` is sent over http, where anyone on the path reads it. Without `HttpOnly` any script in the page reads it.
 * Without `SameSite` browsers send it with requests that other sites cause.
 *
 * ## Passes
 * Every session has a cookie with all three. `process.env.NODE_ENV === 'production'` counts as true, because production is what is judged.
 * Other variables of the environment hold what files of the deployment set; a default that is safe counts if none does.
 *
 * ## Fails
 * One of them is `false`, `SameSite` is `none`, or the library leaves it out by default: `express-session` sets neither `Secure` nor
 * `SameSite`.
 *
 * ## Unknown
 * A setting is computed, or read from the environment without a safe default, `secure` is `auto`, or no session was found.
 *
 * ## How to fix
 * ```js
 * app.use(session({ ...options, cookie: { secure: true, httpOnly: true, sameSite: 'lax' } }));
 * ```
 *
 * Behind a proxy `express-session` sends a secure cookie only if Express trusts the proxy: `app.set('trust proxy', 1)`.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { evidenceOfReading, nameOf } from '../../../node/app/evidence.ts';
import { type NodeApplication, nodeApplications } from '../../../node/app/node-application.ts';
import { type FoundCookie, foundCookies } from '../../../node/session/found-cookies.ts';
import { judgeCookie } from '../../../node/session/judge-cookie.ts';
import { mayKeepSessions } from '../../../node/session/may-keep-sessions.ts';

export const check: Check = {
  id: 'node/session-cookie',
  aspect: 'cookies/session',
  title: 'The cookie of every session is set with Secure, HttpOnly and SameSite.',
  why: 'Whoever gets the cookie of a session acts as its user.',
  severity: 'medium',
  cwe: [614, 1004, 1275],
  asvs: ['3.3.1', '3.3.2', '3.3.4'],
  run(subject) {
    const all = nodeApplications(subject).map((application) => ({
      application,
      cookies: foundCookies(application),
    }));
    // Beside an application with sessions, one all of whose code is read and speaks of none has none.
    const some = all.filter(({ application, cookies }) => cookies.length > 0 || mayKeepSessions(application));
    return (some.some(({ cookies }) => cookies.length > 0) ? some : all).map((one) =>
      look(one.application, one.cookies),
    );
  },
};

function look(application: NodeApplication, cookies: readonly FoundCookie[]): Outcome {
  if (cookies.every(({ isUnnamed }) => isUnnamed)) {
    return unknown(
      `${nameOf(application)} keeps sessions in a way that was not recognised, or keeps none.`,
      "Set the cookie of the session with `{ secure: true, httpOnly: true, sameSite: 'lax' }`.",
      [evidenceOfReading(application)],
    );
  }
  const judged = cookies.map((cookie) => ({ cookie, ...judgeCookie(cookie, application) }));
  const bad = judged.filter(({ wrong }) => wrong.length > 0);
  if (bad.length > 0) {
    const [first] = bad;
    return fail(
      `The cookie of ${first?.cookie.by} ${list(first?.wrong ?? [])}.`,
      bad.flatMap(({ evidence }) => evidence).slice(0, 10),
      bad.map(({ cookie }) => ({ kind: 'text', text: fixOf(cookie) })),
    );
  }
  const open = judged.filter(({ doubts }) => doubts.length > 0);
  if (open.length > 0) {
    const [first] = open;
    return unknown(
      `Whether the cookie of ${first?.cookie.by} is safe is not known: ${first?.doubts.join('; ')}.`,
      open.map(({ cookie }) => ({ kind: 'text', text: fixOf(cookie) })),
      open.flatMap(({ evidence }) => evidence).slice(0, 10),
    );
  }
  const [gap] = application.gaps;
  if (gap !== undefined) {
    return unknown(
      'The cookies that were found are safe, and not all code of the application was read.',
      "Set the cookie of the session with `{ secure: true, httpOnly: true, sameSite: 'lax' }`.",
      [{ text: gap }, ...judged.flatMap(({ evidence }) => evidence).slice(0, 20)],
    );
  }
  return pass(
    'The cookie of every session that was found has Secure, HttpOnly and SameSite.',
    judged.flatMap(({ evidence }) => evidence).slice(0, 20),
  );
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function fixOf({ fix, file, node }: FoundCookie): string {
  return `${file.path}:${file.lineOf(node)}: ${fix}`;
}
