import 'reflect-metadata';
import type { IncomingMessage, Server } from 'node:http';
import {
  All,
  Controller,
  Get,
  type INestApplication,
  Module,
  type ModuleMetadata,
  Param,
  Req,
  Res,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Request, Response } from 'express';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BulwarkModule } from '../../../lib/nest/index.ts';
import { guarded, headersOnly } from './bulwark-options.ts';
import { type Level, product, visit } from './site.ts';

const quiet = { logger: false, abortOnError: false } as const;

interface Platform<App, Request> {
  create(module: Type): Promise<App>;
  ready(app: App): Promise<unknown>;
  rawOf(request: Request): IncomingMessage;
}

export const overExpress: Platform<NestExpressApplication, Request> = {
  create: (module) => NestFactory.create(module, quiet),
  ready: async () => undefined,
  rawOf: (request) => request,
};

export const overFastify: Platform<NestFastifyApplication, FastifyRequest> = {
  create: (module) => NestFactory.create(module, new FastifyAdapter(), quiet),
  ready: async (app) => app.getHttpAdapter().getInstance().ready(),
  rawOf: (request) => request.raw,
};

/** What differs between contenders. */
interface Parts<App, Request> {
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  readonly userOf?: (request: Request) => unknown;
  readonly logIn?: (request: Request, response: ResponseTo<Request>) => Promise<object>;
  readonly before?: (app: App) => Promise<void> | void;
}

type ResponseTo<Request> = Request extends FastifyRequest ? FastifyReply : Response;

/** An application over one of the two platforms, as Nest's command line makes it. */
export async function nest<App extends INestApplication, Request>(
  platform: Platform<App, Request>,
  parts: Parts<App, Request>,
): Promise<Server> {
  const { imports = [], userOf = () => 'ann', logIn = async () => ({}), before } = parts;
  class Products {
    one(id: string, request: Request): object {
      return product(id, userOf(request));
    }
    enter(request: Request, response: ResponseTo<Request>): Promise<object> {
      return logIn(request, response);
    }
  }
  decorate(Products, 'one', All('/api/product/:id'), [Param('id'), Req()]);
  decorate(Products, 'enter', Get('/log-in'), [Req(), Res({ passthrough: true })]);
  Controller()(Products);
  class Root {}
  Module({ imports, controllers: [Products] })(Root);
  const app = await platform.create(Root);
  await before?.(app);
  await app.init();
  await platform.ready(app);
  return app.getHttpServer() as Server;
}

function decorate(type: Type, name: string, method: MethodDecorator, parameters: ParameterDecorator[]): void {
  parameters.forEach((parameter, index) => {
    parameter(type.prototype, name, index);
  });
  method(type.prototype, name, Object.getOwnPropertyDescriptor(type.prototype, name) as PropertyDescriptor);
}

export function defended<App extends INestApplication, Request>(
  platform: Platform<App, Request>,
  level: Level,
): Promise<Server> {
  if (level === 'headers') return nest(platform, { imports: [BulwarkModule.forRoot(headersOnly)] });
  const { options, session } = guarded(level);
  return nest(platform, {
    imports: [BulwarkModule.forRoot(options)],
    userOf: (request) => session.of(platform.rawOf(request)).user,
    logIn: async (request) => {
      await session.of(platform.rawOf(request)).logIn('ann', visit);
      return {};
    },
  });
}
