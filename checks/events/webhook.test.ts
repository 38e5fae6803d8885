import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  configureEvents,
  type SecurityEvent,
  toEcs,
  type WebhookMessage,
  webhookSink,
} from '../../lib/event/index.ts';
import { record } from '../../lib/event/record.ts';
import { createFetch } from '../../lib/fetch/index.ts';
import { withRequest } from '../../lib/request/context.ts';
import { type Loopback, listen } from './loopback.ts';

let receiver: Loopback | undefined;
afterEach(async () => {
  configureEvents({ sinks: [] });
  await receiver?.close();
  receiver = undefined;
});

const event = (code: SecurityEvent['code'], client: string, ms = 0, count = 1): SecurityEvent => ({
  ...{ id: 'i', time: new Date(ms).toISOString(), guard: 'fetch', code, action: 'blocked', severity: 'high' },
  ...{ cwe: 918, owasp: 'A01:2025', count, request: { id: 'r', client }, evidence: {} },
});
const one = 'fetch/private-address';
const other = 'fetch/cloud-metadata';
const messages = (): WebhookMessage[] =>
  receiver?.received.map(({ body }) => JSON.parse(body.toString())) ?? [];
const counts = (): number[][] => messages().map(({ alerts }) => alerts.map(({ count }) => count));

