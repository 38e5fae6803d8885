import { execFile } from 'node:child_process';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../checks/machine/certificate.ts';
import { listen } from '../../checks/machine/origin.ts';
import { findProgram } from '../../checks/machine/program.ts';
import { configureEvents } from '../../lib/event/index.ts';
import type { EgressDecision } from '../../lib/fetch/index.ts';
import { loopback, type Neighbours, startNeighbours } from './testing/neighbours.ts';
import type { OverHttps } from './testing/over-https.ts';
import { createWebhooks, type Delivery, type Webhooks } from './webhook.ts';
import { verifyWebhook } from './webhook-signature.ts';

const secrets = [
  `whsec_${Buffer.alloc(24, 7).toString('base64')}`,
  `whsec_${Buffer.alloc(32, 8).toString('base64')}`,
];
const message = { id: 'msg_1', body: '{"type":"a.b","data":"caf\u00e9"}' };
let answer: RequestListener;
let neighbours: Neighbours;
let webhooks: Webhooks;
let received: { body: string; headers: Headers }[] = [];
const decisions: EgressDecision[] = [];

beforeAll(async () => {
  configureEvents({ sinks: [] });
  neighbours = await startNeighbours(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    received.push({ body: Buffer.concat(chunks).toString(), headers });
    answer(request, response);
  });
  const egress = {
    ...neighbours.egress,
    onDecision: (decision: EgressDecision) => void decisions.push(decision),
  };
  webhooks = createWebhooks({ userAgent: 'test/1', allowHttp: true, egress });
});
afterAll(() => neighbours.stop());
beforeEach(() => {
  received = [];
  decisions.length = 0;
});

const to = (url: string, tenant = 'acme'): Promise<Delivery> =>
  webhooks.deliver({ tenant, url, secrets }, message);
const status = (code: number, headers = {}): void => {
  answer = (_request, response) => response.writeHead(code, headers).end('what the receiver says');
};
const insideSaw = (): number => neighbours.inside.connections() - 1;

describe('a delivery', () => {
  it('is signed with each secret, so that either verifies it', async () => {
    status(204);
    expect(await to(neighbours.outside.url('/hook'))).toEqual({ outcome: 'delivered', status: 204 });
    const { body, headers } = received[0] as (typeof received)[number];
    expect(body).toBe(message.body);
    for (const secret of secrets) expect(verifyWebhook(headers, body, [secret])).toBe('msg_1');
    expect(verifyWebhook(headers, `${body} `, secrets)).toBeUndefined();
    expect(neighbours.requests.at(-1)).toMatchObject({ method: 'POST', url: '/hook' });
    expect(headers.get('content-type')).toBe('application/json');
  });

  it('is decided by a policy that names the tenant', async () => {
    status(200);
    await to(neighbours.outside.url(), 'acme');
    await to(neighbours.inside.url(), 'other-1');
    expect(decisions.map(({ policy, outcome }) => [policy, outcome])).toEqual([
      ['webhook:acme', 'allowed'],
      ['webhook:other-1', 'refused'],
    ]);
  });

  it.each([
    [400, 'failed'],
    [404, 'failed'],
    [410, 'final'],
    [429, 'failed'],
    [500, 'failed'],
    [503, 'failed'],
  ])('that is answered with %s is %s', async (code, outcome) => {
    status(code);
    expect(await to(neighbours.outside.url())).toMatchObject({ outcome, status: code });
  });

  it('tells when the receiver wants it again', async () => {
    status(429, { 'retry-after': '120' });
    expect(await to(neighbours.outside.url())).toMatchObject({ outcome: 'failed', retryAfterMs: 120_000 });
    status(503, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' });
    expect(await to(neighbours.outside.url())).toMatchObject({ outcome: 'failed', retryAfterMs: 0 });
    status(503, { 'retry-after': 'soon' });
    expect(await to(neighbours.outside.url())).not.toHaveProperty('retryAfterMs');
  });

  it('follows no redirect, inside or outside', async () => {
    for (const location of [neighbours.inside.url(), '/elsewhere']) {
      received = [];
      status(307, { location });
      expect(await to(neighbours.outside.url())).toMatchObject({ outcome: 'failed', status: 307 });
      expect(received).toHaveLength(1);
    }
    expect(insideSaw()).toBe(0);
  });

  it('reads nothing of an endless answer, and closes its connection', async () => {
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) yield Buffer.alloc(65_536);
    }
    answer = (_request, response) => pipeline(endless(), response).catch(() => {});
    expect(await to(neighbours.outside.url())).toMatchObject({ outcome: 'delivered' });
    await neighbours.outside.idle();
  });

  it('that meets no server may be tried again', async () => {
    answer = (request) => request.socket.destroy();
    expect(await to(neighbours.outside.url())).toMatchObject({ outcome: 'failed' });
    const closed = await listen(createServer());
    await closed.stop();
    const egress = { allowPrivate: [loopback(closed.port)] };
    const sender = createWebhooks({ userAgent: 'test/1', allowHttp: true, egress });
    expect(await sender.deliver({ tenant: 'acme', url: closed.url(), secrets }, message)).toEqual({
      outcome: 'failed',
      sentence: 'The endpoint could not be reached.',
    });
  });
});

