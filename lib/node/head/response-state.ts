import type { ServerResponse } from 'node:http';
import type { Csp } from '../../csp/csp.ts';
import { shared } from '../../internal/registry.ts';
import type { WriteHead } from './given-headers.ts';
import { cookieLines, nameIn } from './kept-cookies.ts';

/** What `bulwark()` sent with a response, so that a route can change it. */
export interface ResponseState {
  readonly nonce: string;
  /** The application's own `Reporting-Endpoints`, to which the policy adds its own. */
  readonly endpoints: string | undefined;
  policy: Csp | undefined;
  /** The `writeHead` that `writePageHead` stands in for. */
  readonly writeHead: WriteHead;
  /** Whether the response's prototype has what stands in for it. */
  readonly inherits: boolean;
  /** Set once the response has something for one user alone. */
  isPrivate: boolean;
  /** Set for a request with a session: the response may be for one user alone. */
  mayBePrivate: boolean;
  /** The `Set-Cookie` lines of guards, by the cookie's name. */
  cookies: Map<string, string> | undefined;
  /** The `Content-Type` that was taken away before a 304. */
  removedType: string | undefined;
  /** What lets go of the response once its head is sent. */
  exchange: { release(): void } | undefined;
}

/**
 * Not in a property of the response: Express has given it another prototype, and a property that is added after that costs V8 two
 * microseconds. The number is that of the state's shape, as copies of other versions may be loaded too.
 */
function states(): WeakMap<object, ResponseState> {
  known ??= shared('node:responses:2', () => new WeakMap<object, ResponseState>());
  return known;
}

let known: WeakMap<object, ResponseState> | undefined;

export function stateOf(res: ServerResponse): ResponseState | undefined {
  return states().get(res);
}

export function keepState(res: ServerResponse, state: ResponseState): void {
  states().set(res, state);
}

/** Keeps the response out of shared caches, since it has a cookie or a token for one user (CWE-524). */
export function markPrivate(res: ServerResponse): void {
  const state = stateOf(res);
  if (state) state.isPrivate = true;
}

/** Does so unless the application sets a `Cache-Control` of its own. */
export function preferPrivate(res: ServerResponse): void {
  const state = stateOf(res);
  if (state) state.mayBePrivate = true;
}

/** Sends a cookie in place of one of the same name, also if the handler replaces the header later. */
export function sendCookie(res: ServerResponse, line: string): void {
  const name = nameIn(line);
  res.setHeader('Set-Cookie', [...cookieLines(res).filter((other) => !other.startsWith(name)), line]);
  const state = stateOf(res);
  if (!state) return;
  state.cookies ??= new Map();
  state.cookies.set(name, line);
  state.isPrivate = true;
}
