import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { enter, userOf, usualGuards, usualHeaders } from './fastify.ts';
import { defended, nest, overFastify } from './nest.ts';
import type { Contenders } from './site.ts';

/** Nest brings its own copy of Fastify: the same class, declared twice. */
const fastifyOf = (app: NestFastifyApplication): FastifyInstance =>
  app.getHttpAdapter().getInstance() as unknown as FastifyInstance;

export const contenders: Contenders = {
  bare: () => nest(overFastify, {}),
  'usual headers': () =>
    nest(overFastify, { before: async (app) => void (await usualHeaders(fastifyOf(app))) }),
  'usual sealed': () => usual('sealed'),
  'usual store': () => usual('store'),
  'bulwark headers': () => defended(overFastify, 'headers'),
  'bulwark sealed': () => defended(overFastify, 'sealed'),
  'bulwark store': () => defended(overFastify, 'store'),
};

function usual(level: 'sealed' | 'store'): ReturnType<typeof nest> {
  return nest(overFastify, {
    before: async (app) => void (await usualGuards(fastifyOf(app), level)),
    userOf,
    logIn: async (request, reply) => {
      enter(request);
      return { token: reply.generateCsrf() };
    },
  });
}
