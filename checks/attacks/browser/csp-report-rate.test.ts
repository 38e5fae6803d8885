import { cspReportEndpoint } from 'bulwark/csp';
import { configureEvents } from 'bulwark/event';
import { afterEach, expect, test, vi } from 'vitest';
import { codeOf, surprises } from './case.ts';

configureEvents({ sinks: [] });
afterEach(() => {
  vi.useRealTimers();
});

test('who is admitted, and how often', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] }); // no time passes
  const ok = { method: 'POST', contentType: 'application/csp-report', client: '203.0.113.9' };
  for (const method of ['GET', 'HEAD', 'PUT', 'OPTIONS', 'post', 'DELETE', '', undefined, 'TRACE', 'POST '])
    expect(cspReportEndpoint().admit({ ...ok, method }), String(method)).toBe(405);
  for (const contentType of [
    undefined,
    '',
    'application/json',
    'text/plain',
    'text/html',
    'application/csp-reportx',
    'xapplication/csp-report',
    'multipart/form-data; boundary=application/csp-report',
    'text/plain, application/csp-report',
    'application/reports',
    'application/x-www-form-urlencoded',
  ])
    expect(cspReportEndpoint().admit({ ...ok, contentType }), String(contentType)).toBe(415);
  for (const contentType of [
    'application/csp-report',
    'application/reports+json',
    'application/csp-report; charset=utf-8',
    'APPLICATION/CSP-REPORT',
    'application/reports+json;charset=UTF-8',
    'application/reports+json ; a=b',
  ])
    expect(cspReportEndpoint().admit({ ...ok, contentType }), contentType).toBe(undefined);
  const admitted = (clients: (at: number) => string | undefined, many = 2_000) => {
    const endpoint = cspReportEndpoint();
    return Array.from({ length: many }, (_, at) => endpoint.admit({ ...ok, client: clients(at) })).filter(
      (one) => one === undefined,
    ).length;
  };
  expect(admitted(() => '203.0.113.9')).toBe(60);
  expect(admitted((at) => `203.0.${at % 256}.${at >> 8}`)).toBe(600);
  expect(admitted(() => undefined)).toBeLessThanOrEqual(600);
  expect(admitted((at) => ['__proto__', 'constructor', 'toString'][at % 3])).toBe(180);
  // Wrong ones cost nobody their share.
  const endpoint = cspReportEndpoint();
  for (let at = 0; at < 1_000; at++) endpoint.admit({ ...ok, method: 'GET' });
  expect(endpoint.admit(ok)).toBe(undefined);
  expect(
    [0, -1, 1.5, Number.NaN, '60', Number.POSITIVE_INFINITY]
      .flatMap((value) =>
        ['maxPerClient', 'maxPerMinute', 'maxViolations'].map(
          (name) => `${name} ${value} ${codeOf(() => cspReportEndpoint({ [name]: value } as never))}`,
        ),
      )
      .filter((one) => !one.endsWith('bulwark/invalid-option')),
  ).toEqual([]);
  vi.useRealTimers();
});

test('sixty at once, and then one a second', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  const endpoint = cspReportEndpoint();
  const admitted = (): number =>
    Array.from({ length: 100 }, () =>
      endpoint.admit({ method: 'POST', contentType: 'application/csp-report', client: '203.0.113.9' }),
    ).filter((one) => one === undefined).length;
  const each = Array.from({ length: 61 }, () => {
    const now = admitted();
    vi.advanceTimersByTime(1_000);
    return now;
  });
  expect(each).toEqual([60, ...Array(60).fill(1)]);
});

test('addresses of one IPv6 network are one client', () => {
  const endpoint = cspReportEndpoint();
  const admitted = Array.from({ length: 600 }, (_, at) =>
    endpoint.admit({
      method: 'POST',
      contentType: 'application/csp-report',
      client: `2001:db8::${at.toString(16)}`,
    }),
  ).filter((one) => one === undefined).length;
  const problem = admitted <= 60 ? '' : `${admitted} were admitted`;
  expect(surprises([[{ kind: 'attack', name: 'IPv6 rotation' }, problem]])).toEqual([]);
});
