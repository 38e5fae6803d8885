import { userOf, usualGuards, usualHeaders } from './fastify.ts';
import { defended, nest } from './nest.ts';
import { type Contenders, visit } from './site.ts';

export const contenders: Contenders = {
  bare: () => nest('fastify', {}),
  'usual headers': () =>
    nest('fastify', { before: async (app) => void (await usualHeaders(app.getHttpAdapter().getInstance())) }),
  'usual sealed': () => usual('sealed'),
  'usual store': () => usual('store'),
  'bulwark headers': () => defended('fastify', 'headers'),
  'bulwark sealed': () => defended('fastify', 'sealed'),
  'bulwark store': () => defended('fastify', 'store'),
};

function usual(level: 'sealed' | 'store'): ReturnType<typeof nest> {
  return nest('fastify', {
    before: async (app) => void (await usualGuards(app.getHttpAdapter().getInstance(), level)),
    userOf,
    logIn: async (request, reply) => {
      for (const [name, value] of Object.entries({ user: 'ann', ...visit })) request.session.set(name, value);
      return { token: await reply.generateCsrf() };
    },
  });
}
