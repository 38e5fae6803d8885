import { AsyncLocalStorage } from 'node:async_hooks';
import type { HtmlTag } from '../csrf/csrf.ts';
import { shared } from '../internal/shared.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { AnyRequest } from '../request/any-request.ts';
import type { RegisteredSession } from '../session/index.ts';
import type { SessionLoader } from '../session/sessions.ts';
import { csrfFieldFor, csrfTokenFor } from '../web/admit.ts';

/** The request that a handler, action or page answers, as the guards know it. */
interface Answering {
  readonly request: AnyRequest;
  readonly session: SessionLoader<object> | undefined;
  readonly limits: RequestLimits | undefined;
}

function storage(): AsyncLocalStorage<Answering> {
  return shared('next:answering', () => new AsyncLocalStorage<Answering>());
}

export function runAnswering<T>(answering: Answering, work: () => T): T {
  return storage().run(answering, work);
}

function answering(): Answering {
  const known = storage().getStore();
  if (known) return known;
  throw new Misuse('bulwark/invalid-option', 'Call this inside withBulwark(), action() or page().');
}

/** The body limits of the current handler's options. */
export function currentLimits(): RequestLimits | undefined {
  return storage().getStore()?.limits;
}

/**
 * The session of this request. In a page it can only be read, because a server component can't set cookies.
 *
 * @throws Misuse `bulwark/invalid-option` outside of `withBulwark`, `action` and `page`, and without the option `session`
 *
 * @example
 * ```ts
 * import { currentSession, type NextOptions, withBulwark } from 'bulwark/next';
 *
 * declare const options: NextOptions; // with `session`
 *
 * export const GET = withBulwark(() => Response.json({ user: currentSession().user ?? null }), options);
 * ```
 */
export function currentSession(): RegisteredSession {
  const { request, session } = answering();
  if (session) return session.of(request) as RegisteredSession;
  throw new Misuse('bulwark/invalid-option', 'currentSession() needs the option `session`.');
}

/**
 * The token for a form or script of this response, for browsers that don't say who sent a request.
 *
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 */
export function csrfToken(): string {
  return csrfTokenFor(answering().request);
}

/**
 * The properties of a form's hidden field: `<input {...csrfField()} />`. With the tag of `bulwark/html`, the field itself.
 *
 * @throws Misuse `bulwark/invalid-option` where no CSRF check or no keys are set up
 */
export function csrfField(): { readonly type: 'hidden'; readonly name: '_csrf'; readonly value: string };
export function csrfField<T>(html: HtmlTag<T>): T;
export function csrfField<T>(html?: HtmlTag<T>): unknown {
  if (html) return csrfFieldFor(html, answering().request);
  return { type: 'hidden', name: '_csrf', value: csrfToken() };
}
