import dns, { type LookupAddress } from 'node:dns';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listen, type Origin, startOrigin } from '../../../checks/machine/origin.ts';
import { configureEvents } from '../../event/index.ts';
import { createFetch } from '../guarded-fetch.ts';
import type { FetchOptions } from '../policy/policy.ts';

type Answer = (error: null, list: LookupAddress[]) => void;

const lookup = dns.lookup;
const loopback: LookupAddress[] = [{ address: '127.0.0.1', family: 4 }];
/** How `host.example` is answered: at once, but where a test keeps the question. */
let answer: (reply: Answer) => void;
let origin: Origin;

beforeEach(async () => {
  configureEvents({ sinks: [] });
  origin = await startOrigin((_request, response) => void response.end('reached'));
  answer = (reply) => reply(null, loopback);
  dns.lookup = ((host: string, options: object, reply: Answer) =>
    host === 'host.example'
      ? answer(reply)
      : Reflect.apply(lookup, dns, [host, options, reply])) as typeof lookup;
});
afterEach(async () => {
  dns.lookup = lookup;
  vi.useRealTimers();
  await origin.stop();
});

const url = () => `http://host.example:${origin.port}/`;

function guarded(more: Partial<FetchOptions> = {}) {
  const local = { host: 'host.example', cidr: '127.0.0.1/32', ports: [origin.port] };
  return createFetch({ hosts: [], allowPrivate: [local], ...more } as FetchOptions);
}

describe('a connection', () => {
  it('is kept for the next request', async () => {
    const fetch = guarded();
    for (let i = 0; i < 5; i++) expect(await (await fetch(url())).text()).toBe('reached');
    // A request that comes in the very turn in which the last one ended takes another.
    expect(origin.connections()).toBeLessThan(5);
  });

  it('that report mode let pass serves one request, and none after its end', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const until = new Date(Date.now() + 3_600_000);
    const fetch = createFetch({ hosts: 'public', ports: [origin.port], mode: 'report', until });
    for (let i = 0; i < 2; i++) expect(await (await fetch(url())).text()).toBe('reached');
    expect(origin.connections()).toBe(2);
    vi.setSystemTime(until);
    await expect(fetch(url())).rejects.toMatchObject({ code: 'fetch/private-address' });
    expect(origin.connections()).toBe(2);
    await origin.idle();
  });

  it('is not held for as long as the server says', { timeout: 30_000 }, async () => {
    const server = createServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nkeep-alive: timeout=600\r\ncontent-length: 2\r\n\r\nok');
      });
    });
    const holding = await listen(server);
    const local = { host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [holding.port] };
    const response = await createFetch({ hosts: [], allowPrivate: [local] })(holding.url());
    expect(await response.text()).toBe('ok');
    await holding.idle();
    await holding.stop();
  });
});

describe('a request that was given up while its name was resolved', () => {
  /** Keeps the question until the test answers it. */
  function held(): Promise<() => void> {
    return new Promise((asked) => {
      answer = (reply) => asked(() => reply(null, loopback));
    });
  }

  it('opens no socket when the answer comes', async () => {
    const question = held();
    const controller = new AbortController();
    const fetch = guarded();
    const seen = fetch(url(), { signal: controller.signal }).catch((error: unknown) => error);
    const late = await question;
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await seen).toBe(reason);
    late();
    // The same fetch goes on, over a connection of its own.
    answer = (reply) => reply(null, loopback);
    expect(await (await fetch(url())).text()).toBe('reached');
    expect(origin.connections()).toBe(1);
  });

  it('opens none either where its time was up', async () => {
    const question = held();
    const fetch = guarded({ timeoutMs: 50 });
    await expect(fetch(url())).rejects.toMatchObject({ code: 'fetch/timeout' });
    (await question)();
    expect(await (await createOther()(url())).text()).toBe('reached');
    expect(origin.connections()).toBe(1);
  });

  it('that is still waited for is sent', async () => {
    const question = held();
    const response = guarded()(url(), { signal: new AbortController().signal });
    (await question)();
    expect(await (await response).text()).toBe('reached');
  });

  function createOther() {
    answer = (reply) => reply(null, loopback);
    return guarded();
  }
});
