import { describe, expect, it } from 'vitest';
import { legitimateUrls, ssrfPayloads } from '../../testing/corpus/ssrf.ts';
import { parseAddress } from '../address/address.ts';
import { decideAddress, decideDestination, parseDestination, portOf } from './destination.ts';
import { canonicalHost } from './host-rule.ts';
import { parsePolicy } from './parse-policy.ts';
import type { FetchOptions } from './policy.ts';

/** The code that refuses, or `allowed`. */
function decide(url: string, options: FetchOptions = { hosts: 'public' }): string {
  const destination = parseDestination(url);
  const decision =
    'allow' in destination ? destination : decideDestination(destination, parsePolicy(options));
  return decision.allow ? 'allowed' : decision.code;
}

function decideAnswer(url: string, answer: string, options: FetchOptions = { hosts: 'public' }): string {
  const { hostname, port, protocol } = new URL(url);
  const address = parseAddress(answer) as bigint;
  const decision = decideAddress(
    canonicalHost(hostname) as string,
    portOf({ port, protocol }),
    address,
    parsePolicy(options),
  );
  return decision.allow ? 'allowed' : decision.code;
}

describe('the corpus', () => {
  it.each(ssrfPayloads.filter(({ answers }) => !answers))('refuses $kind: $name', ({ url, kind }) => {
    const code = decide(url);
    expect(code).not.toBe('allowed');
    if (kind === 'metadata') expect(code).toBe('fetch/cloud-metadata');
  });

  it.each(ssrfPayloads.filter(({ answers }) => answers))(
    'refuses an answer to $name',
    ({ url, answers = [] }) => {
      expect(decide(url)).toBe('allowed');
      expect(
        answers.map((answer) => decideAnswer(url, answer)).filter((code) => code !== 'allowed'),
      ).not.toEqual([]);
    },
  );

  it.each(legitimateUrls)('accepts $name', ({ url }) => {
    expect(decide(url)).toBe('allowed');
  });

  it('holds every URL of the guide', () => {
    expect(ssrfPayloads.filter(({ guide }) => guide).length).toBeGreaterThanOrEqual(21);
  });
});

describe('decideDestination', () => {
  const hosts = ['api.example.com', '*.cdn.example', 'redis'];

  it('compares hosts after the parser and nothing else', () => {
    for (const url of ['https://api.example.com/', 'https://API.example.com./', 'http://x.y.cdn.example/']) {
      expect(decide(url, { hosts }), url).toBe('allowed');
    }
    for (const url of [
      'https://api.example.com.evil.example/',
      'https://evil.example/api.example.com',
      'https://evil.example\\@api.example.com/',
      'https://cdn.example/',
      'https://xcdn.example/',
    ]) {
      expect(decide(url, { hosts }), url).toBe('fetch/host-not-allowed');
    }
    expect(decide('https://evil.example@api.example.com/', { hosts })).toBe('fetch/credentials-in-url');
  });

  it('takes schemes and ports from the policy', () => {
    expect(decide('http://api.example.com/', { hosts, schemes: ['https'] })).toBe('fetch/scheme-not-allowed');
    expect(decide('https://api.example.com/', { hosts, schemes: ['https'] })).toBe('allowed');
    expect(decide('https://api.example.com:8443/', { hosts })).toBe('fetch/port-not-allowed');
    expect(decide('https://api.example.com:8443/', { hosts, ports: [8443] })).toBe('allowed');
    expect(decide('https://api.example.com/', { hosts, ports: [8443] })).toBe('fetch/port-not-allowed');
  });

  it('bounds the URL', () => {
    expect(decide(`https://example.com/${'a'.repeat(16_000)}`)).toBe('allowed');
    expect(decide(`https://example.com/${'a'.repeat(16_384)}`)).toBe('fetch/invalid-url');
    expect(decide(`https://${'a.'.repeat(120)}example.com/`)).toBe('allowed');
    expect(decide(`https://${'a.'.repeat(122)}example.com/`)).toBe('fetch/invalid-url');
    expect(decide(`https://${'a'.repeat(64)}.example.com/`)).toBe('fetch/invalid-url');
  });

  it('lets a named host reach no private address without its range', () => {
    expect(decide('http://redis/', { hosts })).toBe('allowed');
    expect(decideAnswer('http://redis/', '10.0.0.1', { hosts })).toBe('fetch/private-address');
    expect(decide('http://10.0.0.1/', { hosts: ['10.0.0.1'] })).toBe('fetch/private-address');
  });
});

