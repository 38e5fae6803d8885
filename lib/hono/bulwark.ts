import type { Context, MiddlewareHandler, Next } from 'hono';
import { asError } from '../errors/as-error.ts';
import { knownOptions } from '../internal/known-options.ts';
import { type Defence, defence } from '../node/defence.ts';
import { stateOf } from '../node/head/response-state.ts';
import { Misuse } from '../refusal/misuse.ts';
import { peerOf } from '../request/peer-of.ts';
import type { RegisteredSession } from '../session/index.ts';
import type { Connection, WebDefenceOptions } from '../web/defence-options.ts';
import { type WebExchange, webDefence, webDefenceOptions } from '../web/web-defence.ts';
import { answered } from './answered.ts';
import { begunOf, guardedRequest, markBegun, type NodeServed } from './begun.ts';
import { errorResponse, ownAnswer } from './error-response.ts';
import { HonoStart, routeOf } from './hono-start.ts';
import { lighten } from './light-response.ts';
import { putBack } from './put-back.ts';

export interface BulwarkOptions extends Omit<WebDefenceOptions, 'maxBodyBytes'> {
  /** The largest body in bytes, or a function of the request's context. 1,073,741,824 (1 GiB) by default. */
  readonly maxBodyBytes?: number | ((c: Context) => number);
  /**
   * Says who sent a request, if Hono does not run on `@hono/node-server`: on Cloudflare Workers
   * `(c) => ({ remote: c.req.header('cf-connecting-ip') })`, elsewhere what `getConnInfo` of the platform's adapter returns. Trust a
   * header only if every request passes the proxy that sets it. Without this option, the client has no address there.
   */
  readonly connection?: (c: Context) => Connection;
}

/** What @hono/node-server passes as `c.env`. */
type NodeEnv = Pick<NodeServed, 'incoming' | 'outgoing'>;

declare module 'hono' {
  interface ContextVariableMap {
    /** The nonce of this response's Content-Security-Policy, of `bulwark()`. */
    nonce: string;
    /** The request's session, if `bulwark({ session })` is set up. Its type is that of `Register` of bulwark/session. */
    session: RegisteredSession;
  }
}

/**
 * The first line of a Hono application: the request's context for events, security headers, a Content-Security-Policy whose nonce is
 * `c.var.nonce`, and the guards that are set up. Pages with the nonce are kept out of shared caches. A malformed `Host` is refused with
 * 400, a body that is too large with 413 (RFC 9112, CWE-444, CWE-770). A refusal goes to `app.onError`, as every error of a Hono
 * application does. So does a thrown value that isn't an `Error`.
 *
 * On `@hono/node-server` the headers are set on Node's own response, so that they are there whatever Hono answers. Elsewhere they are
 * set on the `Response`.
 *
 * @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw
 *
 * @example
 * ```ts
 * import { bulwark, bulwarkErrors } from 'bulwark/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono();
 * app.use(bulwark({ origin: 'https://shop.example.com' }));
 * app.onError(bulwarkErrors());
 * app.get('/', (c) => c.html(`<script nonce="${c.var.nonce}">document.title = 'hello'</script>`));
 * ```
 */
