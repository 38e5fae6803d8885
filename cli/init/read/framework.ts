import type { Manifest } from './manifest.ts';

export type Framework = 'next' | 'nest' | 'fastify' | 'hono' | 'koa' | 'express' | 'node';

/** A framework that contains another stands before it: Nest depends on Express, Next needs no server of its own. */
const frameworks: readonly (readonly [Framework, readonly string[]])[] = [
  ['next', ['next']],
  ['nest', ['@nestjs/core']],
  ['fastify', ['fastify', 'fastify-cli']],
  ['hono', ['hono']],
  ['koa', ['koa']],
  ['express', ['express']],
];

/** The frameworks that the manifest names, those that contain others first. Nest brings its own. */
export function frameworksOf({ dependencies }: Manifest): Framework[] {
  const named = frameworks.filter(([, packages]) => packages.some((name) => dependencies.has(name)));
  const found = named.map(([framework]) => framework);
  return found.includes('nest') ? found.filter((one) => one !== 'express' && one !== 'fastify') : found;
}

export const frameworkNames: Readonly<Record<Framework, string>> = {
  next: 'Next.js',
  nest: 'Nest',
  fastify: 'Fastify',
  hono: 'Hono',
  koa: 'Koa',
  express: 'Express',
  node: 'node:http',
};
