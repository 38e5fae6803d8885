import 'reflect-metadata';
import type { Server } from 'node:http';
import { All, Controller, Get, Module, Param, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { BulwarkModule } from '../../../lib/nest/index.ts';
import { guarded, headersOnly } from './bulwark-options.ts';
import { product, visit } from './site.ts';

export type Platform = 'express' | 'fastify';

/** What differs between contenders. */
export interface Parts {
  readonly imports?: readonly unknown[];
  readonly userOf?: (request: any) => unknown;
  readonly logIn?: (request: any, response: any) => Promise<object>;
  readonly before?: (app: any) => Promise<void> | void;
}

/** An application over one of the two platforms, as Nest's command line makes it. */
export async function nest(platform: Platform, parts: Parts): Promise<Server> {
  const { imports = [], userOf = () => 'ann', logIn = async () => ({}), before } = parts;
  class Products {
    one(id: string, request: any): object {
      return product(id, userOf(request));
    }
    enter(request: any, response: any): Promise<object> {
      return logIn(request, response);
    }
  }
  decorate(Products, 'one', All('/api/product/:id'), [Param('id'), Req()]);
  decorate(Products, 'enter', Get('/log-in'), [Req(), Res({ passthrough: true })]);
  Controller()(Products);
  class App {}
  Module({ imports: [...imports] as any, controllers: [Products] })(App);
  const app =
    platform === 'express'
      ? await NestFactory.create<NestExpressApplication>(App, { logger: false, abortOnError: false })
      : await NestFactory.create<NestFastifyApplication>(App, new FastifyAdapter(), {
          logger: false,
          abortOnError: false,
        });
  await before?.(app);
  await app.init();
  if (platform === 'fastify') await (app as NestFastifyApplication).getHttpAdapter().getInstance().ready();
  return app.getHttpServer() as Server;
}

function decorate(type: any, name: string, method: MethodDecorator, parameters: ParameterDecorator[]): void {
  parameters.forEach((parameter, index) => {
    parameter(type.prototype, name, index);
  });
  method(type.prototype, name, Object.getOwnPropertyDescriptor(type.prototype, name) as PropertyDescriptor);
}

/** Nest's own adapter says what the request of the platform is. */
const rawOf = (request: any): any => request.raw ?? request;

export function defended(platform: Platform, level: 'headers' | 'sealed' | 'store'): Promise<Server> {
  if (level === 'headers') return nest(platform, { imports: [BulwarkModule.forRoot(headersOnly)] });
  const { options, session } = guarded(level);
  return nest(platform, {
    imports: [BulwarkModule.forRoot(options)],
    userOf: (request) => session.of(rawOf(request)).user,
    logIn: async (request) => {
      await session.of(rawOf(request)).logIn('ann', visit);
      return {};
    },
  });
}
