import type { DefaultContext, Middleware } from 'koa';
import { asError } from '../errors/as-error.ts';
import { failureLog, type OnError } from '../errors/failure-log.ts';
import { knownOptions } from '../internal/known-options.ts';
import { defence } from '../node/defence.ts';
import { type DefenceOptions, defenceOptions } from '../node/defence-options.ts';
import { currentRequest } from '../request/context.ts';
import { answerError } from './answer-error.ts';
import type { BulwarkState } from './bulwark-state.ts';
import type { KoaContext } from './koa-context.ts';
import { KoaStart } from './koa-start.ts';
import { openBody } from './open-body.ts';
import { takeOver } from './take-over.ts';

export interface BulwarkOptions extends DefenceOptions {
  /**
   * Called with every error that is answered with 5xx and isn't a refusal, and with the request's id. By default, the application emits it as
   * `error`, which Koa prints unless something listens.
   */
  readonly onError?: OnError;
}

/**
 * The first middleware of a Koa application: the request's context for events, security headers, and a Content-Security-Policy
 * whose nonce is in `ctx.state.nonce`. Errors of the middleware behind it are answered as problem+json, with these headers and without their message
 * (CWE-209), whatever was thrown.
 *
 * @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw
 *
 * @example
 * ```ts
 * import { bulwark } from 'bulwark/koa';
 * import Koa from 'koa';
 *
 * const app = new Koa();
 * app.use(bulwark({ trustedProxies: 1 }));
 * app.use((ctx) => {
 *   ctx.body = 'hello'; // with 14 headers and a policy
 * });
 * ```
 */
export function bulwark(options: BulwarkOptions = {}): Middleware<BulwarkState, DefaultContext> {
  const { onError, ...rest } = knownOptions(options, [...defenceOptions, 'onError']);
  const guard = defence(rest);
  const { session } = rest;

  function begin(ctx: KoaContext, next: () => Promise<unknown>, done: () => void): void {
    const log = failureLog(onError ?? ((error) => ctx.app.emit('error', asError(error), ctx)));
    const fail = (error: unknown): void => {
      answerError(error, ctx, log);
      done();
    };
    const answered = (): void => {
      ctx.respond = false;
      done();
    };
    try {
      guard.begin(
        new KoaStart(ctx, guard.proxies),
        ctx.req,
        ctx.res,
        (refused) => {
          const context = currentRequest();
          const nonce = context?.nonce ?? '';
          Object.assign(ctx.state, { nonce });
          if (context) takeOver(ctx, context, log);
          if (refused !== undefined) {
            fail(refused);
            return;
          }
          if (session) Object.assign(ctx.state, { session: session.of(ctx.req) });
          next()
            .then(() => openBody(ctx))
            .then(done, fail);
        },
        answered,
      );
    } catch (error) {
      fail(error);
    }
  }

  return function bulwarkMiddleware(ctx, next) {
    return new Promise<void>((resolve) => begin(ctx, next, resolve));
  };
}
