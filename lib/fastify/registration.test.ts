import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Misuse } from '../refusal/index.ts';
import { bulwark } from './index.ts';

let app: FastifyInstance;

beforeEach(() => {
  app = fastify();
});

afterEach(() => app.close());

async function answer(url: string): Promise<Response> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  return fetch(`${app.listeningOrigin}${url}`);
}

describe('mistakes', () => {
  it.each([
    [{ trustedProxys: 1 }, /trustedProxys/],
    [{ maxBodyBytes: '1mb' }, /maxBodyBytes/],
    [{ prefix: '/x' }, /prefix/],
  ])('reports %o at startup', async (options, message) => {
    await expect(app.register(bulwark, options as object)).rejects.toThrow(message);
  });

  it('refuses to be registered twice for the same routes', async () => {
    await app.register(bulwark);
    await expect(app.register(async (scope) => scope.register(bulwark))).rejects.toThrow(Misuse);
  });

  it('refuses it around a scope that is defended already', async () => {
    await app.register(async (scope) => {
      await scope.register(bulwark);
    });
    await expect(app.register(bulwark)).rejects.toThrow(Misuse);
  });

  it('serves scopes beside each other, and leaves others alone', async () => {
    await app.register(async (scope) => {
      await scope.register(bulwark);
      scope.get('/a', (_request, reply) => reply.nonce);
    });
    await app.register(async (scope) => {
      await scope.register(bulwark, { csp: false });
      scope.get('/b', () => 'b');
    });
    app.get('/c', () => 'c');
    const a = await answer('/a');
    expect(a.headers.get('content-security-policy')).toContain(`'nonce-${await a.text()}'`);
    const [b, c] = [await answer('/b'), await answer('/c')];
    expect([b.headers.has('content-security-policy'), b.headers.get('x-frame-options')]).toEqual([
      false,
      'DENY',
    ]);
    expect(c.headers.has('x-frame-options')).toBe(false);
  });
});
