import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { answerTo } from '../../errors/answer-to.ts';
import { failureLog } from '../../errors/failure-log.ts';
import { knownOptions } from '../../internal/known-options.ts';
import type { Handler } from '../../node/bulwark.ts';
import { defence } from '../../node/defence.ts';
import { NodeStart } from '../../node/node-start.ts';
import { writeError } from '../../node/write-error.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { currentRequest } from '../../request/context.ts';
import { type NextOptions, nextOptions } from '../next-options.ts';
import { type HeaderLine, linesOf, type PathPolicy, pagePolicy } from '../page-policy.ts';
import { type RefusedAnswer, refusedAnswers } from '../refused-answer.ts';
import { keyVariable } from '../request-key.ts';
import { announceRequest } from './announce-request.ts';
import { type HashedPages, hashedPolicies } from './hashed-policies.ts';

export interface ServerOptions extends NextOptions {
  /** What `hashedPages()` read: pages of the build that are sent with hashes of their scripts instead of a nonce. */
  readonly pages?: HashedPages;
}

/**
 * Defends an application on Next.js where its own server starts it. All responses have their headers, also those that Next.js answers
 * itself: files, the image optimiser, 404s, redirects and malformed URLs. Handlers, actions and pages get the client's address, counted over
 * `trustedProxies`, and refusals of actions and pages their status. Headers that a client must not send are deleted.
 *
 * It refuses what `bulwark/node` refuses without guards: a malformed `Host`, long URLs, large bodies. The guards run in `withBulwark`,
 * `action` and `page`. A proxy of `bulwark/next/proxy` may run behind it, and is not needed.
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
  const { trustedProxies, limits, maxBodyBytes } = own;
  const guard = defence({
    ...{ headers: false, csp: false },
    ...(trustedProxies !== undefined && { trustedProxies }),
    ...(limits !== undefined && { limits }),
    ...(maxBodyBytes !== undefined && { maxBodyBytes }),
  });
  const policyOf = pagePolicy(own);
  const hashed = hashedPolicies(pages);
  const log = failureLog(own.onError);
  // For a proxy in an edge runtime, which has a memory of its own.
  process.env[keyVariable] ??= Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');

  return function nextListener(req, res) {
    const start = new NodeStart(req, guard.proxies);
    guard.begin(start, req, res, (refused) => {
      const path = pathOf(req);
      const usual = policyOf(path);
      const nonce = currentRequest()?.nonce ?? '';
      const answer: RefusedAnswer = { refusal: undefined };
      setAtHead(res, (status) => linesOf(hashed(path, status, usual) ?? usual, nonce), answer);
      if (refused !== undefined) {
        fail(refused, res);
        return;
      }
      announceRequest(req, start, policyFor(hashed(path, 200, usual) ?? usual, nonce));
      refusedAnswers().run(answer, () => hand(req, res));
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
      // A response that other code has changed so that it can't be written.
      res.destroy();
    }
  }
}

/** What Next.js reads the nonce for its scripts from. */
function policyFor({ policy }: PathPolicy, nonce: string): HeaderLine | undefined {
  return policy?.needsNonce ? policy.headers(nonce)[0] : undefined;
}

function pathOf(req: IncomingMessage): string {
  const target = (req.url ?? '/').split('?', 1)[0] ?? '/';
  try {
    return decodeURI(target);
  } catch {
    return target;
  }
}

/**
 * Sets the headers at the last moment. Next.js drops a header of a route handler that the response has before.
 *
 * An error in an action or page is a 500 for Next.js; that of a refusal gets its own status.
 */
function setAtHead(
  res: ServerResponse,
  lines: (status: number) => readonly HeaderLine[],
  answer: RefusedAnswer,
): void {
  const writeHead = res.writeHead as (status: number, ...rest: unknown[]) => ServerResponse;
  res.writeHead = function writeNextHead(this: ServerResponse, status: number, ...rest: unknown[]) {
    let sent = status;
    if (!this.headersSent) {
      if (answer.refusal && status === 500) {
        const { status: own, headers } = answerTo(answer.refusal);
        sent = own;
        this.statusMessage = '';
        for (const [name, value] of headers) if (name === 'Retry-After') this.setHeader(name, value);
      }
      for (const [name, value] of lines(sent)) if (!this.hasHeader(name)) this.setHeader(name, value);
    }
    return writeHead.call(this, sent, ...rest);
  } as ServerResponse['writeHead'];
}
