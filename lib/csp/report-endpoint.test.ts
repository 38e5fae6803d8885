import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { withRequest } from '../request/context.ts';
import { cspReportEndpoint } from './index.ts';
import { tokenBuckets } from './token-buckets.ts';

const events: SecurityEvent[] = [];
let recorder = configureEvents({ sinks: [] });
beforeEach(() => {
  events.length = 0;
  recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
});
afterEach(() => recorder.close());
afterAll(() => void configureEvents({ sinks: [] }));

const request = { method: 'POST', contentType: 'application/csp-report', client: '203.0.113.9' };
const report = (directive: string, more: object = {}): string =>
  JSON.stringify({
    'csp-report': {
      'document-uri': 'https://shop.example/comments?password=hunter2',
      'effective-directive': directive,
      'blocked-uri': 'inline',
      'script-sample': 'api_key="AKIAIOSFODNN7EXAMPLE"',
      ...more,
    },
  });

describe('cspReportEndpoint', () => {
  it('writes an event once for what many browsers report, without their addresses', async () => {
    const endpoint = cspReportEndpoint();
    for (let i = 0; i < 50; i++) {
      withRequest({ method: 'POST', client: `203.0.113.${i}` }, () => {
        expect(endpoint.take(report('script-src-elem'))).toBe(204);
      });
    }
    await recorder.flush();
    expect(events.map(({ code, action, count, request: of }) => ({ code, action, count, of }))).toEqual([
      { code: 'csp/violation', action: 'blocked', count: 1, of: undefined },
      { code: 'csp/violation', action: 'blocked', count: 49, of: undefined },
    ]);
    expect(events[0]?.evidence).toMatchObject({
      directive: 'script-src-elem',
      blocked: 'inline',
      document: 'https://shop.example/comments',
    });
    expect(JSON.stringify(events)).not.toMatch(/hunter2|AKIA/);
    expect(endpoint.violations()).toEqual([expect.objectContaining({ count: 50 })]);
  });

  it('tells what was only reported from what was stopped', async () => {
    cspReportEndpoint().take(report('img-src', { disposition: 'report' }));
    await recorder.flush();
    expect(events[0]?.action).toBe('reported');
  });

  it('admits POST of the two types that forms of other sites cannot send, and nothing else', () => {
    const endpoint = cspReportEndpoint();
    for (const method of ['GET', 'PUT', 'OPTIONS', 'post', undefined]) {
      expect(endpoint.admit({ ...request, method })).toBe(405);
    }
    for (const contentType of [
      ...[undefined, '', 'text/plain', 'application/json', 'application/x-www-form-urlencoded'],
      ...['application/csp-reportx', 'text/plain; application/csp-report', 'multipart/form-data'],
    ]) {
      expect(endpoint.admit({ ...request, contentType })).toBe(415);
    }
    for (const contentType of ['application/reports+json', 'Application/CSP-Report; charset=utf-8']) {
      expect(endpoint.admit({ ...request, contentType })).toBeUndefined();
    }
  });

  it('refuses a body over 16 KB, one that is no UTF-8, and one that is no report', () => {
    const endpoint = cspReportEndpoint();
    const padded = (length: number): string => report('img-src').padEnd(length, ' ');
    expect(endpoint.take(padded(16_385))).toBe(413);
    expect(endpoint.take(padded(16_384))).toBe(204);
    expect(endpoint.take(`"${'\u20ac'.repeat(6_000)}"`)).toBe(413);
    expect(endpoint.take(Buffer.from([0x7b, 0xff, 0x7d]))).toBe(400);
    expect(endpoint.take(Buffer.from(report('img-src')))).toBe(204);
    for (const body of ['{}', undefined, {}, 7]) expect(endpoint.take(body as string)).toBe(400);
  });

  it('takes 60 requests a minute from a client, an IPv6 network being one, and says so once', async () => {
    const endpoint = cspReportEndpoint();
    const admitted = (client: (i: number) => string): number =>
      Array.from({ length: 100 }, (_, i) => endpoint.admit({ ...request, client: client(i) })).filter(
        (status) => status === undefined,
      ).length;
    expect(admitted(() => '203.0.113.9')).toBe(60);
    expect(admitted((i) => `2001:db8:1:2::${i.toString(16)}`)).toBe(60);
    expect(admitted((i) => `198.51.100.${i}`)).toBe(100);
    await recorder.flush();
    expect(events.map(({ code, count }) => [code, count])).toEqual([
      ['csp/reports-dropped', 1],
      ['csp/reports-dropped', 79],
    ]);
  });

  it('takes 600 requests a minute from all clients', () => {
    const endpoint = cspReportEndpoint();
    let admitted = 0;
    for (let i = 0; i < 5_000; i++) {
      if (endpoint.admit({ ...request, client: `10.0.${i >> 8}.${i & 255}` }) === undefined) admitted++;
    }
    expect(admitted).toBeGreaterThanOrEqual(600);
    expect(admitted).toBeLessThan(700);
  });

  it('keeps a bounded number of violations, those that come again before those that came once', () => {
    const endpoint = cspReportEndpoint({ maxViolations: 20 });
    const page = (i: number): object => ({ 'document-uri': `https://shop.example/${i}` });
    for (let i = 0; i < 5; i++) for (let j = 0; j < 3; j++) endpoint.take(report('img-src', page(i)));
    for (let i = 100; i < 5_000; i++) endpoint.take(report('img-src', page(i)));
    const kept = endpoint.violations();
    expect(kept).toHaveLength(20);
    expect(kept.slice(0, 6).map(({ count }) => count)).toEqual([3, 3, 3, 3, 3, 1]);
  });

  it('refuses options that make no sense, and reads only its own', () => {
    for (const maxPerClient of [0, -1, 1.5, Number.NaN, '60']) {
      expect(() => cspReportEndpoint({ maxPerClient: maxPerClient as number })).toThrow(
        expect.objectContaining({ name: 'Misuse', code: 'bulwark/invalid-option' }),
      );
    }
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    polluted['maxPerClient'] = 1;
    try {
      const endpoint = cspReportEndpoint();
      expect([endpoint.admit(request), endpoint.admit(request)]).toEqual([undefined, undefined]);
    } finally {
      delete polluted['maxPerClient'];
    }
  });
});

describe('tokenBuckets', () => {
  it('refills at its rate, and never beyond its size', () => {
    let now = 0;
    const buckets = tokenBuckets(60, 10, () => now);
    const taken = (): number => Array.from({ length: 100 }, () => buckets.take('a')).filter(Boolean).length;
    expect(taken()).toBe(60);
    now += 10_000;
    expect(taken()).toBe(10);
    now += 3_600_000;
    expect(taken()).toBe(60);
  });

  it('forgets the key that was unused for longest', () => {
    const buckets = tokenBuckets(1, 2, () => 0);
    expect([buckets.take('a'), buckets.take('b'), buckets.take('a'), buckets.take('c')]).toEqual([
      ...[true, true, false, true],
    ]);
    expect(buckets.take('a')).toBe(false);
    expect(buckets.take('b')).toBe(true);
  });
});
