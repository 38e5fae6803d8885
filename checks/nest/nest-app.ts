import 'reflect-metadata';
import {
  type INestApplication,
  Module,
  type ModuleMetadata,
  type NestApplicationOptions,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';

type Decorator = (target: never, name: never, descriptor: never) => unknown;
type Parameter = (target: object, name: string, index: number) => unknown;

export const platforms = ['express', 'fastify'] as const;
export type NestPlatform = (typeof platforms)[number];

/** What TypeScript makes of decorators of a method: this project erases types only. */
export function decorate(
  target: abstract new (...args: never[]) => object,
  name: string,
  decorators: readonly Decorator[],
  ...parameters: readonly unknown[]
): void {
  const prototype: object = target.prototype;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
  for (const [index, parameter] of parameters.entries()) (parameter as Parameter)(prototype, name, index);
  for (const decorator of [...decorators].reverse()) {
    decorator(prototype as never, name as never, descriptor as never);
  }
  Object.defineProperty(prototype, name, descriptor);
}

/** An application in the root module of which these are. It fails to start with an exception, and says nothing. */
export async function nestApp(
  platform: NestPlatform,
  root: ModuleMetadata,
  options: NestApplicationOptions = {},
  prepare: (app: INestApplication) => void = () => undefined,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  class Root {}
  Module(root)(Root);
  const adapter =
    platform === 'express' ? new ExpressAdapter() : new FastifyAdapter({ forceCloseConnections: true });
  const app: INestApplication = await NestFactory.create(Root as Type, adapter, {
    ...{ logger: false, abortOnError: false, forceCloseConnections: true },
    ...options,
  });
  prepare(app);
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), close: () => app.close() };
}
