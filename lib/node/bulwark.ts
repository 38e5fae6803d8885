import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { failureLog, type OnError } from '../errors/failure-log.ts';
import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { cutResponse } from './cut-response.ts';
import { defence } from './defence.ts';
import { type DefenceOptions, defenceOptions } from './defence-options.ts';
import { NodeStart } from './node-start.ts';
import { writeError } from './write-error.ts';

export interface BulwarkOptions extends DefenceOptions {
  /**
   * Called with every error that is answered with 5xx and isn't a refusal, and with the request's id. By default, and if this function fails, errors go to
   * standard error.
   */
  readonly onError?: OnError;
}

/** Answers a request. A promise is waited for, and its rejection is answered. */
export type Handler = (req: IncomingMessage, res: ServerResponse) => unknown;

/**
 * Defends an application on `node:http`: each request has its context for events, each response its security headers and a
 * Content-Security-Policy with the nonce `currentRequest().nonce`. Pages with the nonce are kept out of shared caches. A malformed
 * `Host` is refused with 400, a body announced as too large with 413 (RFC 9112, CWE-444, CWE-770). What the handler throws, or
 * rejects with, becomes an answer that shows the client nothing of it (CWE-209).
 *
 * @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { bulwark } from 'bulwark/node';
 *
 * createServer(
 *   bulwark({ trustedProxies: 1 }, async (req, res) => {
 *     if (req.url !== '/') throw Object.assign(new Error(), { status: 404, expose: true });
 *     res.end('hello'); // with 14 headers and a policy
 *   }),
 * ).listen(8080);
 * ```
 */
export function bulwark(options: BulwarkOptions, handler: Handler): RequestListener {
  const { onError, ...rest } = knownOptions(options, [...defenceOptions, 'onError']);
  if (typeof handler !== 'function') {
    throw new Misuse(
      'bulwark/invalid-option',
      'Pass the handler second: bulwark({}, (req, res) => { ... }).',
    );
  }
  const guard = defence(rest);
  const log = failureLog(onError);

  return function bulwarkListener(req, res) {
    const fail = (error: unknown): void => {
      try {
        if (!writeError(error, res, log)) cutResponse(res);
      } catch {
        // A response that other code has changed so that it can't be written.
        cutResponse(res);
      }
    };
    try {
      guard.begin(new NodeStart(req, guard.proxies), req, res, (refused) => {
        if (refused === undefined) answer(req, res, fail);
        else fail(refused);
      });
    } catch (error) {
      fail(error);
    }
  };

  function answer(req: IncomingMessage, res: ServerResponse, fail: (error: unknown) => void): void {
    try {
      const answering = handler(req, res);
      if (isThenable(answering)) answering.then(undefined, fail);
    } catch (error) {
      fail(error);
    }
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}
