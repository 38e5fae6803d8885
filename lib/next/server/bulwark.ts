import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { failureLog } from '../../errors/failure-log.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { answerPreflight } from '../../node/answer-preflight.ts';
import type { Handler } from '../../node/bulwark.ts';
import { defence } from '../../node/defence.ts';
import { NodeExchange } from '../../node/node-exchange.ts';
import { NodeStart } from '../../node/node-start.ts';
import { writeError } from '../../node/write-error.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { currentRequest } from '../../request/context.ts';
import { ownOrigin } from '../../request/own-origin.ts';
import { admit } from '../../web/admit.ts';
import { guardsOf } from '../../web/guard-options.ts';
import { countsBySession } from '../../web/limit-request.ts';
import { type NextOptions, nextOptions } from '../next-options.ts';
import { type HeaderLine, linesOf, type PathPolicy, pagePolicy } from '../page-policy.ts';
import { markOf } from '../policy-mark.ts';
import { keyVariable } from '../request-key.ts';
import { type ServedRequest, servedRequests } from '../served-request.ts';
import { announceRequest } from './announce-request.ts';
import { type HashedPages, hashedPolicies } from './hashed-policies.ts';
import { readTarget } from './read-target.ts';
import { setAtHead } from './set-at-head.ts';

export interface ServerOptions extends NextOptions {
  /** What `hashedPages()` read: pages of the build that are sent with hashes of their scripts instead of a nonce. */
  readonly pages?: HashedPages;
}

/**
 * Defends an application on Next.js where its own server starts it. All responses have their headers, also those that Next.js answers
 * itself: files, the image optimiser, 404s, redirects and malformed URLs. Handlers, actions and pages get the client's address, counted over
 * `trustedProxies`, and refusals of actions and pages their status. Headers that a client must not send are deleted.
 *
 * It refuses what `bulwark/node` refuses: a malformed `Host`, long URLs, large bodies, and whatever `cors` and a `rateLimit` by address refuse.
 * Sessions and CSRF are left to `withBulwark`, `action` and `page`. A proxy of `bulwark/next/proxy` may run behind it, and is not needed.
 *
 * @param handler what `next(...).getRequestHandler()` returned
 * @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw
 *
 * @example
 * ```ts
 * import { createServer, type RequestListener } from 'node:http';
 * import { bulwark, defendServer } from 'bulwark/next/server';
 *
 * declare function next(options: object): { prepare(): Promise<void>; getRequestHandler(): RequestListener };
 *
 * const app = next({ dev: process.env.NODE_ENV !== 'production' });
 * await app.prepare();
 * defendServer(createServer(bulwark({ trustedProxies: 1 }, app.getRequestHandler()))).listen(3000);
 * ```
 */
export function bulwark(options: ServerOptions, handler: Handler): RequestListener {
  const { pages, ...own } = knownOptions(options, [...nextOptions, 'pages'] as (keyof ServerOptions)[]);
  if (typeof handler !== 'function') {
    throw new Misuse(
      'bulwark/invalid-option',
      'Pass the handler second: bulwark({}, app.getRequestHandler()).',
    );
  }
  const { trustedProxies, limits, maxBodyBytes, cors } = own;
  // A limit by account or session has to wait until the session is loaded.
  const rateLimit = own.rateLimit && !countsBySession(own.rateLimit) ? own.rateLimit : undefined;
  const guard = defence(
    {
      ...{ headers: false, csp: false },
      ...(trustedProxies !== undefined && { trustedProxies }),
      ...(limits !== undefined && { limits }),
      ...(maxBodyBytes !== undefined && { maxBodyBytes }),
    },
    own,
  );
  const guards = guardsOf({ ...(cors && { cors }), ...(rateLimit && { rateLimit }) });
  const policyOf = pagePolicy(own);
  const hashed = hashedPolicies(pages);
  const origin = ownOrigin(own.origin);
  const log = failureLog(own.onError);
  // For a proxy in an edge runtime, which doesn't share this process's memory.
  process.env[keyVariable] ??= Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');

  return function nextListener(req, res) {
    const start = new NodeStart(req, guard.proxies);
    guard.begin(start, req, res, (refused) => {
      const path = readTarget(req);
      const usual = policyOf(path ?? '/');
      const nonce = currentRequest()?.nonce ?? '';
      const answer: ServedRequest = { error: undefined, limiter: rateLimit };
      const keep = setAtHead(
        res,
        (status) => linesOf(hashed(path ?? '', status, usual) ?? usual, nonce),
        answer,
      );
      const mistake = refused ?? mistakeIn(start.method, path);
      if (mistake !== undefined || path === undefined) {
        fail(mistake, res);
        return;
      }
      const proceed = (): void => {
        keep();
        const policy = policyFor(hashed(path, 200, usual) ?? usual, nonce);
        announceRequest(req, start, { policy, mark: markOf(usual) }, origin);
        servedRequests().run(answer, () => hand(req, res));
      };
      if (guards === undefined) proceed();
      else {
        admit(guards, new NodeExchange(start, req, res))
          .then((preflight) => (preflight ? answerPreflight(preflight, res) : proceed()))
          .catch((error: unknown) => fail(error, res));
      }
    });
  };

  function hand(req: IncomingMessage, res: ServerResponse): void {
    try {
      Promise.resolve(handler(req, res)).catch((error: unknown) => fail(error, res));
    } catch (error) {
      fail(error, res);
    }
  }

  function fail(error: unknown, res: ServerResponse): void {
    try {
      if (!writeError(error, res, log)) res.destroy();
    } catch {
      // Other code left the response in a state in which it can't be written.
      res.destroy();
    }
  }
}

/** The header from which Next.js reads the nonce for its scripts. */
function policyFor({ policy }: PathPolicy, nonce: string): HeaderLine | undefined {
  return policy?.needsNonce ? policy.headers(nonce)[0] : undefined;
}

/** The error for a request that Next.js would answer with 500, or with a page. */
function mistakeIn(method: string, path: string | undefined): Error | undefined {
  if (path === undefined)
    return Object.assign(new Error('The URL is malformed.'), { status: 400, expose: true });
  if (methods.has(method)) return undefined;
  return Object.assign(new Error('Next.js has no such method.'), { status: 405, expose: true });
}

/** The methods that a route handler can have. For any other, Next.js renders a page. */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
