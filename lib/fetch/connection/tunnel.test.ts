import dns from 'node:dns';
import { createServer, get, type Server } from 'node:http';
import { connect } from 'node:net';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listen, type Origin, startOrigin } from '../../../checks/machine/origin.ts';
import { configureEvents } from '../../event/index.ts';
import { createAgents } from '../agents.ts';
import { createDispatcher } from '../dispatcher.ts';
import { createFetch } from '../guarded-fetch.ts';
import type { ConnectionOptions } from '../policy/policy.ts';

let origin: Origin;
let proxy: Origin;
/** What the proxy was asked for. */
let asked: { target: string | undefined; authorization: string | undefined; host: string | undefined }[];
/** What the proxy answers to CONNECT; undefined opens a tunnel. */
let answer: string | undefined;

beforeEach(async () => {
  configureEvents({ sinks: [] });
  asked = [];
  answer = undefined;
  origin = await startOrigin((incoming, response) => void response.end(`${incoming.headers.host}`));
  const server: Server = createServer().on('connect', (incoming, socket) => {
    const { 'proxy-authorization': authorization, host } = incoming.headers;
    asked.push({ target: incoming.url, authorization, host });
    socket.on('error', () => {});
    if (answer !== undefined) return void socket.end(answer);
    const [, port] = String(incoming.url).split(':');
    const through = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(through).pipe(socket);
    });
    through.on('error', () => socket.destroy());
  });
  proxy = await listen(server);
});
afterEach(async () => {
  await Promise.all([origin.stop(), proxy.stop()]);
});

function options(more: Partial<ConnectionOptions> = {}): ConnectionOptions {
  return {
    hosts: 'public',
    // Both families, as machines differ in what localhost is.
    allowPrivate: ['127.0.0.1/32', '::1/128'].map((cidr) => ({
      host: 'localhost',
      cidr,
      ports: [origin.port],
    })),
    proxy: `http://user:pa%3Ass@127.0.0.1:${proxy.port}`,
    ...more,
  } as ConnectionOptions;
}

const url = (): string => `http://localhost:${origin.port}/`;

function viaAgents(given: ConnectionOptions, target = url()): Promise<string> {
  return new Promise((done, failed) => {
    get(target, { agent: createAgents(given).http, family: 4 }, async (response) => {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      done(text);
    }).on('error', failed);
  });
}

const clients: [string, (given: ConnectionOptions, target?: string) => Promise<string>][] = [
  ['createFetch', async (given, target = url()) => (await createFetch(given)(target)).text()],
  [
    'createDispatcher',
    async (given, target = url()) =>
      (await request(target, { dispatcher: createDispatcher(given) })).body.text(),
  ],
  ['createAgents', viaAgents],
];

describe.each(clients)('%s with a proxy that the policy names', (_, client) => {
  it('tells it the checked address, and the server the name', async () => {
    expect(await client(options())).toBe(`localhost:${origin.port}`);
    const authorization = `Basic ${Buffer.from('user:pa:ss').toString('base64')}`;
    const { target } = asked[0] ?? {};
    expect([`127.0.0.1:${origin.port}`, `[::1]:${origin.port}`]).toContain(target);
    expect(asked[0]).toMatchObject({ authorization, host: target });
  });

  it('asks it for nothing that is refused', async () => {
    for (const [target, code] of [
      ['http://10.0.0.1/', 'fetch/private-address'],
      ['http://169.254.169.254/', 'fetch/cloud-metadata'],
      ['http://vault.internal/', 'fetch/private-address'],
      [`http://127.0.0.1:${origin.port}/`, 'fetch/private-address'],
    ] as const) {
      await expect(client(options(), target)).rejects.toMatchObject({ code });
    }
    expect(proxy.connections()).toBe(0);
  });

  it.each([
    ['a refusal', 'HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n'],
    ['a demand for credentials', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'],
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n'],
    ['nothing', ''],
  ])('fails as a connection does where it answers with %s', async (_name, bytes) => {
    answer = bytes;
    const error = await client(options()).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toMatchObject({ name: 'Refusal' });
    expect(origin.connections()).toBe(0);
  });
});

describe('createAgents with a proxy', () => {
  it('waits no longer for a resolver than for a connection', async () => {
    const lookup = dns.lookup;
    dns.lookup = (() => {}) as unknown as typeof lookup;
    try {
      const given = options({ connectTimeoutMs: 50 });
      await expect(viaAgents(given, 'http://silent.example/')).rejects.toMatchObject({
        code: 'fetch/timeout',
      });
    } finally {
      dns.lookup = lookup;
    }
    expect(proxy.connections()).toBe(0);
  });
});

describe('the proxy option', () => {
  it('does not come from the environment', async () => {
    const before = process.env['HTTP_PROXY'];
    process.env['HTTP_PROXY'] = `http://127.0.0.1:${proxy.port}`;
    try {
      for (const [, client] of clients) {
        const { proxy: _unused, ...given } = options();
        expect(await client(given)).toBe(`localhost:${origin.port}`);
      }
      expect(proxy.connections()).toBe(0);
    } finally {
      if (before === undefined) delete process.env['HTTP_PROXY'];
      else process.env['HTTP_PROXY'] = before;
    }
  });

  it.each([
    'proxy.example:3128',
    'socks5://u:s3cret@proxy.example',
    'http://u:s3cret@proxy.example/x',
    'http://p?x',
    '',
    5,
  ])('refuses %s, and does not repeat it', (given) => {
    const make = () => createFetch({ hosts: 'public', proxy: given as string });
    expect(make).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
    expect(make).not.toThrow(/s3cret/);
  });

  it('keeps a tunnel beyond the time that its opening may take', async () => {
    const fetch = createFetch(
      options({
        connectTimeoutMs: 100,
        allowPrivate: [{ host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [origin.port] }],
      }),
    );
    const target = `http://127.0.0.1:${origin.port}/`;
    expect(await (await fetch(target)).text()).toContain('127.0.0.1');
    await new Promise((done) => setTimeout(done, 200));
    expect(await (await fetch(target)).text()).toContain('127.0.0.1');
    expect(asked.length).toBe(1);
  });
});
