import type { CanActivate, NestInterceptor } from '@nestjs/common';
import type { BulwarkOptions } from './options.ts';
import type { Controller } from './route-options.ts';

type Handle = (...args: never[]) => unknown;

/** The parts of Nest's HTTP adapters that are used. */
export interface Adapter {
  getType(): string;
  getInstance(): unknown;
  use(...args: unknown[]): unknown;
  setErrorHandler(handler: Handle, prefix?: string): unknown;
  enableCors(...args: unknown[]): unknown;
}

export interface Platform {
  /** What the decorators of routes do. */
  readonly guard: CanActivate | undefined;
  /** What is done behind the guards of the application. */
  readonly interceptor: NestInterceptor | undefined;
  /** Whether Nest's own parsers read bodies, once the application is complete. */
  parsesBodies(): boolean;
}

/** Puts the defence in front of what runs on one of Nest's adapters. */
export type SetUpPlatform = (
  adapter: Adapter,
  options: Readonly<Partial<BulwarkOptions>>,
  controllers: readonly Controller[],
) => Promise<Platform> | Platform;
