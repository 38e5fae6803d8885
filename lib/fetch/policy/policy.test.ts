import { describe, expect, it } from 'vitest';
import { createFetch } from '../guarded-fetch.ts';
import { parsePolicy } from './parse-policy.ts';
import type { FetchOptions } from './policy.ts';

const refuses = (options: unknown, code = 'bulwark/invalid-option'): void => {
  expect(() => createFetch(options as FetchOptions), JSON.stringify(options)).toThrow(
    expect.objectContaining({ name: 'Misuse', code }),
  );
};
const entry = { host: 'wiki.internal', cidr: '10.2.0.0/16', ports: [443] };

describe('parsePolicy', () => {
  it('has safe defaults, and is frozen', () => {
    const policy = parsePolicy({ hosts: 'public' });
    expect(policy).toMatchObject({
      ports: [80, 443],
      maxBytes: 10_000_000,
      timeoutMs: 10_000,
      maxRedirects: 10,
    });
    expect(policy.allowPrivate).toEqual([]);
    expect(policy.allowHttpDowngrade).toBe(false);
    expect(Object.isFrozen(policy)).toBe(true);
    expect(Object.isFrozen(policy.ports)).toBe(true);
  });

  it('does not follow what becomes of the options', () => {
    const hosts = ['a.example.com'];
    const policy = parsePolicy({ hosts });
    hosts.push('b.example.com');
    expect(policy.hosts).toHaveLength(1);
  });

  it('reads nothing from a polluted prototype', () => {
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    polluted.allowHttpDowngrade = true;
    try {
      expect(parsePolicy({ hosts: 'public' }).allowHttpDowngrade).toBe(false);
    } finally {
      delete polluted.allowHttpDowngrade;
    }
  });

  it('wants hosts to be said', () => {
    for (const options of [
      undefined,
      null,
      {},
      { hosts: 'any' },
      { hosts: '*' },
      { hosts: ['*'] },
      { hosts: ['*.com'] },
    ]) {
      refuses(options);
    }
    for (const host of ['', 'http://a.example', 'a.example:80', 'a.example/x', 'a b', 7])
      refuses({ hosts: [host] });
    expect(() => createFetch({ hosts: ['*.example.com', '93.184.215.14', 'localhost'] })).not.toThrow();
  });

  it('wants private destinations with host, range and ports', () => {
    expect(() =>
      createFetch({ hosts: [], allowPrivate: [entry, { ...entry, host: '*.internal' }] }),
    ).not.toThrow();
    for (const cidr of ['10.2.0.1/16', '10.0.0.0/7', '0.0.0.0/0', '::/0', '10.2.0.0', 'all', undefined, 7]) {
      refuses({ hosts: [], allowPrivate: [{ ...entry, cidr }] });
    }
    // What holds IPv4 addresses is measured as IPv4.
    for (const cidr of ['::/8', '::/7', '::ffff:0:0/96', '::ffff:0:0/80', '::ffff:0:0/103', '::/96']) {
      refuses({ hosts: [], allowPrivate: [{ ...entry, cidr }] });
    }
    for (const cidr of [
      '64:ff9b::/96',
      '64:ff9b:1::/48',
      '2002::/16',
      '2001::/23',
      '2000::/7',
      '::ffff:0:0:0/96',
    ]) {
      refuses({ hosts: [], allowPrivate: [{ ...entry, cidr }] });
    }
    for (const cidr of ['::ffff:a00:0/104', '64:ff9b::a00:0/104', '::1/128', 'fc00::/7', '2001:db8::/32']) {
      expect(() => createFetch({ hosts: [], allowPrivate: [{ ...entry, cidr }] }), cidr).not.toThrow();
    }
    for (const ports of [[], [0], [65_536], ['443'], [80.5], undefined]) {
      refuses({ hosts: [], allowPrivate: [{ ...entry, ports }] });
    }
    for (const host of ['', '*', undefined]) refuses({ hosts: [], allowPrivate: [{ ...entry, host }] });
    for (const allowPrivate of [true, entry, [null]]) refuses({ hosts: [], allowPrivate });
  });

  it('wants numbers, schemes and methods that make sense', () => {
    for (const [option, values] of Object.entries({
      maxBytes: [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '10mb'],
      timeoutMs: [0, 2 ** 31, '10s'],
      connectTimeoutMs: [0],
      maxRedirects: [-1, 101],
      ports: [[], [0], 80],
      schemes: [[], ['ftp'], ['http:'], 'https'],
      methods: [[], ['CONNECT'], ['trace'], ['GET X'], 'GET'],
      allowHttpDowngrade: ['yes'],
      name: [7],
      maxByte: [1],
    })) {
      for (const value of values) refuses({ hosts: 'public', [option]: value });
    }
  });

  it('reports only until a date', () => {
    refuses({ hosts: 'public', mode: 'report' }, 'bulwark/report-without-end');
    refuses({ hosts: 'public', mode: 'off' });
    const until = new Date(Date.now() + 86_400_000);
    expect(parsePolicy({ hosts: 'public', mode: 'report', until }).mode.reportUntil).toBe(until.getTime());
  });

  it('is no list where there are holes in it, and goes with no date alone', () => {
    const hole: string[] = [];
    hole.length = 1;
    for (const options of [
      { hosts: ['a.example'].concat(hole) },
      { hosts: 'public', allowPrivate: hole },
      { hosts: 'public', ports: [80].concat(hole as never) },
      { hosts: 'public', contentTypes: '' },
      { hosts: 'public', until: '2027-01-31' },
    ] as never[]) {
      expect(() => parsePolicy(options)).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
    }
    expect(parsePolicy({ hosts: ['a.example'], contentTypes: ['text/html'] }).contentTypes).toEqual([
      'text/html',
    ]);
  });
});