describe('webhookSink', () => {
  it('posts each event without a threshold, in the shape and the body asked for, signed', async () => {
    receiver = await listen((response) => response.end());
    const sign = (body: string) => ({
      'x-signature': createHmac('sha256', 'key').update(body).digest('hex'),
    });
    const sink = webhookSink({
      url: receiver.url,
      fetch,
      shape: toEcs,
      body: ({ alerts }) => ({ alerts }),
      sign,
    });
    await sink.write([event(one, '192.0.2.1')]);
    const [request] = receiver.received;
    const body = request?.body ?? Buffer.of();
    expect(request?.headers['x-signature']).toBe(createHmac('sha256', 'key').update(body).digest('hex'));
    expect(JSON.parse(body.toString())).toEqual({
      alerts: [{ count: 1, event: JSON.parse(JSON.stringify(toEcs(event(one, '192.0.2.1')))) }],
    });
  });

  it('tells a threshold once in a window, by code and client', async () => {
    receiver = await listen((response) => response.end());
    const sink = webhookSink({ url: receiver.url, fetch, threshold: { count: 3, windowMs: 1000 } });
    await sink.write([event(one, '192.0.2.1'), event(one, '192.0.2.2'), event(other, '192.0.2.1')]);
    await sink.write([event(one, '192.0.2.1', 10), event(other, '192.0.2.2', 20)]);
    expect(counts()).toEqual([]);
    await sink.write([event(one, '192.0.2.1', 30)]);
    await sink.write([event(one, '192.0.2.1', 40, 50)]);
    expect(counts()).toEqual([[3]]);
    // The next window; counted ones count; a flood is told whatever the threshold.
    await sink.write([event(one, '192.0.2.1', 1000, 7), event('event/dropped', '')]);
    expect(counts()).toEqual([[3], [7, 1]]);
  });

  it.each([
    [
      'client',
      [event(one, '2001:db8::1'), event(other, '2001:db8::ffff:2')],
      [event(one, '2001:db8:0:1::1')],
    ],
    ['code', [event(one, '192.0.2.1'), event(one, '192.0.2.2')], [event(other, '192.0.2.1')]],
  ] as const)('counts by %s, a client of IPv6 by its network', async (by, same, different) => {
    receiver = await listen((response) => response.end());
    const threshold = { count: 2, windowMs: 1000, by };
    await webhookSink({ url: receiver.url, fetch, threshold }).write([...same.slice(1), ...different]);
    expect(counts()).toEqual([]);
    await webhookSink({ url: receiver.url, fetch, threshold }).write(same);
    expect(counts()).toEqual([[2]]);
  });

  it('sends so many a minute, counts what is left out, and tells it when there is room', async () => {
    receiver = await listen((response) => response.end());
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    // Loaded anew: it takes the timers that there are then.
    vi.resetModules();
    try {
      const fresh = await import('../../lib/event/sink/webhook-sink.ts');
      const sink = fresh.webhookSink({ url: receiver.url, fetch, maxPerMinute: 2 });
      for (let i = 0; i < 5; i++) await sink.write([event(one, `192.0.2.${i}`)]);
      expect(counts()).toEqual([[1], [1]]);
      vi.advanceTimersByTime(60_000);
      while (messages().length < 3) await new Promise((resolve) => setImmediate(resolve));
      expect(messages()[2]).toEqual({ source: 'bulwark', alerts: [], leftOut: 3 });
      sink.close?.();
    } finally {
      vi.useRealTimers();
    }
  });

  it('tells with the next message what a failed one held', async () => {
    receiver = await listen((response, nth) => response.writeHead(nth === 1 ? 500 : 200).end());
    const sink = webhookSink({ url: receiver.url, fetch });
    await expect(sink.write([event(one, '192.0.2.1'), event(one, '192.0.2.2')])).rejects.toThrow(
      'answered 500',
    );
    await sink.write([event(one, '192.0.2.3')]);
    expect(messages()[1]).toMatchObject({ alerts: [{ count: 1 }], leftOut: 2 });
  });

  it('tells what is left out when it is closed, room or not, and nothing where nothing is', async () => {
    receiver = await listen((response) => response.end());
    const sink = webhookSink({ url: receiver.url, fetch, maxPerMinute: 1 });
    for (let i = 0; i < 4; i++) await sink.write([event(one, `192.0.2.${i}`)]);
    await sink.close?.();
    expect(messages()).toMatchObject([
      { alerts: [{ count: 1 }], leftOut: 0 },
      { alerts: [], leftOut: 3 },
    ]);
    await sink.close?.();
    expect(messages()).toHaveLength(2);
  });

  it('is closed by the recorder with its last number', async () => {
    receiver = await listen((response) => response.end());
    const recorder = configureEvents({ sinks: [webhookSink({ url: receiver.url, fetch, maxPerMinute: 1 })] });
    for (const client of ['192.0.2.1', '192.0.2.2']) {
      withRequest({ client }, () => record(one, 'blocked', { host: 'h' }));
      await recorder.flush();
    }
    await recorder.close();
    expect(messages().map(({ leftOut }) => leftOut)).toEqual([0, 1]);
  });

  it('alerts nobody twice: where the connection is reset, the next message has the number', async () => {
    receiver = await listen((response, nth) => (nth === 1 ? response.destroy() : response.end()));
    const sink = webhookSink({ url: receiver.url, fetch });
    await expect(sink.write([event(one, '192.0.2.1')])).rejects.toThrow('fetch failed');
    expect(messages()).toHaveLength(1);
    await sink.write([event(one, '192.0.2.2')]);
    expect(messages()[1]).toMatchObject({ alerts: [{ count: 1 }], leftOut: 1 });
  });

  it('tries again where nobody listens for a moment', async () => {
    const away = await listen(() => {});
    await away.close();
    const sink = webhookSink({ url: away.url, fetch });
    const written = sink.write([event(one, '192.0.2.1')]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    receiver = await listen((response) => response.end(), Number(new URL(away.url).port));
    await written;
    expect(counts()).toEqual([[1]]);
  });

  it('counts each attempt: one a minute is one, also where nobody listens', async () => {
    const away = await listen(() => {});
    await away.close();
    for (const [maxPerMinute, times] of [
      [1, 1],
      [2, 2],
      [10, 3],
    ] as const) {
      let attempts = 0;
      const counted: typeof fetch = (...args) => {
        attempts++;
        return fetch(...args);
      };
      const sink = webhookSink({ url: away.url, fetch: counted, maxPerMinute });
      await expect(sink.write([event(one, '192.0.2.1')])).rejects.toThrow('fetch failed');
      expect(attempts).toBe(times);
    }
  });

  it.each([500, 503])('gives up at once where the receiver answers %i', async (status) => {
    receiver = await listen((response) => response.writeHead(status, { 'retry-after': '0' }).end());
    const sink = webhookSink({ url: receiver.url, fetch });
    await expect(sink.write([event(one, '192.0.2.1')])).rejects.toThrow(`answered ${status}`);
    expect(messages()).toHaveLength(1);
  });

  it.each([
    () => new Promise<never>(() => {}),
    (): never => {
      throw new Error('no key');
    },
    () => ({ 'x-signature': 's3cr3t\u0000' }),
  ])('fails in time where sign hangs, throws or gives no headers, and sends nothing: %#', async (sign) => {
    receiver = await listen((response) => response.end());
    const sink = webhookSink({ url: receiver.url, fetch, sign, timeoutMs: 50 });
    const message = /timeout|no key|^sign gave what are no names and values of HTTP headers$/;
    await expect(sink.write([event(one, '192.0.2.1')])).rejects.toThrow(message);
    expect(messages()).toEqual([]);
  });

  it('waits for a sign that takes a moment, and takes a fetch that heeds no signal for late', async () => {
    receiver = await listen((response) => response.end());
    const sign = async (): Promise<Record<string, string>> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { 'X-Signature': 'a', 'Content-Type': 'text/plain' };
    };
    await webhookSink({ url: receiver.url, fetch, sign }).write([event(one, '192.0.2.1')]);
    expect(receiver.received[0]?.headers).toMatchObject({
      'x-signature': 'a',
      'content-type': 'application/json',
    });
    const deaf = webhookSink({ url: receiver.url, fetch: () => new Promise(() => {}), timeoutMs: 20 });
    await expect(deaf.write([event(one, '192.0.2.1')])).rejects.toThrow('timeout');
  });

  it.each([
    { 'Content-Type': 'text/plain', Authorization: 'Bearer t' },
    new Headers({ 'content-type': 'text/plain', authorization: 'Bearer t' }),
  ])('sends headers however they are written, and one content-type', async (headers) => {
    receiver = await listen((response) => response.end());
    const sign = () => ({ AUTHORIZATION: 'Bearer u' });
    await webhookSink({ url: receiver.url, fetch, headers }).write([event(one, '192.0.2.1')]);
    await webhookSink({ url: receiver.url, fetch, headers, sign }).write([event(one, '192.0.2.1')]);
    expect(receiver.received.map(({ headers }) => [headers['content-type'], headers.authorization])).toEqual([
      ['application/json', 'Bearer t'],
      ['application/json', 'Bearer u'],
    ]);
  });

  it('begins a new window where the clock went back, and none for the count of earlier events', async () => {
    receiver = await listen((response) => response.end());
    const threshold = { count: 2, windowMs: 10_000 };
    const ahead = 86_400_000;
    const client = '192.0.2.1';
    const sink = webhookSink({ url: receiver.url, fetch, threshold });
    await sink.write([event(one, client, ahead), event(one, client, ahead + 1)]);
    expect(counts()).toEqual([[2]]);
    await sink.write([event(one, client, 5_000), event(one, client, 5_001)]);
    expect(counts()).toEqual([[2], [2]]);
    // What counts identical events has the time of the first of them.
    await sink.write([event(one, client, 1_000, 50), event(one, client, 6_000)]);
    expect(counts()).toEqual([[2], [2]]);
  });

  it('through a guarded fetch that refuses makes no event of its own, and requests still do', async () => {
    receiver = await listen((response) => response.end());
    const { url } = receiver;
    const events: SecurityEvent[] = [];
    const guarded = createFetch({ hosts: 'public' });
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const recorder = configureEvents({
      sinks: [
        webhookSink({ url, fetch: guarded }),
        { name: 'keep', write: (batch) => void events.push(...batch) },
      ],
    });
    withRequest({ client: '192.0.2.1' }, () => record(other, 'blocked', { host: 'h' }));
    await recorder.flush();
    await expect(guarded(url)).rejects.toMatchObject({ code: 'fetch/private-address' });
    await recorder.flush();
    expect(receiver.received).toEqual([]);
    expect(events.map(({ code }) => code)).toEqual([other, 'fetch/private-address']);
    expect(recorder.stats().bySinks).toBeGreaterThan(0);
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });

  it('through a guarded fetch that allows it arrives', async () => {
    receiver = await listen((response) => response.end());
    const port = Number(new URL(receiver.url).port);
    const allowPrivate = [{ host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [port] }];
    const guarded = createFetch({ hosts: 'public', schemes: ['http'], ports: [port], allowPrivate });
    await webhookSink({ url: receiver.url, fetch: guarded }).write([event(one, '192.0.2.1')]);
    expect(counts()).toEqual([[1]]);
  });

  it.each([
    { maxPerMinute: 0 },
    { maxPerMinutes: 1 } as object,
    { threshold: { count: 1, windowMs: 1, By: 'code' } as never },
    { headers: { 'a b': 'c' } },
    { threshold: { count: 0, windowMs: 1 } },
    { threshold: { count: 1, windowMs: Number.NaN } },
    { threshold: { count: 1, windowMs: 1, by: 'user' as never } },
  ])('refuses %j', (options) => {
    expect(() => webhookSink({ url: 'http://127.0.0.1', fetch, ...options })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});
