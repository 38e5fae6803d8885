import type { ServerResponse } from 'node:http';
import type { Csp } from '../csp/csp.ts';
import type { CheckedHeader, SetChecked } from './checked-headers.ts';
import { cookieLines, nameIn } from './kept-cookies.ts';
import { rememberContentType } from './removed-content-type.ts';
import { type WriteHead, writePageHead } from './write-page-head.ts';

/** What `bulwark()` sent with a response, so that a route can change it. */
export interface ResponseState {
  readonly nonce: string;
  /** The application's own `Reporting-Endpoints`, to which the policy adds its own. */
  readonly endpoints: string | undefined;
  readonly policy: Csp | undefined;
  readonly setChecked: SetChecked;
  /** The `writeHead` that `writePageHead` stands in for. */
  readonly writeHead: WriteHead;
  /** Set once the response has something for one user alone. */
  isPrivate: boolean;
  /** Set for a request with a session: the response may be for one user alone. */
  mayBePrivate: boolean;
  /** The `Set-Cookie` lines of guards, by the cookie's name. */
  cookies: Map<string, string> | undefined;
}

/** The number is that of the state's shape, as copies of other versions may be loaded too. */
const key: unique symbol = Symbol.for('bulwark.node.response.1') as never;

interface WithState {
  [key]?: ResponseState;
}

export function stateOf(res: ServerResponse): ResponseState | undefined {
  return (res as WithState)[key];
}

/** Sends the policy of `state`, instead of the one before it, with `also`. */
export function sendPolicy(
  res: ServerResponse,
  state: Omit<ResponseState, 'writeHead' | 'isPrivate' | 'mayBePrivate' | 'cookies'>,
  also: readonly CheckedHeader[] = none,
): void {
  const former = stateOf(res);
  if (former?.policy) {
    res.removeHeader('Content-Security-Policy');
    res.removeHeader('Content-Security-Policy-Report-Only');
    if (state.endpoints === undefined) res.removeHeader('Reporting-Endpoints');
    else res.setHeader('Reporting-Endpoints', state.endpoints);
  }
  const { nonce, endpoints, policy, setChecked } = state;
  const writeHead = former?.writeHead ?? (res.writeHead as WriteHead);
  const isPrivate = former?.isPrivate ?? false;
  const mayBePrivate = former?.mayBePrivate ?? false;
  const cookies = former?.cookies;
  (res as WithState)[key] = {
    nonce,
    endpoints,
    policy,
    setChecked,
    writeHead,
    isPrivate,
    mayBePrivate,
    cookies,
  };
  if (!former) {
    res.writeHead = writePageHead as ServerResponse['writeHead'];
    rememberContentType(res);
  }
  setChecked(res, also);
  if (!policy) return;
  const headers = policy.headers(nonce);
  setChecked(res, endpoints === undefined ? headers : headers.map((header) => joined(header, endpoints)));
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

const none: readonly CheckedHeader[] = [];

function joined([name, value]: CheckedHeader, endpoints: string): CheckedHeader {
  return [name, name === 'Reporting-Endpoints' ? `${endpoints}, ${value}` : value];
}
