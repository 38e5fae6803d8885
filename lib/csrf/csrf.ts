import { knownOptions } from '../internal/known-options.ts';
import { parseMode } from '../internal/mode.ts';
import { enforce } from '../internal/refuse.ts';
import { allowed, type Decision, deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { type AnyRequest, headerOf } from '../request/any-request.ts';
import { type OriginFacts, ownOrigin } from '../request/own-origin.ts';
import { isKeyring, type Keyring } from '../secrets/keyring.ts';
import { allowedOrigins } from './allowed-origins.ts';
import { type CsrfOptions, csrfOptionNames, type KnownOptions } from './csrf-options.ts';
import {
  type CsrfCode,
  denyMissing,
  evidence,
  judgeSocket,
  judgeSource,
  type Source,
  sourceOf,
} from './decide.ts';
import { effectiveMethod, isSafeMethod } from './effective-method.ts';
import { isListed, loosePath, pathOf, readLoosePaths } from './paths.ts';
import { isToken, mintToken, type Subject } from './token.ts';
import { readUnchecked } from './unchecked-routes.ts';
import { visitorFor, visitorOf } from './visitor-cookie.ts';

/** What the session says, if the application has one. */
export interface CsrfSession {
  /** A value that stands for the session and changes with its id, such as `session.binding`. Undefined while there is none. */
  readonly binding: string | undefined;
  /** Whether the request has the session's cookie, valid or not. */
  readonly hasCookie: boolean;
}

export interface CsrfFacts extends OriginFacts {
  /** Without it, any cookie counts as the session's, and tokens are bound to a cookie of their own. */
  readonly session?: CsrfSession | undefined;
  /** Reads a field of the parsed body, where there is one. Called only if the token decides. */
  readonly field?: ((name: string) => unknown) | undefined;
  /** Whether this route logs someone in, like a path in the option `logIn`. */
  readonly logIn?: boolean | undefined;
}

export interface TokenFacts {
  readonly session?: CsrfSession | undefined;
  /** Takes the `Set-Cookie` line for a visitor without a session. */
  readonly appendCookie?: ((line: string) => void) | undefined;
}

/** A tag such as `html` of `bulwark/html`. */
export type HtmlTag<T> = (strings: TemplateStringsArray, ...values: [string]) => T;

export interface Csrf {
  /** Where scripts put the token. */
  readonly headerName: 'x-csrf-token';
  /** Where forms put it. */
  readonly fieldName: '_csrf';
  /**
   * Decides on a request. Safe methods pass.
   *
   * @param facts the scheme and host that the browser used, as `trustedProxies(...).read` gives them, and the session
   */
  check(request: AnyRequest, facts: CsrfFacts): Decision<CsrfCode>;
  /** Decides on the handshake of a WebSocket. Call it before you accept one: the handshake is a GET, so `check` lets it pass. */
  checkUpgrade(request: AnyRequest, facts: CsrfFacts): Decision<CsrfCode>;
  /** Throws a refusal for a denial, and writes the event. In report mode it writes the event only. */
  enforce(decision: Decision<CsrfCode>): void;
  /**
   * A token for this session, or for this browser if there is no session. The response must not be kept by a shared cache.
   *
   * @throws Misuse `bulwark/invalid-option` without `keys`, or without a session and `appendCookie`
   */
  token(request: AnyRequest, facts: TokenFacts): string;
  /**
   * The hidden field for a form.
   *
   * @param html the tag of `bulwark/html`
   * @returns what the tag returns: `<input type="hidden" name="_csrf" value="...">`
   */
  field<T>(html: HtmlTag<T>, request: AnyRequest, facts: TokenFacts): T;
}

/**
 * Refuses requests that a page of another origin sends in a user's name: CSRF (CWE-352), log-in CSRF, and cross-site WebSocket
 * hijacking (CWE-1385). The browser says who sent it, in `Sec-Fetch-Site` or `Origin`. Where it says neither, a token does.
 *
 * Every content type is checked alike, JSON too. Routes that change something on GET can't be protected.
 *
 * @throws Misuse `bulwark/invalid-option`, `bulwark/report-without-end`
 *
 * @example
 * ```ts
 * import { csrf } from 'bulwark/csrf';
 * import { createServer } from 'node:http';
 *
 * const guard = csrf({ origin: 'https://shop.example.com', logIn: ['/log-in'] });
 *
 * createServer((req, res) => {
 *   const decision = guard.check(req, { protocol: 'https', host: req.headers.host });
 *   res.statusCode = decision.allow ? 200 : 403; // 403 for a form on another site
 *   res.end();
 * });
 * ```
 */
export function csrf(options: CsrfOptions = {}): Csrf {
  const given = knownOptions(options as KnownOptions, csrfOptionNames);
  const mode = parseMode(given);
  const keys = readKeys(given.keys);
  const policy = { own: ownOrigin(given.origin), isAllowed: allowedOrigins(given.allowOrigins) };
  const unchecked = readUnchecked(given.allowUnchecked);
  const logIns = readLoosePaths('logIn', given.logIn ?? []);

  /** The browser doesn't say which page sent it: a token must prove it, unless there is nothing to abuse. */
  function judgeToken(
    request: AnyRequest,
    facts: CsrfFacts,
    source: Source,
    logsIn: boolean,
  ): Decision<CsrfCode> {
    const { session, field } = facts;
    const hasCookie = session?.hasCookie ?? headerOf(request, 'cookie') !== undefined;
    // `Origin: null` comes from browsers only, so it isn't a program without cookies.
    if (!hasCookie && !logsIn && source.origin === '') return allowed;
    const token = headerOf(request, headerName) ?? field?.(fieldName);
    if (token === undefined || token === null || token === '') return denyMissing(source);
    const reason = whyInvalid(token, request, session, logsIn);
    return reason === undefined ? allowed : deny('csrf/token-invalid', { ...evidence(source), reason });
  }

  function whyInvalid(
    token: unknown,
    request: AnyRequest,
    session: CsrfSession | undefined,
    logsIn: boolean,
  ): string | undefined {
    if (typeof token !== 'string') return 'it is not text';
    if (keys === undefined) return 'there are no keys';
    const subjects: Subject[] = [];
    const binding = bindingOf(session);
    if (binding !== undefined) subjects.push({ kind: 'session', value: binding });
    if (binding === undefined || logsIn) {
      const visitor = visitorOf(request);
      if (visitor === 'tossed') return 'there are two __Host-csrf cookies';
      if (visitor !== undefined) subjects.push({ kind: 'visitor', ...visitor });
    }
    if (subjects.length === 0) return 'there is neither a session nor a __Host-csrf cookie';
    return isToken(keys, token, subjects) ? undefined : 'it is forged, or of another session or key';
  }

  function token(request: AnyRequest, { session, appendCookie }: TokenFacts): string {
    if (keys === undefined) throw new Misuse('bulwark/invalid-option', 'CSRF tokens need the option `keys`.');
    const binding = bindingOf(session);
    if (binding !== undefined) return mintToken(keys, { kind: 'session', value: binding });
    if (appendCookie === undefined) {
      throw new Misuse('bulwark/invalid-option', 'Without a session, a CSRF token needs `appendCookie`.');
    }
    return mintToken(keys, { kind: 'visitor', value: visitorFor(request, appendCookie) });
  }

  return Object.freeze({
    headerName,
    fieldName,
    check(request: AnyRequest, facts: CsrfFacts) {
      const method = effectiveMethod(request);
      if (isSafeMethod(method)) return allowed;
      const path = pathOf(request);
      if (isListed(path, unchecked)) return allowed;
      const source = sourceOf(request, method, path);
      const judged = judgeSource(source, policy, facts);
      if (judged !== undefined) return judged;
      const logsIn = facts.logIn === true || (logIns.size > 0 && logIns.has(loosePath(path)));
      return judgeToken(request, facts, source, logsIn);
    },
    checkUpgrade(request: AnyRequest, facts: CsrfFacts) {
      const path = pathOf(request);
      if (isListed(path, unchecked)) return allowed;
      const source = sourceOf(request, 'GET', path);
      return judgeSocket(source, policy, facts) ?? judgeToken(request, facts, source, false);
    },
    enforce: (decision: Decision<CsrfCode>) => enforce(decision, mode),
    token,
    field: <T>(html: HtmlTag<T>, request: AnyRequest, facts: TokenFacts) =>
      html`<input type="hidden" name="_csrf" value="${token(request, facts)}">`,
  });
}

const headerName = 'x-csrf-token';
const fieldName = '_csrf';

function readKeys(keys: unknown): Keyring | undefined {
  if (keys === undefined || isKeyring(keys)) return keys;
  throw new Misuse('bulwark/invalid-option', 'keys takes what `keyring(...)` of bulwark/secrets returns.');
}

function bindingOf(session: CsrfSession | undefined): string | undefined {
  const binding = session?.binding;
  if (binding === undefined || /^[\x21-\x7e]{16,512}$/.test(binding)) return binding;
  throw new Misuse(
    'bulwark/invalid-option',
    "A session's binding is 16 to 512 printable ASCII characters that stand for this session alone.",
  );
}