describe('allowPrivate', () => {
  const wiki = { host: 'wiki.internal', cidr: '10.2.0.0/16', ports: [443, 8080] } as const;
  const options: FetchOptions = { hosts: 'public', allowPrivate: [wiki] };

  it('opens host, range and port together', () => {
    expect(decide('https://wiki.internal/', options)).toBe('allowed');
    expect(decideAnswer('https://wiki.internal:443/', '10.2.0.1', options)).toBe('allowed');
    expect(decideAnswer('http://wiki.internal:8080/', '::ffff:10.2.0.1', options)).toBe('allowed');
    expect(decideAnswer('http://wiki.internal:80/', '10.2.0.1', options)).toBe('fetch/private-address');
    expect(decideAnswer('https://wiki.internal:443/', '10.3.0.1', options)).toBe('fetch/private-address');
    expect(decideAnswer('https://wiki.internal:443/', '64:ff9b::10.2.0.1', options)).toBe(
      'fetch/private-address',
    );
    expect(decideAnswer('https://other.example:443/', '10.2.0.1', options)).toBe('fetch/private-address');
    expect(decide('https://wiki.internal:9000/', options)).toBe('fetch/port-not-allowed');
    expect(decide('https://10.2.0.1/', options)).toBe('fetch/private-address');
  });

  it('does not make the name a public one', () => {
    expect(decideAnswer('https://wiki.internal:443/', '93.184.215.14', options)).toBe(
      'fetch/private-address',
    );
    const listed: FetchOptions = { hosts: ['a.example'], allowPrivate: [wiki] };
    expect(decideAnswer('https://wiki.internal:443/', '93.184.215.14', listed)).toBe(
      'fetch/host-not-allowed',
    );
  });

  it('opens no IPv4 address by a range that is wide as IPv6', () => {
    const by = (cidr: string): FetchOptions => ({
      hosts: 'public',
      allowPrivate: [{ host: 'wiki.internal', cidr, ports: [80] }],
    });
    const url = 'http://wiki.internal:80/';
    expect(decideAnswer(url, 'fd12::1', by('fd12::/16'))).toBe('allowed');
    expect(decideAnswer(url, 'fd12::5efe:10.0.0.1', by('fd12::/16'))).toBe('fetch/private-address');
    expect(decideAnswer(url, 'fd12::5efe:10.0.0.1', by('fd12::5efe:a00:0/104'))).toBe('allowed');
    expect(decideAnswer(url, '64:ff9b::10.0.0.1', by('64:ff9b::a00:0/104'))).toBe('allowed');
    expect(decideAnswer(url, '64:ff9b::127.0.0.1', by('64:ff9b::a00:0/104'))).toBe('fetch/private-address');
  });

  it('opens metadata by its own address alone', () => {
    const by = (cidr: string, host = '169.254.169.254'): FetchOptions => ({
      hosts: 'public',
      allowPrivate: [{ host, cidr, ports: [80] }],
    });
    const url = 'http://169.254.169.254/';
    expect(decide(url, by('169.254.0.0/16'))).toBe('fetch/cloud-metadata');
    expect(decide(url, by('169.254.169.254/31'))).toBe('fetch/cloud-metadata');
    expect(decide(url, by('169.254.169.254/32'))).toBe('allowed');
    expect(decide(url, { hosts: ['169.254.169.254'] })).toBe('fetch/cloud-metadata');
    const google = 'http://metadata.google.internal/';
    expect(decide(google, { hosts: ['metadata.google.internal'] })).toBe('fetch/cloud-metadata');
    expect(decide(google, by('169.254.0.0/16', 'metadata.google.internal'))).toBe('fetch/cloud-metadata');
    expect(decide(google, by('169.254.169.254/32', 'metadata.google.internal'))).toBe('allowed');
  });
});
