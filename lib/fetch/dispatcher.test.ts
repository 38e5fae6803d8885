import { Agent, interceptors, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Origin, startOrigin } from '../../checks/machine/origin.ts';
import { configureEvents } from '../event/index.ts';
import { createDispatcher } from './dispatcher.ts';
import type { EgressDecision } from './policy/egress-decision.ts';
import type { ConnectionOptions } from './policy/policy.ts';

let origin: Origin;
let decisions: EgressDecision[];

beforeEach(async () => {
  configureEvents({ sinks: [] });
  decisions = [];
  origin = await startOrigin((incoming, response) => void response.end(`${incoming.method}`));
});
afterEach(() => origin.stop());

function local(more: Partial<ConnectionOptions> = {}) {
  return createDispatcher({
    hosts: [],
    allowPrivate: [{ host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [origin.port] }],
    onDecision: (decision) => decisions.push(decision),
    ...more,
  } as ConnectionOptions);
}

/** The built-in fetch of this Node, which is another copy of undici. */
const builtIn = (url: string, dispatcher: unknown) => fetch(url, { dispatcher } as RequestInit);

describe('the dispatcher', () => {
  it('reaches what the policy allows, for undici and for the built-in fetch, and keeps the connection', async () => {
    const dispatcher = local();
    for (let i = 0; i < 3; i++) {
      expect(await (await request(origin.url(), { dispatcher })).body.text()).toBe('GET');
      expect(await (await builtIn(origin.url(), dispatcher)).text()).toBe('GET');
    }
    expect(origin.connections()).toBeLessThan(6);
    expect(decisions.length).toBe(origin.connections());
    expect(decisions[0]).toMatchObject({
      outcome: 'allowed',
      address: '127.0.0.1',
      addresses: ['127.0.0.1'],
    });
    await dispatcher.close();
  });

  it.each([
    ['a literal', 'http://127.0.0.1/', 'fetch/private-address'],
    ['a local name', 'http://localhost/', 'fetch/private-address'],
    ['metadata', 'http://169.254.169.254/', 'fetch/cloud-metadata'],
    ['a port', 'http://93.184.215.14:22/', 'fetch/port-not-allowed'],
  ])('refuses %s', async (_, url, code) => {
    const dispatcher = createDispatcher({ hosts: 'public' });
    await expect(request(url, { dispatcher })).rejects.toMatchObject({ name: 'Refusal', code });
    if (!url.includes(':22')) {
      const error = await builtIn(url, dispatcher).catch((e: unknown) => e);
      expect(error).toMatchObject({ name: 'TypeError', cause: { name: 'Refusal', code } });
    }
  });

  it('refuses methods, schemes and the form for a proxy, also on a kept connection', async () => {
    const dispatcher = local({ methods: ['GET'] });
    await (await request(origin.url(), { dispatcher })).body.dump();
    await expect(request(origin.url(), { dispatcher, method: 'POST' })).rejects.toMatchObject({
      code: 'fetch/method-not-allowed',
    });
    const proxied = dispatcher.request({ origin: origin.url(''), path: 'http://10.0.0.1/', method: 'GET' });
    await expect(proxied).rejects.toMatchObject({ code: 'fetch/proxied-request' });
    expect(await (await request(origin.url(), { dispatcher })).body.text()).toBe('GET');
    await expect(request(origin.url(), { dispatcher: local({ schemes: ['https'] }) })).rejects.toMatchObject({
      code: 'fetch/scheme-not-allowed',
    });
    // undici opens another where a request comes in the very turn in which the last one ended.
    expect(origin.connections()).toBeLessThan(3);
  });

  it('holds under the interceptors of undici, the one that resolves by itself among them', async () => {
    const { redirect, dns, retry } = interceptors;
    const inside = createDispatcher({ hosts: 'public' }).compose(
      dns({
        lookup: (_origin, _options, done) => done(null, [{ address: '127.0.0.1', family: 4, ttl: 10_000 }]),
      }),
      redirect({ maxRedirections: 3 }),
      retry({ maxRetries: 1 }),
    );
    await expect(
      request(`http://host.example:${origin.port}/`, { dispatcher: inside }),
    ).rejects.toMatchObject({ code: 'fetch/private-address' });
    expect(origin.connections()).toBe(0);
    expect(
      await (
        await request(origin.url(), { dispatcher: new Agent().compose(redirect({ maxRedirections: 3 })) })
      ).body.text(),
    ).toBe('GET');
  });
});
