import { afterEach, describe, expect, it } from 'vitest';
import {
  clearSiteData,
  permissionsPolicy,
  reportingEndpoints,
  securityHeaders,
  strictTransportSecurity,
} from './index.ts';

const refuses = (build: (value: never) => string, ...values: readonly unknown[]): void => {
  for (const value of values) {
    expect(() => build(value as never), JSON.stringify(value)).toThrow(
      expect.objectContaining({ name: 'Misuse', code: 'headers/invalid-value' }),
    );
  }
};

describe('permissionsPolicy', () => {
  it('writes a structured field', () => {
    expect(
      permissionsPolicy({
        camera: [],
        geolocation: ['self', 'https://maps.example.com:8443'],
        fullscreen: '*',
      }),
    ).toBe('camera=(), geolocation=(self "https://maps.example.com:8443"), fullscreen=*');
    expect(permissionsPolicy({ 'picture-in-picture': ['https://*.example.com'] })).toContain(
      '"https://*.example.com"',
    );
  });

  it('refuses what would make browsers ignore the header, or end it', () => {
    refuses(
      permissionsPolicy,
      ...[{}, null, { Camera: [] }, { 'camera=*, usb': [] }, { camera: 'self' }, { camera: ["'self'"] }],
      ...[{ camera: ['none'] }, { camera: ['maps.example.com'] }, { camera: ['https://a.example/path'] }],
      ...[
        { camera: ['https://a.example") usb=*'] },
        { camera: ['https://a.example\r\nX: y'] },
        { camera: [1] },
      ],
      ...[{ camera: true }, { camera: ['*'] }],
    );
  });
});

it('permissionsPolicy refuses a feature that is none', () => {
  refuses(permissionsPolicy, { camara: [] }, { 'geo-location': [] }, { 'ch-': [] });
  expect(permissionsPolicy({ 'ch-ua-model': ['self'], 'interest-cohort': [] })).toBe(
    'ch-ua-model=(self), interest-cohort=()',
  );
});

describe('strictTransportSecurity', () => {
  const names = ['maxAge', 'includeSubDomains', 'preload'];
  const polluted = Object.prototype as unknown as Record<string, unknown>;
  afterEach(() => {
    for (const name of names) delete polluted[name];
  });

  it('is a year with all subdomains, or what is asked for', () => {
    expect(strictTransportSecurity()).toBe('max-age=31536000; includeSubDomains');
    expect(strictTransportSecurity({ maxAge: 0, includeSubDomains: false })).toBe('max-age=0');
    expect(strictTransportSecurity({ maxAge: 63_072_000, preload: true })).toMatch(/; preload$/);
  });

  it('refuses an age that is none, and preload without what it needs', () => {
    refuses(
      strictTransportSecurity,
      ...[{ maxAge: -1 }, { maxAge: 1.5 }, { maxAge: Number.NaN }, { maxAge: 1e12 }, { maxAge: '1' }],
      ...[
        { preload: true, includeSubDomains: false },
        { preload: true, maxAge: 31_535_999 },
      ],
      ...[{ includeSubDomains: 'yes' }, { preload: 1 }, { maxage: 1 }],
    );
  });

  it('reads only its own options', () => {
    for (const name of names) polluted[name] = 0;
    expect(strictTransportSecurity({})).toBe('max-age=31536000; includeSubDomains');
  });
});

describe('clearSiteData', () => {
  it('quotes each kind', () => {
    expect(clearSiteData(['cookies', 'storage'])).toBe('"cookies", "storage"');
    expect(clearSiteData()).toBe('"*"');
  });

  it('refuses what browsers do not know', () => {
    refuses(clearSiteData, [], ['cookie'], ['*'], ['"cookies"'], 'cookies', [['cookies']], null);
  });
});

describe('reportingEndpoints', () => {
  it('quotes each URL', () => {
    expect(reportingEndpoints({ default: '/r?a=b', csp: 'https://reports.example.com/' })).toBe(
      'default="/r?a=b", csp="https://reports.example.com/"',
    );
  });

  it('refuses what would end the string, or lead elsewhere', () => {
    refuses(
      reportingEndpoints,
      ...[{}, null, { a: '' }, { a: '//evil.example' }, { a: '/\\evil.example' }, { a: 'http://a.example' }],
      ...[{ a: '/"; b="' }, { A: '/r' }, { 'a b': '/r' }, { a: 1 }, { a: '/r\n' }],
    );
  });
});

it('what the builders write is what securityHeaders takes', () => {
  const headers = {
    'Permissions-Policy': permissionsPolicy({ camera: [] }),
    'Strict-Transport-Security': strictTransportSecurity({ preload: true }),
    'Clear-Site-Data': clearSiteData(),
    'Reporting-Endpoints': reportingEndpoints({ default: '/r' }),
  };
  expect(Object.fromEntries(securityHeaders(headers))).toMatchObject(headers);
});
