import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { routeWork } from '../node/route/route-work.ts';
import type { SessionLoader } from '../session/sessions.ts';
import { type BodyParser, parsed } from './body-parser.ts';
import type { Controller, Method, RouteOptions } from './route-options.ts';

/** What reads the body of a route, unless it is read later. */
export type ParserOf = (options: NonNullable<RouteOptions['body']>) => BodyParser | undefined;

/** What the options of a route do before its handler. It resolves to false if the response was sent. */
type GuardWork = (req: IncomingMessage, res: ServerResponse) => Promise<boolean> | boolean;

/**
 * A guard of Nest over Express that does what the decorators of routes say, or undefined where no route has any. It runs once it is certain which
 * route a request is for: those of other versions and hosts have options of their own.
 */
export function routeGuard(
  controllers: readonly Controller[],
  session: SessionLoader<object> | undefined,
  parserOf: ParserOf,
): CanActivate | undefined {
  const works = new Map<unknown, GuardWork>(
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
): GuardWork {
  const work = routeWork(options, session);
  const parser = options.body && parserOf(options.body);
  return (req, res) => {
    const sent = work(req, res);
    if (parser === undefined && typeof sent === 'boolean') return !sent;
    return waitFor(sent, parser, req, res);
  };
}

async function waitFor(
  sent: boolean | Promise<boolean>,
  parser: BodyParser | undefined,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<boolean> {
  if (await sent) return false;
  if (parser) await parsed(parser, req, res);
  return true;
}
