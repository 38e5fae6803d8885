import type { Preflight } from '../cors/cors.ts';
import type { Csrf, CsrfSession, HtmlTag } from '../csrf/csrf.ts';
import { record } from '../event/record.ts';
import { PerRequest } from '../internal/per-request.ts';
import { Misuse } from '../refusal/misuse.ts';
import { type AnyRequest, headerOf } from '../request/any-request.ts';
import { cookieValues } from '../request/cookies.ts';
import type { SessionLoader } from '../session/sessions.ts';
import { type KnownFacts, LazyCsrfFacts } from './csrf-facts.ts';
import type { Exchange, ResponseSink } from './exchange.ts';
import type { Guards } from './guard-options.ts';
import { isReport } from './is-report.ts';
import { countsBySession, limitRequest } from './limit-request.ts';

/** What a request was admitted with, for tokens in its forms. */
interface Admitted {
  readonly csrf: Csrf;
  readonly loader: SessionLoader<object> | undefined;
  readonly cookies: ResponseSink;
}

const admitted = new PerRequest<Admitted>();

/**
 * Runs the guards on a request, the cheapest first: CORS, rate limit, session, CSRF. A rate limit by account or session runs after the
 * session is loaded.
 *
 * @returns the answer to a preflight, or undefined if the application should answer
 * @throws Refusal of the first guard that says no
 */
export async function admit(guards: Guards, exchange: Exchange): Promise<Preflight | undefined> {
  const { request, cookies } = exchange;
  if (guards.cors) {
    const { headers, preflight, refused } = guards.cors.answer(request);
    for (const [name, value] of headers) exchange.setHeader(name, value);
    if (refused) record(refused.code, 'blocked', refused.detail);
    if (preflight) return preflight;
  }
  const { rateLimit, session } = guards;
  const bySession = session !== undefined && rateLimit !== undefined && countsBySession(rateLimit);
  // A flood that is counted by address need not reach the session's store.
  if (rateLimit && !bySession) await limitRequest(rateLimit, exchange);
  if (session) {
    await session.load(request, cookies);
    // A cache that knows no cookies would show what it says to others (CWE-524).
    if (!session.of(request).isNew) cookies.preferPrivate();
  }
  if (rateLimit && bySession) await limitRequest(rateLimit, exchange, session);
  if (guards.csrf) {
    const { csrf } = guards;
    admitted.set(request, { csrf, cookies, loader: session });
    const asked = isReport(request, guards.reportPath) ? undefined : checkCsrf(csrf, exchange, session);
    if (asked) await asked;
  }
  return undefined;
}

/** @returns undefined where the headers have decided, and otherwise a promise, as the body is asked for its token */
function checkCsrf(
  csrf: Csrf,
  exchange: Exchange,
  loader: SessionLoader<object> | undefined,
): Promise<void> | undefined {
  const { request } = exchange;
  const known = { connection: () => exchange.connection(), session: () => sessionOf(request, loader) };
  const facts = new LazyCsrfFacts(known);
  // A handshake is a GET, and what the connection may do later is no request (CWE-1385).
  if (headerOf(request, 'upgrade')?.toLowerCase() === 'websocket') {
    csrf.enforce(csrf.checkUpgrade(request, facts));
    return undefined;
  }
  const decision = csrf.check(request, facts);
  if (!decision.allow && decision.code === 'csrf/token-missing') return checkField(csrf, exchange, known);
  csrf.enforce(decision);
  return undefined;
}

/** Only now, as most requests tell by their headers where they come from. */
async function checkField(csrf: Csrf, exchange: Exchange, known: KnownFacts): Promise<void> {
  const token = await exchange.formField(csrf.fieldName);
  csrf.enforce(csrf.check(exchange.request, new LazyCsrfFacts(known, () => token)));
}

/** As the session is now, since its id changes at log-in. */
function sessionOf(request: AnyRequest, loader: SessionLoader<object> | undefined): CsrfSession | undefined {
  if (loader === undefined) return undefined;
  const { binding } = loader.of(request);
  // An old session that was just taken over has no cookie of ours yet.
  return { binding, hasCookie: binding !== undefined || cookieValues(request, loader.cookieName).length > 0 };
}

/**
 * The hidden field that a form of this request's response needs.
 *
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 */
export function csrfFieldFor<T>(html: HtmlTag<T>, request: AnyRequest): T {
  const { csrf, loader, cookies } = admittedAs(request);
  cookies.keepPrivate();
  const session = sessionOf(request, loader);
  return csrf.field(html, request, { session, appendCookie: (line) => cookies.appendCookie(line) });
}

/** The same token as text. */
export function csrfTokenFor(request: AnyRequest): string {
  const { csrf, loader, cookies } = admittedAs(request);
  cookies.keepPrivate();
  const session = sessionOf(request, loader);
  return csrf.token(request, { session, appendCookie: (line) => cookies.appendCookie(line) });
}

function admittedAs(request: AnyRequest): Admitted {
  const known = admitted.get(request);
  if (known) return known;
  throw new Misuse(
    'bulwark/invalid-option',
    'A CSRF token needs bulwark({ csrf }) or bulwark({ session }) before it.',
  );
}
