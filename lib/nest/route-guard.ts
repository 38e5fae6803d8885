import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { routeCors } from '../node/route-cors.ts';
import { routeCsp } from '../node/route-csp.ts';
import { routeHeaders } from '../node/route-headers.ts';
import { routeRateLimit } from '../node/route-rate-limit.ts';
import type { RateLimiter } from '../rate-limit/rate-limit.ts';
import type { SessionLoader } from '../session/sessions.ts';
import { type BodyParser, parsed } from './body-parser.ts';
import type { Controller, Method, RouteOptions } from './route-options.ts';

/** What reads the body of a route, unless it is read later. */
export type ParserOf = (options: NonNullable<RouteOptions['body']>) => BodyParser | undefined;

/** What the options of a route do before its handler. It resolves to false if the response was sent. */
type RouteWork = (req: IncomingMessage, res: ServerResponse) => Promise<boolean> | boolean;

/**
 * A guard of Nest over Express that does what the decorators of routes say, or undefined where no route has any. It runs once it is certain which
 * route a request is for: those of other versions and hosts have options of their own.
 */
export function routeGuard(
  controllers: readonly Controller[],
  session: SessionLoader<object> | undefined,
  parserOf: ParserOf,
): CanActivate | undefined {
  const works = new Map<unknown, RouteWork>(
    controllers.flatMap(({ routes }) =>
      routes.map(({ method, options }) => [method, workOf(options, session, parserOf)] as const),
    ),
  );
  if (works.size === 0) return undefined;
  return {
    canActivate(context: ExecutionContext): boolean | Promise<boolean> {
      if (context.getType() !== 'http') return true;
      const work = works.get(context.getHandler() as Method);
      const http = context.switchToHttp();
      return work ? work(http.getRequest<IncomingMessage>(), http.getResponse<ServerResponse>()) : true;
    },
  };
}

function workOf(
  options: RouteOptions,
  session: SessionLoader<object> | undefined,
  parserOf: ParserOf,
): RouteWork {
  const policy = options.csp === undefined ? undefined : routeCsp(options.csp);
  const headers = options.headers && routeHeaders(options.headers);
  const cors = options.cors && routeCors(options.cors);
  const limit = options.rateLimit && limiterOf(options.rateLimit, session);
  const parser = options.body && parserOf(options.body);
  return (req, res) => {
    policy?.(res);
    headers?.(res);
    if (cors?.(req, res)) return false;
    if (limit === undefined && parser === undefined) return true;
    return waitFor(req, res, limit, parser);
  };
}

async function waitFor(
  req: IncomingMessage,
  res: ServerResponse,
  limit: ReturnType<typeof routeRateLimit> | undefined,
  parser: BodyParser | undefined,
): Promise<boolean> {
  await limit?.(req, res);
  if (parser) await parsed(parser, req, res);
  return true;
}

function limiterOf(
  limiter: RateLimiter,
  session: SessionLoader<object> | undefined,
): ReturnType<typeof routeRateLimit> {
  return routeRateLimit(limiter, session && ((req) => ({ session: session.of(req).binding })));
}
