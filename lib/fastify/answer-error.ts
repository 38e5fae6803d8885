import type { FastifyReply } from 'fastify';
import { isCdnCacheControl } from '../csp/page-cache-control.ts';
import { answerTo, type ErrorAnswer } from '../errors/answer-to.ts';
import { describesBody } from '../errors/describes-body.ts';
import type { OnError } from '../errors/failure-log.ts';
import { isGivenUp } from '../node/body/is-given-up.ts';
import { cutResponse } from '../node/cut-response.ts';
import { writeError } from '../node/write-error.ts';

/** Answers an error as problem+json through the reply, so that the application's own hooks see it. */
export function answerError(error: unknown, reply: FastifyReply, log: OnError): void {
  const { raw } = reply;
  const answer = answerTo(clientErrorOf(error, reply.statusCode));
  if (answer.isFailure && !isGivenUp(error, raw) && !isOfRequest(error, reply)) log(error, answer.requestId);
  if (raw.headersSent) {
    // Only closing the connection shows the client that the response is incomplete.
    reply.hijack();
    cutResponse(raw);
    return;
  }
  // The handler may have described a body that it then could not send.
  for (const name of Object.keys(reply.getHeaders())) {
    if (describesBody(name) || isCdnCacheControl(name)) reply.removeHeader(name);
  }
  if (reply.request.raw.httpVersionMajor === 1) raw.statusMessage = '';
  setAnswer(reply, answer);
  // Bytes: Fastify would serialise text again, or add a charset.
  reply.send(Buffer.from(answer.body));
}

/** The client left while its body was read. */
function isOfRequest(error: unknown, { request }: FastifyReply): boolean {
  return error !== null && request.raw.errored === error;
}

/** Sets the status and the headers of an answer. */
export function setAnswer(reply: FastifyReply, { status, headers }: ErrorAnswer): void {
  reply.code(status);
  for (const [name, value] of headers) {
    // The policy of the response protects an error just as well.
    if (name !== 'Content-Security-Policy' || !reply.hasHeader(name)) reply.header(name, value);
  }
}

/** Bypasses the reply and its hooks, for an error in them. */
export function answerRaw(error: unknown, reply: FastifyReply, log: OnError): void {
  reply.hijack();
  try {
    if (!writeError(clientErrorOf(error, 500), reply.raw, log)) cutResponse(reply.raw);
  } catch {
    cutResponse(reply.raw);
  }
}

/**
 * Fastify and its plugins mark an error as the client's by its code. A status alone can be that of an upstream server. If the
 * handler chose a 4xx before it failed with a plain error, that status stays.
 */
function clientErrorOf(error: unknown, replyStatus: number): unknown {
  try {
    if (!(error instanceof Error)) return error;
    const { name, code, statusCode } = error as { name: unknown; code?: unknown; statusCode?: unknown };
    const isFastifys = name === 'FastifyError' || (typeof code === 'string' && code.startsWith('FST_'));
    const status = isFastifys ? statusCode : Object.getPrototypeOf(error) === Error.prototype && replyStatus;
    const is4xx = typeof status === 'number' && status >= 400 && status < 500;
    return is4xx ? Object.assign(new Error(undefined, { cause: error }), { status, expose: true }) : error;
  } catch {
    // A proxy whose traps throw.
    return error;
  }
}
