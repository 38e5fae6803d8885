import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import { setUser, withRequest } from '../request/context.ts';
import { createRecorder, type Recorder, type RecorderOptions } from './recorder.ts';
import type { SecurityEvent } from './security-event.ts';

const recorders: Recorder[] = [];
afterEach(async () => {
  await Promise.all(recorders.splice(0).map((recorder) => recorder.close()));
});

function recording(options: Partial<RecorderOptions> = {}): { recorder: Recorder; events: SecurityEvent[] } {
  const events: SecurityEvent[] = [];
  const recorder = createRecorder({
    sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }],
    ...options,
  });
  recorders.push(recorder);
  return { recorder, events };
}

const code = 'fetch/private-address';
const detail = (host: string): object => ({ host, address: '10.0.0.5', rule: '10.0.0.0/8' });

describe('an event', () => {
  it('says what, when, for which request and with what evidence', async () => {
    const { recorder, events } = recording();
    withRequest({ id: 'r-1', method: 'GET', route: '/preview', client: '203.0.113.9', user: 'bob' }, () =>
      recorder.record(code, 'blocked', detail('intranet')),
    );
    await recorder.flush();
    expect(events).toEqual([
      {
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        guard: 'fetch',
        code,
        action: 'blocked',
        severity: 'high',
        cwe: 918,
        owasp: 'A01:2025',
        count: 1,
        request: { id: 'r-1', method: 'GET', route: '/preview', client: '203.0.113.9', user: 'bob' },
        evidence: { host: 'intranet', address: '10.0.0.5', rule: '10.0.0.0/8' },
      },
    ]);
  });

  it('has no request outside of one', async () => {
    const { recorder, events } = recording();
    recorder.record(code, 'blocked', {});
    await recorder.flush();
    expect(events[0]).not.toHaveProperty('request');
  });

  it('is bounded and redacted in every string', async () => {
    const { recorder, events } = recording();
    const hostile = `\r\n\u001b[2J\u202e password=hunter2 ${'x'.repeat(1_000_000)}`;
    withRequest({ method: hostile, route: hostile, client: hostile, user: hostile }, () =>
      recorder.record(code, 'blocked', {
        url: hostile,
        [hostile]: 1,
        password: 'hunter2',
        apiKey: 12345,
        list: ['hunter2'],
        fn: () => 'hunter2',
        big: 10n,
        never: undefined,
        nan: Number.NaN,
        none: null,
        yes: true,
        port: 80,
      }),
    );
    await recorder.flush();
    const text = JSON.stringify(events[0]);
    expect(text.length).toBeLessThan(3000);
    expect(text).not.toContain('hunter2');
    const { request, evidence } = events[0] as SecurityEvent;
    const strings = [...Object.values(request ?? {}), ...Object.keys(evidence), ...Object.values(evidence)];
    for (const string of strings) expect(String(string)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    expect(events[0]?.evidence).toMatchObject({
      password: '[redacted]',
      apiKey: '[redacted]',
      list: '[object]',
      fn: '[function]',
      big: '10',
      never: 'undefined',
      nan: 'NaN',
      none: null,
      yes: true,
      port: 80,
    });
  });

  it('holds at most 16 fields', async () => {
    const { recorder, events } = recording();
    recorder.record(
      code,
      'blocked',
      Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, i])),
    );
    await recorder.flush();
    expect(Object.keys(events[0]?.evidence ?? {})).toHaveLength(16);
  });

  it('keeps a field that is named __proto__ a field', async () => {
    const { recorder, events } = recording();
    recorder.record(code, 'blocked', JSON.parse('{"__proto__":"x"}'));
    await recorder.flush();
    expect(JSON.stringify(events[0]?.evidence)).toBe('{"__proto__":"x"}');
  });

  it('is the same for every sink, whatever one of them tries with it', async () => {
    const seen: SecurityEvent[][] = [[], []];
    const recorder = createRecorder({
      sinks: [
        {
          name: 'meddler',
          write(batch) {
            seen[0]?.push(...batch);
            for (const event of batch) {
              Reflect.set(event, 'code', 'x');
              Reflect.set(event.evidence, 'host', 'x');
              Reflect.set(event.request ?? {}, 'client', 'x');
            }
          },
        },
        { name: 'test', write: (batch) => void seen[1]?.push(...batch) },
      ],
    });
    withRequest({ client: '203.0.113.9' }, () => recorder.record(code, 'blocked', detail('intranet')));
    await recorder.close();
    expect(seen[1]).toMatchObject([
      { code, evidence: { host: 'intranet' }, request: { client: '203.0.113.9' } },
    ]);
  });

  it('comes even where the router fails, or the detail cannot be read', async () => {
    const { recorder, events } = recording();
    const broken = (): never => {
      throw new Error('broken');
    };
    withRequest({ route: broken }, () => recorder.record(code, 'blocked', detail('intranet')));
    recorder.record(code, 'blocked', Object.defineProperty({}, 'host', { enumerable: true, get: broken }));
    recorder.record(code, 'blocked', { host: { toString: broken } });
    await recorder.flush();
    expect(events).toMatchObject([
      { code, evidence: { host: 'intranet' } },
      { code, evidence: { host: '[object]' } },
      { code: 'event/dropped', evidence: { [code]: 1 } },
    ]);
  });
});

