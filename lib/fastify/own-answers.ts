import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerTo } from '../errors/answer-to.ts';
import type { OnError } from '../errors/failure-log.ts';
import { answerMalformed } from '../node/answer-malformed.ts';
import type { Defence } from '../node/defence.ts';
import { NodeStart } from '../node/node-start.ts';
import { answerRaw, setAnswer } from './answer-error.ts';
import { internalOf } from './fastify-context.ts';

type FrameworkErrors = (
  error: { readonly statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
) => void;

/**
 * What Fastify answers before any hook runs: URLs that can't be decoded, parameters that are too long, and malformed HTTP. Its own answers have
 * no headers, and repeat the URL. Handlers that the application set are left.
 */
export function replaceOwnAnswers(instance: FastifyInstance, guard: Defence, log: OnError): void {
  const options = internalOf(instance, 'fastify.options') as
    | { frameworkErrors?: FrameworkErrors }
    | undefined;
  // Read at each such request.
  if (options) options.frameworkErrors ??= frameworkErrors(guard, log);
  const { server } = instance;
  for (const listener of server.listeners('clientError')) {
    if (listener.name !== 'bound defaultClientErrorHandler') continue;
    server.off('clientError', listener as () => void).on('clientError', answerMalformed);
  }
}

function frameworkErrors(guard: Defence, log: OnError): FrameworkErrors {
  return function answerFrameworkError(error, { raw }, reply) {
    guard.begin(new NodeStart(raw, guard.proxies), raw, reply.raw, (refused) => {
      answerRaw(refused ?? error, reply, log);
    });
  };
}

/**
 * The answer to what no route handles, in place of Fastify's own, which repeats the URL.
 *
 * @returns undefined for every other payload
 */
export function notFoundAnswer(payload: unknown, { raw }: FastifyRequest, reply: FastifyReply): unknown {
  if (reply.statusCode !== 404 || typeof payload !== 'object' || payload === null) return undefined;
  const { message, error } = payload as { readonly message?: unknown; readonly error?: unknown };
  if (error !== 'Not Found' || message !== `Route ${raw.method}:${raw.url} not found`) return undefined;
  const answer = answerTo(Object.assign(new Error(), { status: 404, expose: true }));
  setAnswer(reply, answer);
  return JSON.parse(answer.body);
}
