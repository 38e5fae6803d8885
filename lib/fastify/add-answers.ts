import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OnError } from '../errors/failure-log.ts';
import type { Defence } from '../node/defence.ts';
import { answerError, answerRaw } from './answer-error.ts';
import { withLast } from './error-handlers.ts';
import { contextOf, type ErrorHandler, inContext, internalOf } from './fastify-context.ts';
import { notFoundAnswer, replaceOwnAnswers } from './own-answers.ts';

/** Answers errors of a scope, and in the outermost scope what Fastify answers without a route. */
export function addAnswers(instance: FastifyInstance, guard: Defence, log: OnError): void {
  /** For an error of the hooks that see the answer. */
  const last: ErrorHandler = {
    func: (error: unknown, _request: unknown, reply: FastifyReply) => answerRaw(error, reply, log),
  };
  const own: ErrorHandler = Object.assign(Object.create(last), {
    func: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      inContext(request, () => answerError(error, reply, log)),
  });
  // A version of Fastify that keeps its error handler elsewhere.
  if (internalOf(instance, 'fastify.errorHandler') === undefined) {
    instance.setErrorHandler((error, _request, reply) => answerError(error, reply, log));
  }
  // Set now, and not by `setErrorHandler`: routes and handlers that are older than this plugin count too, and newer handlers are no surprise.
  instance.addHook('onError', (request, _reply, _error, done) => {
    const context = contextOf(request);
    if (context?.errorHandler) context.errorHandler = withLast(context.errorHandler, own);
    done();
  });
  instance.addHook('preSerialization', (request, reply, payload, done) => {
    done(null, notFoundAnswer(payload, request, reply) ?? payload);
  });
  instance.addHook('onSend', (request, reply, payload, done) => {
    const sent = isResponse(payload) ? bodyOf(payload, reply) : payload;
    const body = sent instanceof ReadableStream ? Readable.fromWeb(sent as WebStream) : sent;
    if (isStream(body)) {
      // One that fails before is answered; Fastify tells only its logger of one that fails later.
      body.on('error', (error) => {
        if (reply.raw.headersSent) inContext(request, () => answerError(error, reply, log));
      });
      // Fastify keeps it after HEAD, and over HTTP/2 it may miss that the client has cancelled (CWE-772).
      reply.raw.once('close', () => body.destroy?.());
    }
    done(null, body);
  });
  if (Object.getPrototypeOf(instance) === Object.prototype) replaceOwnAnswers(instance, guard, log);
}

function isResponse(payload: unknown): payload is Response {
  return typeof payload === 'object' && Object.prototype.toString.call(payload) === '[object Response]';
}

/** Sends the head as Fastify does after its hooks. Its hook for HEAD knows streams, but fails at a `Response`. */
function bodyOf(response: Response, reply: FastifyReply): unknown {
  if (response.bodyUsed) return response;
  reply.code(response.status);
  for (const [name, value] of response.headers) reply.header(name, value);
  return response.body ?? (reply.request.method === 'HEAD' ? Readable.from([]) : null);
}

interface Stream {
  on(event: 'error', listener: (error: unknown) => void): void;
  destroy?(): void;
}

function isStream(payload: unknown): payload is Stream {
  const { pipe, on } = (payload ?? {}) as { readonly pipe?: unknown; readonly on?: unknown };
  return typeof pipe === 'function' && typeof on === 'function';
}