describe('identical events', () => {
  it('are written once and then as a count, under the same id', async () => {
    const { recorder, events } = recording();
    for (let i = 0; i < 1000; i++) recorder.record(code, 'blocked', detail('intranet'));
    expect(recorder.stats()).toMatchObject({ recorded: 1000, keys: 1, pending: 999 });
    await recorder.flush();
    expect(events.map(({ count }) => count)).toEqual([1, 999]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
    expect(recorder.stats()).toMatchObject({
      pending: 0,
      sinks: [{ written: 1000, waiting: 0, dropped: 0 }],
    });
  });

  it('are counted at the end of a window without being asked', async () => {
    const { recorder, events } = recording({ windowMs: 20 });
    recorder.record(code, 'blocked', detail('intranet'));
    recorder.record(code, 'blocked', detail('intranet'));
    while (events.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(events.map(({ count }) => count)).toEqual([1, 1]);
    recorder.record(code, 'blocked', detail('intranet'));
    await recorder.flush();
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
  });

  it('differ by code, action, method, route, client, user and evidence, and not by the request', async () => {
    const { recorder } = recording();
    const request = { method: 'GET', route: '/a', client: '203.0.113.9', user: 'bob' };
    const record = (change: object, host = 'h', action: 'blocked' | 'reported' = 'blocked'): void =>
      withRequest({ ...request, ...change }, () => recorder.record(code, action, { host }));
    record({});
    record({ id: 'another' });
    expect(recorder.stats().keys).toBe(1);
    record({ method: 'POST' });
    record({ route: '/b' });
    record({ client: '203.0.113.8' });
    record({ user: 'eve' });
    record({ user: undefined });
    record({}, 'i');
    record({}, 'h', 'reported');
    withRequest(request, () => recorder.record('event/dropped', 'blocked', { host: 'h' }));
    expect(recorder.stats().keys).toBe(9);
    withRequest(request, () => {
      setUser('bob');
      recorder.record(code, 'blocked', { host: 'h' });
    });
    expect(recorder.stats().keys).toBe(9);
  });

  it('cannot be made of different ones by what a value holds', () => {
    const { recorder } = recording();
    recorder.record(code, 'blocked', { host: 'a', address: 'b' });
    recorder.record(code, 'blocked', { host: 'a\u0000address\u0000b' });
    recorder.record(code, 'blocked', { host: 'a","address":"b' });
    recorder.record(code, 'blocked', { host: null });
    recorder.record(code, 'blocked', { host: 'null' });
    expect(recorder.stats().keys).toBe(5);
  });
});

describe('more events than are kept', () => {
  it('are counted by code', async () => {
    const { recorder, events } = recording({ maxKeys: 10 });
    for (let i = 0; i < 1000; i++) recorder.record(code, 'blocked', detail(`h${i}`));
    expect(recorder.stats().keys).toBe(5);
    await recorder.flush();
    expect(events.filter((event) => event.code === code)).toHaveLength(5);
    expect(events.at(-1)).toMatchObject({ code: 'event/dropped', count: 1, evidence: { [code]: 995 } });
    expect(events.at(-1)).not.toHaveProperty('request');
  });

  it('of one client do not hide another client', async () => {
    const { recorder, events } = recording({ maxKeys: 100 });
    for (let i = 0; i < 1000; i++)
      withRequest({ client: '198.51.100.1' }, () => recorder.record(code, 'blocked', detail(`h${i}`)));
    withRequest({ client: '203.0.113.9' }, () => recorder.record(code, 'blocked', detail('other')));
    await recorder.flush();
    expect(events.filter(({ request }) => request?.client === '198.51.100.1')).toHaveLength(25);
    expect(events.filter(({ request }) => request?.client === '203.0.113.9')).toHaveLength(1);
  });

  it('hold on to no megabyte that a client sent', async () => {
    const { recorder } = recording({ maxQueue: 1000 });
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 200; i++) {
      const body = `http://h${i}/?q=`.padEnd(1_000_000, `${i} `);
      recorder.record(code, 'blocked', { url: body, host: body.slice(7, 40) });
      await new Promise((resolve) => setImmediate(resolve));
    }
    collect();
    // 200 megabytes went through.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
  });
});

describe('a recorder', () => {
  it.each([
    { windowMs: 0 },
    { maxKeys: -1 },
    { maxQueue: 1.5 },
    { sinkTimeoutMs: Number.NaN },
    { maxKeys: Number.POSITIVE_INFINITY },
    { windowMs: 2 ** 31 },
    { windowsMs: 1 } as object,
    { sinks: undefined as never },
    { sinks: { name: 'a', write() {} } as never },
  ])('refuses options that bound nothing, or that there are not: %j', (options) => {
    expect(() => createRecorder({ sinks: [], ...options })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it('works without a sink', async () => {
    const { recorder } = recording({ sinks: [] });
    recorder.record(code, 'blocked', {});
    await recorder.flush();
    expect(recorder.stats()).toEqual({ recorded: 1, keys: 0, pending: 0, bySinks: 0, sinks: [] });
  });
});