describe('an address that the policy refuses', () => {
  const refused = 'This address cannot be used for webhooks.';

  it.each([
    'http://169.254.169.254/latest/',
    'https://10.0.0.1/',
    'https://[::ffff:127.0.0.1]/',
    'https://localhost/',
    'https://user:password@example.com/',
    'https://example.com:6379/',
    'ftp://example.com/',
    'nonsense',
  ])('%s is final, with a sentence that says nothing of the network, in the form as well', async (url) => {
    expect(await to(url)).toEqual({ outcome: 'final', sentence: refused });
    expect(await webhooks.check({ tenant: 'acme', url })).toBe(refused);
  });

  it('is one of this machine, open or closed', async () => {
    status(200);
    for (const url of [neighbours.inside.url(), 'http://127.0.0.1:9/']) {
      expect(await to(url)).toEqual({ outcome: 'final', sentence: refused });
      expect(await webhooks.check({ tenant: 'acme', url })).toBe(refused);
    }
    expect(insideSaw()).toBe(0);
    expect(await webhooks.check({ tenant: 'acme', url: neighbours.outside.url() })).toBeUndefined();
    expect(await to(neighbours.outside.url())).toMatchObject({ outcome: 'delivered' });
  });

  it('is plain http, unless it is allowed', async () => {
    const strict = createWebhooks({ userAgent: 'test/1', egress: neighbours.egress });
    const endpoint = { tenant: 'acme', url: neighbours.outside.url(), secrets };
    expect(await strict.deliver(endpoint, message)).toMatchObject({ outcome: 'final' });
    expect(await strict.check(endpoint)).toBe(refused);
    expect(received).toEqual([]);
  });

  it('stands for a mistake where it is no address: tenant, id and secrets', async () => {
    const url = neighbours.outside.url();
    await expect(webhooks.deliver({ tenant: 'a:b', url, secrets }, message)).rejects.toThrow(TypeError);
    await expect(webhooks.deliver({ tenant: 'a', url, secrets: [] }, message)).rejects.toThrow(TypeError);
    await expect(webhooks.deliver({ tenant: 'a', url, secrets }, { id: 'a.b', body: '' })).rejects.toThrow(
      TypeError,
    );
  });
});

const reason = findProgram('openssl') === undefined ? ': openssl is not installed' : '';

describe.skipIf(reason)(`over https, with nothing but what the policy says${reason}`, () => {
  it('webhooks are delivered and providers discovered, and certificates are checked', async () => {
    const { key, cert, file, remove } = makeCertificate(['127.0.0.1']);
    const bodies: string[] = [];
    let base = '';
    const server = createServer({ key, cert }, async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      bodies.push(`${request.method} ${request.url} ${body}`);
      const json = {
        issuer: `${base}/tenant`,
        authorization_endpoint: `${base}/authorize`,
        token_endpoint: `${base}/token`,
        jwks_uri: `${base}/jwks`,
      };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(json));
    });
    const origin = await listen(server);
    base = origin.url('').replace('http:', 'https:');
    const plan: OverHttps = {
      port: origin.port,
      webhooks: [`${base}/hook`, `${base.replace('127.0.0.1', 'localhost')}/hook`, origin.url('/hook')],
      issuers: [`${base}/tenant`, `${base}/other`],
    };
    try {
      expect(await apart(plan, file)).toEqual([
        { outcome: 'delivered', status: 200 },
        { outcome: 'final', sentence: expect.any(String) },
        { outcome: 'final', sentence: expect.any(String) },
        {
          issuer: `${base}/tenant`,
          authorizationEndpoint: `${base}/authorize`,
          tokenEndpoint: `${base}/token`,
          jwksUri: `${base}/jwks`,
        },
        'issuer-mismatch',
      ]);
      expect(bodies).toEqual([
        'POST /hook {"a":1}',
        'GET /tenant/.well-known/openid-configuration ',
        'GET /other/.well-known/openid-configuration ',
      ]);
      // A process that does not know the certificate delivers nothing.
      expect((await apart({ ...plan, issuers: [] }, ''))[0]).toMatchObject({ outcome: 'failed' });
      expect(bodies).toHaveLength(3);
    } finally {
      await origin.stop();
      remove();
    }
  });
});

function apart(plan: OverHttps, certificates: string): Promise<unknown[]> {
  const program = fileURLToPath(new URL('./testing/over-https.ts', import.meta.url));
  return new Promise((done, failed) => {
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificates };
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', program],
      { env, timeout: 30_000 },
      (error, stdout) => (error ? failed(error) : done(JSON.parse(stdout))),
    );
    child.stdin?.end(JSON.stringify(plan));
  });
}
