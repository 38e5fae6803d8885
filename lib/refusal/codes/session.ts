export interface SessionDetail {
  'session/ended': { readonly operation: string };
  'session/store-unavailable': {
    readonly store: string;
    readonly operation: string;
    readonly reason: string;
    readonly retryAfterSeconds: number;
  };
  'session/contention': { readonly tries: number; readonly retryAfterSeconds: number };
  'session/too-large': { readonly reason: string; readonly limit: number };
  'session/unsafe-key': { readonly key: string };
}

export const sessionCodes = {
  /**
   * The session ended while the request was under way: the user logged out in another tab, the session was revoked, or it got a new
   * id by `rotate`. Nothing was saved, because saving it would revive the session (CWE-613). The same request comes through
   * without a session next time. `logIn` is never refused so.
   *
   * ```ts
   * import { isRefusal } from 'bulwark';
   * import type { Session } from 'bulwark/session';
   *
   * async function remember(session: Session<{ lastPage: string }>, page: string): Promise<void> {
   *   try {
   *     await session.set({ lastPage: page });
   *   } catch (error) {
   *     if (!isRefusal(error, 'session/ended')) throw error; // not worth an error page
   *   }
   * }
   * ```
   */
  'session/ended': {
    kind: 'refusal',
    status: 401,
    severity: 'low',
    cwe: 613,
    owasp: 'A07:2025',
    message: 'A change was refused, because its session has ended meanwhile.',
    hint: 'Nothing to do: the user logs in again. If it happens often, look for parallel requests around a log-in.',
  },
  /**
   * The session store did not answer in time, or answered with an error. With `fail: 'closed'`, the default, the request is answered with
   * 503. With `fail: 'anonymous'` it goes on as a visitor's, and only changes are refused. A change that was refused so may have been
   * saved: the answer of the store is what got lost. At most `maxPending` operations wait for the store at once; more are refused at once, so that an
   * outage fills no queue (CWE-770).
   *
   * ```text
   * {"code":"session/store-unavailable","action":"blocked","evidence":{"store":"redis","operation":"read","reason":"no answer within 2000 ms"}}
   * ```
   */
  'session/store-unavailable': {
    kind: 'refusal',
    status: 503,
    severity: 'high',
    cwe: 703,
    owasp: 'A10:2025',
    message: 'The session store could not be reached.',
    hint: 'Check the store. `reason` in the event says what happened.',
  },
  /**
   * `update` runs again when another request changed the session meanwhile. After 40 tries it gives up and has changed nothing. That many
   * changes of one session at once are a script, or a counter that belongs into the database.
   *
   * ```ts
   * import type { Session } from 'bulwark/session';
   *
   * declare const session: Session<{ visits: number }>;
   * await session.update(({ visits = 0 }) => ({ visits: visits + 1 }));
   * ```
   */
  'session/contention': {
    kind: 'refusal',
    status: 503,
    severity: 'low',
    cwe: 362,
    owasp: 'A10:2025',
    message: 'A change was refused, because too many requests were changing the same session.',
    hint: 'Keep what many requests change at once in the database. Keys set by `set` do not collide.',
  },
  /**
   * A session is read on each request, so it is small: 64 KB of JSON by default, 32 levels, and 128 keys in one change. Without a bound, whoever
   * fills a cart or a history fills the store (CWE-770). Keep ids in the session, and the rest in the database.
   *
   * ```ts
   * import { type Session } from 'bulwark/session';
   *
   * declare const session: Session<{ cartId: string }>;
   * await session.set({ cartId: '8f14e45f' });
   * ```
   */
  'session/too-large': {
    kind: 'refusal',
    status: 413,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'A change was refused, because the session would become too large.',
    hint: 'Keep ids in the session and the rest in the database, or raise `maxBytes`.',
  },
  /**
   * A value for the session contains the key `__proto__`. `JSON.parse` makes it an ordinary key, and the next merge with another object
   * changes the prototype of all objects (prototype pollution, CWE-1321). Parse untrusted JSON with a schema.
   *
   * ```text
   * await session.set({ preferences: JSON.parse('{"__proto__":{"isAdmin":true}}') });
   * ```
   */
  'session/unsafe-key': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 1321,
    owasp: 'A05:2025',
    message: 'A change was refused, because its data contains the key __proto__.',
    hint: 'Validate what comes from the request by a schema before you keep it.',
  },
  /**
   * A session keeps what JSON can express: strings, finite numbers, booleans, null, arrays and plain objects. A `Date`, a `Map` or a
   * class instance would come back as something else. Keys are 1 to 64 letters, digits and `_ . : -`.
   *
   * ```ts
   * import { type Session } from 'bulwark/session';
   *
   * declare const session: Session<{ confirmedAt: string }>;
   * await session.set({ confirmedAt: new Date().toISOString() });
   * ```
   */
  'session/invalid-data': {
    kind: 'misuse',
    message: 'The session cannot keep this value.',
    hint: 'Keep strings, finite numbers, booleans, null, arrays and plain objects. Write dates as ISO 8601 text.',
  },
  /**
   * A new session and a new id need a `Set-Cookie` header, and the response's headers were sent already. Change the session before the
   * body is written. A log-out is not refused: the record ends, and the browser's cookie opens nothing.
   *
   * ```ts
   * import type { Session } from 'bulwark/session';
   *
   * async function logInPage(session: Session<object>, res: { end(text: string): void }): Promise<void> {
   *   await session.logIn('u17');
   *   res.end('Welcome');
   * }
   * ```
   */
  'session/headers-sent': {
    kind: 'misuse',
    message: 'The session can no longer send its cookie, because the headers of the response were sent.',
    hint: 'Await the change before you write to the response.',
  },
  /**
   * `sessions.of(request)` returns what `load` has read. Await `load` first, in a middleware before the routes.
   *
   * ```ts
   * import { type Sessions } from 'bulwark/session';
   * import type { IncomingMessage, ServerResponse } from 'node:http';
   *
   * declare const sessions: Sessions<object>;
   * async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
   *   const session = await sessions.load(req, {
   *     appendCookie: (line) => res.appendHeader('Set-Cookie', line),
   *     headersSent: () => res.headersSent,
   *   });
   *   res.end(session.user ?? 'nobody');
   * }
   * ```
   */
  'session/not-loaded': {
    kind: 'misuse',
    message: 'There is no session for this request yet.',
    hint: 'Await `sessions.load(request, ...)` before, such as in a middleware.',
  },
  /**
   * The memory store loses all sessions when the process ends, and a second process knows none of them. A cookie without `Secure`
   * can be read on the network. Both are for development. With NODE_ENV=production they are refused at start.
   *
   * ```ts
   * import { memoryStore, sessions } from 'bulwark/session';
   *
   * sessions({ store: memoryStore(), cookie: { allowInsecure: true } }); // not with NODE_ENV=production
   * ```
   */
  'session/not-for-production': {
    kind: 'misuse',
    message: 'The session is set up for development, and NODE_ENV is production.',
    hint: 'Use a store of Redis, PostgreSQL or SQLite, and https.',
  },
  /**
   * A request has several cookies with the name of the session's cookie. A sibling subdomain or a page on plain HTTP can
   * plant one beside the real one (cookie tossing, CWE-565, RFC 6265, 8.6), and nobody can tell which is which. The request counts as one without a
   * session. Browsers refuse such a cookie for a `__Host-` name, so a name without the prefix or an old browser makes it possible.
   *
   * ```text
   * Cookie: __Host-session=Jx0R...; __Host-session=planted
   * ```
   */
  'session/several-cookies': {
    kind: 'notice',
    severity: 'medium',
    cwe: 565,
    owasp: 'A07:2025',
    message: 'A request had several session cookies. None of them was used.',
    hint: 'Look for another application or subdomain that sets a cookie with the same name.',
  },
  /**
   * A session cookie is not an id that this application can have made: wrong length, other characters. Nothing is asked of the
   * store. One is a cookie of an older version, many are somebody guessing or probing (CWE-20).
   *
   * ```text
   * Cookie: __Host-session=' or 1=1 --
   * ```
   */
  'session/malformed-cookie': {
    kind: 'notice',
    severity: 'low',
    cwe: 20,
    owasp: 'A07:2025',
    message: 'A session cookie was malformed. The request was treated as one without a session.',
    hint: 'If you have just changed the kind of session, this ends by itself. Otherwise it is a probe.',
  },
  /**
   * The store can lose sessions, or the end of one, in the way that `consequence` says. Said once at start.
   * With an evicting `maxmemory-policy`, Redis deletes sessions when its memory is full. Without `appendonly yes`, all of them end when
   * it restarts, because its snapshot may be older than a log-out.
   *
   * ```text
   * {"code":"session/store-not-durable","evidence":{"store":"redis","finding":"appendonly is no",
   *  "consequence":"When Redis restarts, all sessions end and all users log in again. None comes back."}}
   * ```
   */
  'session/store-not-durable': {
    kind: 'notice',
    severity: 'medium',
    cwe: 693,
    owasp: 'A02:2025',
    message: 'The session store can lose sessions.',
    hint: 'Redis: `appendonly yes`, `maxmemory-policy noeviction`. PostgreSQL: a logged table, `fsync` and `synchronous_commit` on.',
  },
} as const;
