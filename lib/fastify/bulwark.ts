import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { failureLog, type OnError } from '../errors/failure-log.ts';
import { thrownError } from '../errors/thrown-error.ts';
import { knownOptions } from '../internal/known-options.ts';
import { refusalOf } from '../internal/refuse.ts';
import { defence } from '../node/defence.ts';
import { type DefenceOptions, defenceOptions } from '../node/defence-options.ts';
import { currentRequest } from '../request/context.ts';
import type { SessionLoader } from '../session/sessions.ts';
import { addAnswers } from './add-answers.ts';
import { answerRaw } from './answer-error.ts';
import { BodyLimits } from './body-limits.ts';
import { addBodyParsers } from './body-reading.ts';
import { claimScope } from './claim-scope.ts';
import { configOf, contextKey, keepContext, ownConfig } from './fastify-context.ts';
import { FastifyStart } from './fastify-start.ts';
import { preflightRoutes } from './preflight-routes.ts';
import { routeGuards } from './route-options.ts';

export interface BulwarkOptions extends DefenceOptions {
  /**
   * Called with every error that is answered with 5xx and isn't a refusal, and with the request's id. By default, errors go to Fastify's logger, or
   * without one to standard error.
   */
  readonly onError?: OnError;
}

/**
 * The first plugin of a Fastify application: the request's context for events, security headers, and a Content-Security-Policy whose
 * nonce is in `reply.nonce` and, for templates, in `reply.locals`. JSON and forms are parsed within limits. Errors are answered as problem+json,
 * without their message (CWE-209).
 *
 * It defends the scope in which it is registered, and all scopes within. Await it before the routes are declared, so that mistakes in their
 * `config.bulwark` are reported at startup.
 *
 * @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw
 *
 * @example
 * ```ts
 * import { bulwark } from 'bulwark/fastify';
 * import fastify from 'fastify';
 *
 * const app = fastify();
 * await app.register(bulwark, { trustedProxies: 1 });
 * app.get('/', (request, reply) => reply.send('hello')); // with 14 headers and a policy
 * ```
 */
export const bulwark: FastifyPluginAsync<BulwarkOptions> = Object.assign(
  async function bulwarkPlugin(instance: FastifyInstance, options: BulwarkOptions): Promise<void> {
    const { onError, ...rest } = knownOptions(options, [...defenceOptions, 'onError']);
    const { session } = rest;
    const bodyLimits = new BodyLimits(rest.maxBodyBytes);
    const guard = defence({ ...rest, maxBodyBytes: bodyLimits.option });
    const log = failureLog(onError ?? loggerOf(instance));
    const guardOf = routeGuards(session);
    const addPreflight = preflightRoutes();
    claimScope(instance);

    if (session) decorateSession(instance, session);
    instance.decorateRequest(contextKey);
    instance.decorateReply('nonce', '');
    // @fastify/view has it too.
    if (!instance.hasReplyDecorator('locals')) instance.decorateReply('locals');
    addBodyParsers(instance);
    addAnswers(instance, guard, log);
    // A child scope's routes are declared on the child, and `this` is that.
    instance.addHook('onRoute', function checkRoute(route) {
      const config = ownConfig(route.config);
      if (config === undefined) return;
      guardOf(config);
      if (Object.hasOwn(config, 'cors')) addPreflight(this, route, config);
    });
    instance.addHook('onRequest', (request, reply, done) => {
      const config = configOf(request);
      bodyLimits.begin(request.raw, config);
      const proceed = (error?: unknown): void => {
        try {
          done(error as Error);
        } catch (thrown) {
          // A synchronous handler whose response can't be sent, which would end the process.
          answerRaw(thrown, reply, log);
        }
      };
      guard.begin(new FastifyStart(request, guard.proxies), request.raw, reply.raw, (refused) => {
        const context = currentRequest();
        keepContext(request, context);
        const nonce = context?.nonce ?? '';
        reply.nonce = nonce;
        reply.locals = reply.locals ? Object.assign(reply.locals, { nonce }) : { nonce };
        if (refused !== undefined || config === undefined) proceed(refused);
        else runGuard(() => guardOf(config)(request, reply), proceed);
      });
    });
    instance.addHook('preValidation', ({ body }, _reply, done) => {
      const judged = body === undefined ? undefined : guard.judgeBody(body);
      if (judged?.allow === false) done(refusalOf(judged));
      else done();
    });
  },
  {
    // What fastify-plugin sets: the hooks then apply to the scope in which this is registered.
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: 'bulwark',
    [Symbol.for('plugin-meta')]: { name: 'bulwark', fastify: '5.x' },
  },
);

/** @param work resolves to true if the response was sent */
function runGuard(work: () => boolean | Promise<boolean>, proceed: (error?: unknown) => void): void {
  try {
    const sent = work();
    if (sent === false) proceed();
    else if (sent !== true) {
      // In a turn of its own, so that what `proceed` throws is no rejection of this promise.
      sent.then(
        (wasSent) => void (wasSent || process.nextTick(proceed)),
        (refused: unknown) => process.nextTick(proceed, thrownError(refused)),
      );
    }
  } catch (error) {
    proceed(thrownError(error));
  }
}

function decorateSession(instance: FastifyInstance, session: SessionLoader<object>): void {
  instance.decorateRequest('session', {
    getter() {
      return session.of(this.raw) as FastifyRequest['session'];
    },
  });
}

/** Undefined without a logger: its functions are then all the same one, which does nothing. */
function loggerOf({ log }: FastifyInstance): OnError | undefined {
  if (log.error === log.trace) return undefined;
  return (error, requestId) => log.error({ err: error, requestId }, 'request failed');
}
