import type { ServerResponse } from 'node:http';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { OnError } from '../errors/failure-log.ts';
import { answerError, answerRaw } from '../fastify/answer-error.ts';
import { writeError } from '../node/write-error.ts';
import { httpProblem } from './http-problem.ts';
import { setMetadata } from './metadata.ts';

/** Nest asks a filter's class which exceptions it catches: with an empty list, all of them. */
const catches = '__filterCatchExceptions__';

/** Answers every error of an HTTP request that no filter of the application catches, as problem+json (RFC 9457). */
export function exceptionFilter(log: OnError): ExceptionFilter {
  class BulwarkExceptionFilter implements ExceptionFilter {
    catch(exception: unknown, host: ArgumentsHost): void {
      // A microservice or a gateway answers its own errors.
      if (host.getType() !== 'http') throw exception;
      answer(exception, host.switchToHttp().getResponse<FastifyReply | ServerResponse>(), log);
    }
  }
  setMetadata(catches, [], BulwarkExceptionFilter);
  return new BulwarkExceptionFilter();
}

function answer(exception: unknown, response: FastifyReply | ServerResponse, log: OnError): void {
  const problem = httpProblem(exception);
  // The log gets what was thrown.
  const own: OnError = problem ? (_problem, requestId) => log(exception, requestId) : log;
  const error = problem ?? exception;
  if ('raw' in response) {
    try {
      answerError(error, response, own);
    } catch {
      // A reply whose headers can't be sent.
      answerRaw(error, response, own);
    }
    return;
  }
  try {
    if (!writeError(error, response, own)) response.destroy();
  } catch {
    // A response that other code has changed so that it can't be written.
    response.destroy();
  }
}
