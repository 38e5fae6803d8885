import { AsyncLocalStorage } from 'node:async_hooks';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import csrf from '@fastify/csrf-protection';
import helmet from '@fastify/helmet';
import secureSession from '@fastify/secure-session';
import session from '@fastify/session';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { bulwark } from '../../../lib/fastify/index.ts';
import { guarded, headersOnly } from './bulwark-options.ts';
import { type Contenders, directives, partner, product, secret, visit } from './site.ts';

const context = new AsyncLocalStorage<object>();

export const contenders: Contenders = {
  bare: async () => served(answering(fastify(), () => 'ann')),
  'usual headers': async () => served(answering(await usualHeaders(fastify()), () => 'ann')),
  'usual sealed': async () => served(await usual('sealed')),
  'usual store': async () => served(await usual('store')),
  'bulwark headers': async () => {
    const app = fastify();
    await app.register(bulwark, headersOnly);
    return served(answering(app, () => 'ann'));
  },
  'bulwark sealed': async () => served(await guardedBy('sealed')),
  'bulwark store': async () => served(await guardedBy('store')),
};

export async function usualHeaders(app: FastifyInstance): Promise<FastifyInstance> {
  app.addHook('onRequest', (_request, _reply, done) => context.run({}, done));
  await app.register(helmet, {
    enableCSPNonces: true,
    contentSecurityPolicy: {
      directives: { ...directives(() => "'self'"), frameAncestors: ["'none'"] },
    },
  });
  return app;
}

export async function usualGuards(app: FastifyInstance, level: 'sealed' | 'store'): Promise<FastifyInstance> {
  await usualHeaders(app);
  await app.register(cors, { origin: [partner], credentials: true });
  if (level === 'sealed') {
    await app.register(secureSession, { key: Buffer.from(secret), cookieName: 'session' });
    await app.register(csrf, { sessionPlugin: '@fastify/secure-session' });
  } else {
    await app.register(cookie);
    await app.register(session, { secret, cookieName: 'session', cookie: { secure: false } });
    await app.register(csrf, { sessionPlugin: '@fastify/session' });
  }
  app.addHook('onRequest', (request, reply, done) => {
    if (request.method === 'GET') done();
    else app.csrfProtection(request, reply, done);
  });
  return app;
}

interface Session {
  readonly user?: string;
  get?(name: string): unknown;
  set(name: string, value: unknown): void;
}

/** The three session plugins declare `request.session`, each with a type that excludes the others. */
const sessionOf = (request: FastifyRequest): Session => request.session as unknown as Session;

export function userOf(request: FastifyRequest): unknown {
  const own = sessionOf(request);
  return own.user ?? own.get?.('user');
}

export function enter(request: FastifyRequest): void {
  for (const [name, value] of Object.entries({ user: 'ann', ...visit })) sessionOf(request).set(name, value);
}

async function usual(level: 'sealed' | 'store'): Promise<FastifyInstance> {
  const app = answering(await usualGuards(fastify(), level), userOf);
  app.get('/log-in', async (request, reply) => {
    enter(request);
    return { token: reply.generateCsrf() };
  });
  return app;
}

async function guardedBy(level: 'sealed' | 'store'): Promise<FastifyInstance> {
  const { options, session } = guarded(level);
  const app = fastify();
  await app.register(bulwark, options);
  answering(app, (request) => sessionOf(request).user);
  app.get('/log-in', async (request) => {
    await session.of(request.raw).logIn('ann', visit);
    return {};
  });
  return app;
}

function answering(app: FastifyInstance, userOf: (request: FastifyRequest) => unknown): FastifyInstance {
  app.route<{ Params: { id: string } }>({
    method: ['GET', 'POST'],
    url: '/api/product/:id',
    handler: async (request) => product(request.params.id, userOf(request as FastifyRequest)),
  });
  return app;
}

async function served(app: FastifyInstance): Promise<FastifyInstance['server']> {
  await app.ready();
  return app.server;
}
