import http from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Origin, startOrigin } from '../../checks/machine/origin.ts';
import { configureEvents } from '../event/index.ts';
import { createAgents, type GuardedAgents } from './agents.ts';
import type { EgressDecision } from './policy/egress-decision.ts';
import type { ConnectionOptions } from './policy/policy.ts';

let origin: Origin;
let decisions: EgressDecision[];

beforeEach(async () => {
  configureEvents({ sinks: [] });
  decisions = [];
  origin = await startOrigin(
    (request, response) => void response.end(`${request.method} ${request.headers.host}`),
  );
});
afterEach(() => origin.stop());

function local(more: Partial<ConnectionOptions> = {}): GuardedAgents {
  return createAgents({
    hosts: [],
    allowPrivate: [{ host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [origin.port] }],
    onDecision: (decision) => decisions.push(decision),
    ...more,
  } as ConnectionOptions);
}

function get(options: http.RequestOptions | string): Promise<string> {
  return new Promise((done, failed) => {
    const request =
      typeof options === 'string' ? http.get(options, { agent: local().http }) : http.request(options);
    request
      .on('response', async (response) => {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        done(text);
      })
      .on('error', failed)
      .end();
  });
}

describe('agents', () => {
  it('reach what the policy allows, and keep the connection', async () => {
    const agent = local().http;
    for (let i = 0; i < 3; i++) {
      expect(await get({ agent, host: '127.0.0.1', port: origin.port })).toBe(`GET 127.0.0.1:${origin.port}`);
      await new Promise((done) => setImmediate(done));
    }
    expect(origin.connections()).toBe(1);
    const place = { policy: undefined, host: '127.0.0.1', port: origin.port, rule: 'allowPrivate 127.0.0.1' };
    const told = { ...place, outcome: 'allowed', code: undefined, requestId: undefined };
    expect(decisions).toEqual([
      { ...told, kept: false, addresses: ['127.0.0.1'], address: '127.0.0.1' },
      { ...told, kept: true, addresses: [], address: undefined },
      { ...told, kept: true, addresses: [], address: undefined },
    ]);
    agent.destroy();
  });

  it.each([
    ['a literal', { host: '127.0.0.1', port: 1 }, 'fetch/private-address'],
    ['a literal in another spelling', { host: '0x7f.1', port: 80 }, 'fetch/private-address'],
    ['a name of the hosts file', { host: 'localhost', port: 80 }, 'fetch/private-address'],
    ['metadata', { host: '169.254.169.254' }, 'fetch/cloud-metadata'],
    ['IPv6', { host: '::1', port: 80 }, 'fetch/private-address'],
    ['a port', { host: '93.184.215.14', port: 22 }, 'fetch/port-not-allowed'],
    ['a Unix socket', { socketPath: '/var/run/docker.sock' }, 'fetch/unix-socket'],
    ['a method', { host: '93.184.215.14', method: 'TRACE' }, 'fetch/method-not-allowed'],
    [
      'CONNECT',
      { host: '93.184.215.14', method: 'CONNECT', path: '10.0.0.1:80' },
      'fetch/method-not-allowed',
    ],
    ['the form for a proxy', { host: '93.184.215.14', path: 'http://10.0.0.1/' }, 'fetch/proxied-request'],
  ])('refuse %s', async (_, options, code) => {
    const agent = createAgents({ hosts: 'public' }).http;
    await expect(get({ ...options, agent })).rejects.toMatchObject({ name: 'Refusal', code });
  });

  it('refuse a scheme that the policy does not name', async () => {
    const agent = local({ schemes: ['https'] }).http;
    const request = get({ agent, host: '127.0.0.1', port: origin.port });
    await expect(request).rejects.toMatchObject({ code: 'fetch/scheme-not-allowed' });
    expect(origin.connections()).toBe(0);
  });

  it('do not take a connection or a resolver of the caller', async () => {
    const { http: agent } = createAgents({ hosts: 'public' });
    const socket = connect(origin.port, '127.0.0.1');
    const lookup = ((
      _host: string,
      _options: object,
      done: (error: null, address: string, family: number) => void,
    ) => done(null, '127.0.0.1', 4)) as unknown as NonNullable<http.RequestOptions['lookup']>;
    const options = { agent, host: 'localhost.localdomain', port: 80, lookup, socket };
    await expect(get(options)).rejects.toMatchObject({ code: 'fetch/private-address' });
    socket.destroy();
  });

  it('do not take a handle or a descriptor of the caller either', async () => {
    const other = connect(origin.port, '127.0.0.1');
    await new Promise((done) => other.once('connect', done));
    const { _handle: handle } = other as unknown as { _handle: unknown };
    for (const extra of [{ handle }, { fd: 0 }]) {
      const request = get({ agent: local().http, host: '127.0.0.1', port: origin.port, ...extra } as object);
      expect(await request).toMatch(/^GET/);
    }
    expect(origin.connections()).toBe(3);
    other.destroy();
  });

  it('tell the request what net throws at, and throw nothing', async () => {
    const agent = local().http;
    const options = { agent, host: '127.0.0.1', port: origin.port };
    await expect(get({ ...options, localAddress: 'no address' })).rejects.toMatchObject({
      code: 'ERR_INVALID_IP_ADDRESS',
    });
    expect(await get({ ...options, localAddress: '127.0.0.1' })).toMatch(/^GET/);
  });

  it('let report mode pass ordinary destinations, one request a connection', async () => {
    const until = new Date(Date.now() + 3_600_000);
    const { http: agent } = createAgents({
      ...{ hosts: 'public', ports: [origin.port], mode: 'report', until },
      onDecision: (decision) => decisions.push(decision),
    });
    for (let i = 0; i < 2; i++) {
      expect(await get({ agent, host: '127.0.0.1', port: origin.port })).toMatch(/^GET/);
    }
    expect(origin.connections()).toBe(2);
    expect(decisions.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['reported', 'fetch/private-address'],
      ['reported', 'fetch/private-address'],
    ]);
    await expect(get({ agent, host: '169.254.169.254' })).rejects.toMatchObject({
      code: 'fetch/cloud-metadata',
    });
  });

  it('take no options that they cannot keep', () => {
    for (const name of ['maxBytes', 'timeoutMs', 'maxRedirects', 'contentTypes', 'other']) {
      const options = { hosts: 'public', [name]: 5 } as unknown as ConnectionOptions;
      expect(() => createAgents(options)).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    }
  });
});
