import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { createDiscovery, type Discovery } from './oidc-discovery.ts';
import { type Neighbours, startNeighbours } from './testing/neighbours.ts';

let neighbours: Neighbours;
let issuer: string;
let discovery: Discovery;
/** What each path answers with. */
let answers: Record<string, unknown>;
let listener: RequestListener | undefined;

beforeAll(async () => {
  configureEvents({ sinks: [] });
  neighbours = await startNeighbours((request, response) => {
    if (listener) return listener(request, response);
    const json = answers[request.url ?? ''];
    response.writeHead(json === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(typeof json === 'string' ? json : JSON.stringify(json));
  });
  issuer = neighbours.outside.url('/tenant');
});
afterAll(() => neighbours.stop());
beforeEach(() => {
  neighbours.requests.length = 0;
  listener = undefined;
  answers = { [openid]: document() };
  discovery = createDiscovery({ allowHttp: true, egress: neighbours.egress });
});

const openid = '/tenant/.well-known/openid-configuration';
const document = (more: object = {}): object => ({
  issuer,
  authorization_endpoint: neighbours.outside.url('/authorize'),
  token_endpoint: neighbours.outside.url('/token'),
  jwks_uri: neighbours.outside.url('/jwks'),
  ...more,
});
const asked = (): string[] => neighbours.requests.map(({ url }) => url);
const insideSaw = (): number => neighbours.inside.connections() - 1;

describe('a provider', () => {
  it('is discovered, once for ten minutes', async () => {
    const found = await Promise.all([discovery.discover(issuer), discovery.discover(issuer)]);
    expect(found[0]).toEqual({
      issuer,
      authorizationEndpoint: neighbours.outside.url('/authorize'),
      tokenEndpoint: neighbours.outside.url('/token'),
      jwksUri: neighbours.outside.url('/jwks'),
      userinfoEndpoint: undefined,
    });
    expect(await discovery.discover(issuer)).toBe(found[1]);
    expect(asked()).toEqual([openid]);
  });

  it('is discovered by RFC 8414, which puts the path behind', async () => {
    const path = '/.well-known/oauth-authorization-server/tenant';
    answers = { [path]: document() };
    const oauth = createDiscovery({ kind: 'oauth', allowHttp: true, egress: neighbours.egress });
    expect(await oauth.discover(issuer)).toMatchObject({ issuer });
    expect(asked()).toEqual([path]);
  });

  it('answers at its token endpoint through the same policy', async () => {
    answers['/token'] = { access_token: 'x' };
    const { tokenEndpoint } = await discovery.discover(issuer);
    const response = await discovery.fetch(tokenEndpoint, { method: 'POST', body: 'grant_type=x' });
    expect(await response.json()).toEqual({ access_token: 'x' });
  });

  it('gives its keys, and is asked again for one that is not known, but not for each', async () => {
    answers['/jwks'] = { keys: [{ kid: 'a', kty: 'RSA' }] };
    expect(await discovery.keys(issuer, 'a')).toEqual([{ kid: 'a', kty: 'RSA' }]);
    for (let i = 0; i < 20; i++) await discovery.keys(issuer, `random-${i}`);
    expect(asked()).toEqual([openid, '/jwks']);
  });
});

describe('metadata that is not taken', () => {
  const refuses = async (code: string): Promise<void> => {
    const fresh = createDiscovery({ allowHttp: true, egress: neighbours.egress });
    await expect(fresh.discover(issuer)).rejects.toMatchObject({ code });
  };

  it.each([
    ['another issuer', 'issuer-mismatch', () => document({ issuer: 'https://other.example.com' })],
    ['the issuer with a slash', 'issuer-mismatch', () => document({ issuer: `${issuer}/` })],
    ['the issuer in capitals', 'issuer-mismatch', () => document({ issuer: issuer.toUpperCase() })],
    ['no issuer', 'issuer-mismatch', () => document({ issuer: undefined })],
    ['an issuer by its prototype', 'issuer-mismatch', () => `{"__proto__": ${JSON.stringify(document())}}`],
    ['a list', 'format', () => []],
    ['no JSON', 'format', () => '<html>'],
    ['no jwks_uri', 'format', () => document({ jwks_uri: undefined })],
    ['a jwks_uri that is a number', 'format', () => document({ jwks_uri: 1 })],
    [
      'an authorization endpoint that runs',
      'endpoint',
      () => document({ authorization_endpoint: 'javascript:alert(1)' }),
    ],
    ['a jwks_uri of the disk', 'endpoint', () => document({ jwks_uri: 'file:///etc/passwd' })],
    ['a jwks_uri inside', 'endpoint', () => document({ jwks_uri: neighbours.inside.url('/jwks') })],
    ['a jwks_uri of a cloud', 'endpoint', () => document({ jwks_uri: 'https://169.254.169.254/latest' })],
    [
      'a token endpoint inside',
      'endpoint',
      () => document({ token_endpoint: neighbours.inside.url('/token') }),
    ],
    [
      'a userinfo endpoint inside',
      'endpoint',
      () => document({ userinfo_endpoint: neighbours.inside.url() }),
    ],
    ['credentials in an address', 'endpoint', () => document({ token_endpoint: 'https://a:b@example.com/' })],
  ])('has %s (%s)', async (_, code, made) => {
    answers = { [openid]: made() };
    await refuses(code);
    expect(insideSaw()).toBe(0);
    answers = { [openid]: document({ more: 'is not read' }) };
    expect(await discovery.discover(issuer)).toMatchObject({ issuer });
  });

  it('comes with a redirect, another status or type, too many bytes, or not at all', async () => {
    listener = (_request, response) => response.writeHead(302, { location: neighbours.inside.url() }).end();
    await refuses('fetch/too-many-redirects');
    listener = (_request, response) =>
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    await refuses('unavailable');
    listener = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('{}');
    await refuses('fetch/content-type');
    const large = JSON.stringify(document({ padding: 'x'.repeat(200_000) }));
    listener = (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(large);
    await refuses('fetch/response-too-large');
    listener = (_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync(large));
    await refuses('fetch/response-too-large');
    listener = (request) => request.socket.destroy();
    await refuses('unavailable');
    expect(insideSaw()).toBe(0);
  });

  it('is asked for once in a while, and not at each login', async () => {
    answers = {};
    for (let i = 0; i < 5; i++)
      await expect(discovery.discover(issuer)).rejects.toMatchObject({ code: 'unavailable' });
    expect(asked()).toHaveLength(1);
  });
});

describe('an issuer', () => {
  it.each([
    'nonsense',
    'ftp://example.com',
    'https://example.com/?tenant=a',
    'https://example.com/?',
    'https://example.com/#a',
    'https://a:b@example.com/',
    'https://example.com\\@evil.example',
    ` https://example.com`,
  ])('is not %s', async (text) => {
    await expect(discovery.discover(text)).rejects.toMatchObject({ name: 'DiscoveryError', code: 'issuer' });
  });

  it('is not http, unless it is allowed', async () => {
    const strict = createDiscovery({ egress: neighbours.egress });
    await expect(strict.discover(issuer)).rejects.toMatchObject({ code: 'issuer' });
    expect(await discovery.discover(issuer)).toMatchObject({ issuer });
  });

  it.each([
    'http://169.254.169.254/',
    'https://10.0.0.1/',
    'https://[::1]/',
    'https://metadata.google.internal',
  ])('is not inside: %s', async (text) => {
    await expect(discovery.discover(text)).rejects.toMatchObject({ name: 'Refusal' });
  });
});
