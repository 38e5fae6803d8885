import type { AnyRequest } from '../request/any-request.ts';
import type { Proxied } from '../request/proxied.ts';
import type { CookieSink } from '../session/session.ts';

/** What is added to a response that is for one user. */
export interface ResponseSink extends CookieSink {
  /** Keeps the response out of shared caches. `appendCookie` does too. */
  keepPrivate(): void;
  /** The same, unless the application itself says how the response is cached: a style sheet is for everyone. */
  preferPrivate(): void;
}

/** A request and its response, as the guards need them, whatever the server. */
export interface Exchange {
  readonly request: AnyRequest;
  /** Where the request comes from. */
  connection(): Proxied;
  /** Sets a header of the response; `Vary` is added to. */
  setHeader(name: string, value: string): void;
  readonly cookies: ResponseSink;
  /** A field of the form in the request's body, which stays readable; undefined where there is none. */
  formField(name: string): Promise<unknown>;
}