export function bulwark(options: BulwarkOptions = {}): MiddlewareHandler {
  const own = knownOptions(options, [...webDefenceOptions, 'connection']);
  const { connection, maxBodyBytes, ...rest } = own;
  if (connection !== undefined && typeof connection !== 'function') {
    throw new Misuse(
      'bulwark/invalid-option',
      'connection takes a function: (c) => ({ remote: "203.0.113.9" }).',
    );
  }
  /** The contexts of requests, where a function of them says how large a body may be. */
  const contexts = typeof maxBodyBytes === 'function' ? new WeakMap<object, Context>() : undefined;
  const most = (request: object): number => {
    const c = contexts?.get(request);
    return typeof maxBodyBytes === 'function' && c ? maxBodyBytes(c) : 0;
  };
  const guardOptions = {
    ...rest,
    ...(maxBodyBytes !== undefined && { maxBodyBytes: contexts ? most : (maxBodyBytes as number) }),
  };
  // Made at once, so that mistakes in the options show at startup.
  const web = webDefence(guardOptions);
  let node: Defence | undefined;
  const { session } = rest;

  function pass(c: Context, next: Next): Promise<undefined> {
    const served = begunOf(c);
    if (session && served) c.set('session', session.of(guardedRequest(served)) as RegisteredSession);
    return next().then(
      () => lighten(c),
      (error: unknown) => {
        // Hono passes no other value to `app.onError`.
        const known = asError(error);
        if (known !== error || c.error === undefined) throw known;
        // `app.onError` ran, and failed itself.
        c.res = errorResponse(error, c);
        return undefined;
      },
    );
  }

  function onNode(c: Context, next: Next, { incoming, outgoing }: NodeEnv): Promise<Response | undefined> {
    node ??= defence(guardOptions);
    contexts?.set(incoming, c);
    const { begin, proxies, judgeBody } = node;
    markBegun(c, { incoming, outgoing, judgeBody });
    // Without guards it is known at once: in a request's context each promise costs.
    let answer: Promise<Response | undefined> | undefined;
    let settle = (known: NonNullable<typeof answer>): void => {
      answer = known;
    };
    begin(
      new HonoStart(c, incoming, proxies),
      incoming,
      outgoing,
      (refused) => {
        c.set('nonce', stateOf(outgoing)?.nonce ?? '');
        if (incoming.readableDidRead) putBack(incoming);
        settle(refused === undefined ? pass(c, next) : Promise.reject(ownAnswer(refused, c)));
      },
      () => settle(Promise.resolve(answered())),
    );
    return (
      answer ??
      new Promise((resolve) => {
        settle = resolve;
      })
    );
  }

  async function onWeb(
    c: Context,
    next: Next,
    exchange: WebExchange,
    failure: { readonly error: unknown } | undefined,
  ): Promise<Response | undefined> {
    const { added, nonce } = exchange;
    c.set('nonce', nonce);
    try {
      contexts?.set(c.req.raw, c);
      markBegun(c, { request: c.req.raw, added, judgeBody: web.judgeBody });
      if (failure) throw failure.error;
      const { request, preflight } = await exchange.admit();
      if (preflight) return exchange.finish(preflight);
      c.req.raw = request;
      markBegun(c, { request, added, judgeBody: web.judgeBody });
      await pass(c, next);
    } catch (thrown) {
      // Hono answers after this middleware, and takes the headers that are set by then.
      const { headers } = exchange.finish(new Response());
      headers.forEach((value, name) => {
        if (name !== 'content-type') c.header(name, value, { append: name === 'set-cookie' });
      });
      throw ownAnswer(thrown, c);
    }
    if (!c.finalized) return undefined;
    const { res } = c;
    c.res = undefined;
    c.res = exchange.finish(res);
    return undefined;
  }

  return function bulwarkMiddleware(c, next) {
    const { incoming, outgoing } = nodeEnv(c);
    const isNodes = typeof incoming?.headers === 'object' && typeof outgoing?.writeHead === 'function';
    // A response that another context has begun: of an application that is mounted in this one, or calls it.
    if (isNodes && (stateOf(outgoing) === undefined || begunOf(c) !== undefined)) {
      return onNode(c, next, { incoming, outgoing });
    }
    let known: Connection = incoming?.socket ? peerOf(incoming.socket) : none;
    let failure: { readonly error: unknown } | undefined;
    try {
      // Own properties only: a polluted prototype must not choose the client's address.
      if (connection) known = Object.assign(Object.create(null), connection(c));
    } catch (error) {
      failure = { error };
    }
    const { remote, encrypted } = known;
    return web.begin(c.req.raw, { remote, encrypted, route: () => routeOf(c) }, (exchange) =>
      onWeb(c, next, exchange, failure),
    );
  };
}

const none: Readonly<Record<string, undefined>> = Object.freeze(Object.create(null));

/** Own properties only, for the same reason. */
function nodeEnv({ env }: Context): Partial<NodeEnv> {
  const given = (env ?? {}) as Partial<NodeEnv>;
  return Object.hasOwn(given, 'incoming') ? given : none;
}
