/**
 * Messages that frameworks send unchanged when one of their own exceptions is thrown: @nestjs/common 10 and 11,
 * @fastify/sensible 5 and 6, Koa 2 and 3, @hapi/boom 10, Hono 4, SvelteKit 2, tRPC 10 and 11; and the results of server
 * functions of Next.js. Documentation: https://docs.nestjs.com/exception-filters,
 * https://github.com/fastify/fastify-sensible, https://koajs.com/#ctxthrowstatus-message-properties,
 * https://hapi.dev/module/boom/api
 */
import type { Condition, Models } from '../../../models/model.ts';

const nestErrors =
  'BadRequestException,UnauthorizedException,NotFoundException,ForbiddenException,NotAcceptableException,RequestTimeoutException,ConflictException,GoneException,PayloadTooLargeException,UnsupportedMediaTypeException,UnprocessableEntityException,InternalServerErrorException,NotImplementedException,ImATeapotException,MethodNotAllowedException,BadGatewayException,ServiceUnavailableException,GatewayTimeoutException,PreconditionFailedException,HttpException';
const replies =
  'badRequest,unauthorized,paymentRequired,forbidden,notFound,methodNotAllowed,notAcceptable,conflict,gone,preconditionFailed,payloadTooLarge,unsupportedMediaType,unprocessableEntity,tooManyRequests,internalServerError,badGateway,serviceUnavailable,gatewayTimeout';
/** Errors with a status below 500. Boom hides the message of an error with a higher one. */
const refusals =
  'badRequest,unauthorized,paymentRequired,forbidden,notFound,methodNotAllowed,notAcceptable,conflict,resourceGone,preconditionFailed,entityTooLarge,unsupportedMediaType,badData,tooManyRequests,teapot';
/** Koa only sends the message if the status is below 500. */
const isRefusal: Condition = {
  at: 'Argument[0]',
  is: [400, 401, 402, 403, 404, 405, 406, 409, 410, 412, 413, 415, 422, 429],
};

export const answeredMessages: Models = {
  language: 'javascript',
  sinks: [
    ['@nestjs/common', `Member[${nestErrors}].Argument[0]`, 'leak'],
    ['@nestjs/common', `Member[${nestErrors}].Argument[0].AnyMember`, 'leak'],
    ['fastify.Instance', `Member[httpErrors].Member[${replies}].Argument[0]`, 'leak'],
    ['fastify.Instance', 'Member[httpErrors].Member[createError].Argument[1]', 'leak'],
    ['fastify.Reply', `Member[${replies}].Argument[0]`, 'leak'],
    ['koa.Context', 'Member[throw].Argument[1]', 'leak', isRefusal],
    ['@hapi/boom', `Member[${refusals}].Argument[0]`, 'leak'],
    ['hono/http-exception', 'Member[HTTPException].Argument[1].Member[message]', 'leak'],
    ['@sveltejs/kit', 'Member[error].Argument[1]', 'leak'],
    ['@sveltejs/kit', 'Member[error,fail].Argument[1].AnyMember', 'leak'],
    ['@trpc/server', 'Member[TRPCError].Argument[0].Member[message]', 'leak'],
    ['next.ServerFunction', 'ReturnValue', 'leak'],
    ['next.ServerFunction', 'ReturnValue.AnyMember', 'leak'],
  ],
};
