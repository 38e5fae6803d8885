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
   * The session ended during the request: the user logged out in another tab, the session was revoked, or it got a new
   * id by `rotate`. Nothing was saved, because that would revive the session (CWE-613). If the request is repeated, it has no
   * session. `logIn` is never refused for this reason.
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
    message: 'A change was refused, because its session ended during the request.',
    hint: 'You need do nothing: the user logs in again. If it happens often, look for parallel requests around a log-in.',
  },
  /**
   * The session store did not answer in time, or answered with an error. With `fail: 'closed'`, the default, the request is answered with
   * 503. With `fail: 'anonymous'` it continues without a session, and only changes are refused. A refused change may still have been
   * saved, because only the store's reply was lost. At most `maxPending` operations wait for the store; any more are refused at once,
   * so that no queue builds up during an outage (CWE-770).
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
    hint: 'Check that the store runs and answers in time. `reason` in the event says what happened.',
  },
  /**
   * `update` runs again if another request changed the session in the meantime. After 40 attempts it gives up and changes nothing. So many
   * concurrent changes to one session come from a script, or from a counter that belongs in the database.
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
    hint: 'Keep values that many requests change at once in the database. `set` on different keys never conflicts.',
  },
  /**
   * Every request reads its session, so its size is limited: by default to 64 KB of JSON, 32 levels, and 128 keys in one change. Without a
   * limit, one user with a huge cart or history could fill the store (CWE-770). Keep ids in the session, and the rest in the database.
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
   * A value for the session contains the key `__proto__`. `JSON.parse` makes it an ordinary key, and a later merge with another object
   * changes the prototype of all objects (prototype pollution, CWE-1321). Validate untrusted JSON with a schema.
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
    hint: 'Validate data from the request with a schema before you store it in the session.',
  },
  /**
   * A session can hold what JSON can express: strings, finite numbers, booleans, null, arrays and plain objects. A `Date`, a `Map` or a
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
    message: 'The session cannot store this value.',
    hint: 'Store strings, finite numbers, booleans, null, arrays and plain objects. Write dates as ISO 8601 strings.',
  },
  /**
   * A new session or a new id needs a `Set-Cookie` header, but the response's headers were already sent. Change the session before you
   * write the body. A log-out is not refused: the record ends, and the browser's cookie becomes useless.
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
    message: 'The session cannot send its cookie, because the headers of the response were already sent.',
    hint: 'Await the change before you write to the response.',
  },
  /**
   * `sessions.of(request)` returns the session that `load` has read. Await `load` first, in a middleware before the routes.
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
    message: 'The session of this request has not been loaded.',
    hint: 'Await `sessions.load(request, ...)` first, for example in a middleware.',
  },
  /**
   * The memory store loses all sessions when the process ends, and shares none with a second process. A cookie without `Secure`
   * can be read on the network. Both are for development. With NODE_ENV=production they are refused at startup.
   *
   * ```ts
   * import { memoryStore, sessions } from 'bulwark/session';
   *
   * sessions({ store: memoryStore(), cookie: { allowInsecure: true } }); // not with NODE_ENV=production
   * sessions({ store: memoryStore(), allowMemoryInProduction: true }); // a single process, whose sessions may end with it
   * ```
   */
  'session/not-for-production': {
    kind: 'misuse',
    message: 'The session is set up for development, and NODE_ENV is production.',
    hint: 'Use the store for Redis, PostgreSQL or SQLite, and https.',
  },
  /**
   * A request has several cookies with the name of the session's cookie. A sibling subdomain or a page on plain HTTP can
   * plant one beside the real one (cookie tossing, CWE-565, RFC 6265, 8.6), and the server can't tell which is real. The request is
   * treated as having no session. Browsers refuse such a cookie if its name begins with `__Host-`, so this takes another name or an old browser.
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
   * A session cookie can't be an id of this application: it has the wrong length or other characters. The store isn't
   * queried. A single one is probably from an older version of the application; many are guessing or probing (CWE-20).
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
    message: 'A session cookie was malformed. The request was treated as having no session.',
    hint: 'If you have just changed the kind of session, this stops by itself. Otherwise someone is probing.',
  },
  /**
   * The store can lose sessions, or forget that one has ended. `consequence` says how. Written once at startup.
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
