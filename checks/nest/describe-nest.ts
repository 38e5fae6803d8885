import type { INestApplication, ModuleMetadata, NestApplicationOptions } from '@nestjs/common';
import { Get } from '@nestjs/common';
import { afterEach, describe } from 'vitest';
import { BulwarkModule, type BulwarkOptions } from '../../lib/nest/index.ts';
import { controller } from './controller.ts';
import { type NestPlatform, nestApp, platforms } from './nest-app.ts';

/** Sends a request to an application, and follows no redirect. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

export type Start = (
  root: ModuleMetadata,
  options?: BulwarkOptions,
  nest?: NestApplicationOptions,
  prepare?: (app: INestApplication) => void,
) => Promise<Ask>;

/** Tests for applications over each platform. They are closed behind each test. */
export function describeNest(name: string, tests: (start: Start, platform: NestPlatform) => void): void {
  describe.each(platforms)(`${name} of bulwark/nest over %s`, (platform) => {
    const open: { close(): Promise<void> }[] = [];
    afterEach(async () => {
      for (const each of open.splice(0)) await each.close();
    });
    tests(async (root, options = {}, nest = {}, prepare = undefined) => {
      const quiet = { onError: () => undefined, ...options };
      const imports = [BulwarkModule.forRoot(quiet), ...(root.imports ?? [])];
      const app = await nestApp(platform, { ...root, imports }, nest, prepare);
      open.push(app);
      return (path, init) => fetch(app.url + path, { redirect: 'manual', ...init });
    }, platform);
  });
}

export const hello: ReturnType<typeof controller> = controller({
  hello: [[Get('hello')], () => ({ hello: true })],
});

export function json(body: string): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': 'application/json' } };
}
