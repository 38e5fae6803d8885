import {
  permissionsPolicy,
  reportingEndpoints,
  securityHeaders,
  strictTransportSecurity,
} from 'bulwark/headers';
import { expect, test } from 'vitest';
import { codeOf, surprises, type Verdict } from './case.ts';
import { keptHeaders } from './headers-kept.ts';
import { refusedHeaders } from './headers-refused.ts';

test('header options that browsers would ignore, or that would start a header', () => {
  const verdicts = refusedHeaders.map(([work, begin], at): Verdict => {
    let value: unknown;
    const code = codeOf(() => {
      value = work();
    });
    const ok = begin === '' ? /^(headers|bulwark)\//.test(code) : code.startsWith(begin);
    return [
      {
        kind: 'attack',
        name: `${at} ${String(work).replace(/\s+/g, ' ').slice(0, 90)}`,
      },
      ok ? '' : `gives ${code || JSON.stringify(value)}`,
    ];
  });
  expect(surprises(verdicts)).toEqual([]);
});

test('header options that are fine', () => {
  const verdicts = keptHeaders.map(([work, expected], at): Verdict => {
    let value: unknown;
    const code = codeOf(() => {
      value = work();
    });
    return [
      {
        kind: 'use',
        name: `${at} ${String(work).replace(/\s+/g, ' ').slice(0, 90)}`,
      },
      code === '' && String(value) === expected ? '' : `${expected} gives ${code || String(value)}`,
    ];
  });
  expect(surprises(verdicts)).toEqual([]);
});

/** What helmet 8 sends by default, apart from the policy of content. With its `no-referrer`, forms send `Origin: null`. */
const helmet: Readonly<Record<string, readonly string[]>> = {
  'Cross-Origin-Opener-Policy': ['same-origin'],
  'Cross-Origin-Resource-Policy': ['same-origin'],
  'Origin-Agent-Cluster': ['?1'],
  'Referrer-Policy': ['no-referrer', 'same-origin'],
  'Strict-Transport-Security': ['max-age=31536000; includeSubDomains'],
  'X-Content-Type-Options': ['nosniff'],
  'X-DNS-Prefetch-Control': ['off'],
  'X-Download-Options': ['noopen'],
  'X-Frame-Options': ['SAMEORIGIN', 'DENY'],
  'X-Permitted-Cross-Domain-Policies': ['none'],
  'X-XSS-Protection': ['0'],
};

test('each header of helmet is there, the same or stricter', () => {
  const sent = Object.fromEntries(securityHeaders());
  for (const [name, values] of Object.entries(helmet)) expect(values, name).toContain(sent[name]);
  expect(sent['Permissions-Policy']).toMatch(/camera=\(\).*microphone=\(\)/);
});

test('a polluted prototype changes no headers', () => {
  const clean = securityHeaders();
  const proto = Object.prototype as unknown as Record<string, unknown>;
  const names = [
    'X-Frame-Options',
    'X-Content-Type-Options',
    'maxAge',
    'includeSubDomains',
    'preload',
    'camera',
    'default',
  ];
  try {
    for (const name of names)
      proto[name] = name.includes('-') || name === 'includeSubDomains' ? false : name === 'maxAge' ? 0 : '*';
    const seen = [securityHeaders(), securityHeaders({})];
    const built = [
      strictTransportSecurity({}),
      strictTransportSecurity(),
      permissionsPolicy({ usb: [] }),
      reportingEndpoints({ csp: '/r' }),
    ];
    for (const name of names) delete proto[name];
    expect(seen).toEqual([clean, clean]);
    expect(built).toEqual([
      'max-age=31536000; includeSubDomains',
      'max-age=31536000; includeSubDomains',
      'usb=()',
      'csp="/r"',
    ]);
  } finally {
    for (const name of names) delete proto[name];
  }
});
