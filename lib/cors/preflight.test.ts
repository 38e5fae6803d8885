import { describe, expect, it } from 'vitest';
import { type Cors, type CorsAnswer, cors } from './index.ts';

const app = 'https://app.example.com';

function ask(
  policy: Cors,
  origin: string | undefined,
  more: Record<string, string> = {},
  method = 'GET',
): CorsAnswer {
  return policy.answer({ method, headers: { ...(origin !== undefined && { origin }), ...more } });
}

const preflight = (origin: string, method = 'PUT', names?: string): Record<string, string> => ({
  ...{ origin, 'access-control-request-method': method },
  ...(names !== undefined && { 'access-control-request-headers': names }),
});

describe('a preflight', () => {
  const policy = cors({
    ...{
      origins: [app],
      methods: ['get', 'PUT', 'PATCH'],
      headers: ['Content-Type', 'X-Token'],
      maxAgeSeconds: 60,
    },
  });

  it('is answered with what is allowed, which never includes the private network', () => {
    const more = {
      ...preflight(app, 'PUT', 'content-type,x-token'),
      'access-control-request-private-network': 'true',
    };
    const answer = ask(policy, app, more, 'OPTIONS');
    expect(answer.preflight).toEqual({
      status: 204,
      headers: [
        ['Vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
        ['Access-Control-Allow-Origin', app],
        ['Access-Control-Allow-Methods', 'GET, PUT, PATCH'],
        ['Access-Control-Allow-Headers', 'Content-Type, X-Token'],
        ['Access-Control-Max-Age', '60'],
      ],
    });
    expect(answer.refused).toBeUndefined();
  });

  it.each([
    ['DELETE', undefined, 'method'],
    ['put', undefined, 'method'],
    ['PUT', 'x-token, x-other', 'header x-other'],
    ['PUT', '*', 'header *'],
    ['PUT', '__proto__', 'header __proto__'],
  ])('of %s and %s is refused for its %s', (method, names, reason) => {
    const answer = ask(policy, app, preflight(app, method, names), 'OPTIONS');
    expect(answer.refused).toMatchObject({ code: 'cors/preflight-refused', detail: { origin: app, reason } });
    expect(answer.preflight?.headers).toContainEqual(['Access-Control-Allow-Methods', 'GET, PUT, PATCH']);
  });

  it.each(['GET', 'HEAD', 'POST'])('for %s is not refused, because it needs no permission', (method) => {
    expect(ask(policy, app, preflight(app, method, 'Accept'), 'OPTIONS').refused).toBeUndefined();
  });

  it('is only an OPTIONS request with an origin and a method', () => {
    expect(ask(policy, app, {}, 'OPTIONS').preflight).toBeUndefined();
    expect(
      ask(policy, undefined, { 'access-control-request-method': 'PUT' }, 'OPTIONS').preflight,
    ).toBeUndefined();
    expect(ask(policy, app, preflight(app), 'POST').preflight).toBeUndefined();
  });

  it('keeps the refusal short, however long the request is', () => {
    const origin = `https://${'a'.repeat(1_000_000)}`;
    const { refused } = ask(policy, origin, preflight(origin, 'A'.repeat(100_000)), 'OPTIONS');
    expect(JSON.stringify(refused).length).toBeLessThan(500);
    const long = ask(policy, app, preflight(app, 'PUT', 'x-a,'.repeat(100_000)), 'OPTIONS');
    expect(long.refused?.detail.reason).toBe('header x-a');
  });
});
