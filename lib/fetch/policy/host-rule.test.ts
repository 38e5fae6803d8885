import { describe, expect, it } from 'vitest';
import { canonicalHost, isLocalName, matchesHost, parseHostRule } from './host-rule.ts';

describe('host rules', () => {
  const matches = (rule: string, host: string): boolean => {
    const parsed = parseHostRule(rule);
    return (
      parsed !== undefined && matchesHost(parsed, canonicalHost(new URL(`http://${host}/`).hostname) ?? '')
    );
  };

  it('compare whole names', () => {
    for (const host of ['api.github.com', 'API.GitHub.Com', 'api.github.com.', 'api\u3002github.com']) {
      expect(matches('api.github.com', host), host).toBe(true);
    }
    for (const host of [
      'github.com',
      'xapi.github.com',
      'api.github.com.evil.example',
      'x.api.github.com',
      'api-github.com',
    ]) {
      expect(matches('api.github.com', host), host).toBe(false);
    }
  });

  it('compare label by label below a star, and not the name itself', () => {
    for (const host of ['a.example.com', 'a.b.example.com', 'A.EXAMPLE.com.']) {
      expect(matches('*.example.com', host), host).toBe(true);
    }
    for (const host of ['example.com', 'notexample.com', 'example.com.evil.example', 'a.example.com.evil']) {
      expect(matches('*.example.com', host), host).toBe(false);
    }
  });

  it('take IDNA names and literal addresses', () => {
    expect(matches('b\u00fccher.example', 'xn--bcher-kva.example')).toBe(true);
    expect(matches('[2606:4700:0::1111]', '[2606:4700::1111]')).toBe(true);
    expect(matches('10.0.0.1', '0xa000001')).toBe(true);
    expect(matches('10.0.0.1', '10.0.0.2')).toBe(false);
  });

  it('are nothing but names', () => {
    const bad = [
      '',
      '*',
      '*.',
      '.com',
      'a..b',
      'http://a.example',
      'a.example/x',
      'a.example:80',
      'u@a.example',
      'a b',
    ];
    for (const text of [
      ...bad,
      '*.*.example',
      'a*.example',
      '*.10.0.0.1',
      '*.[::1]',
      'a.example?',
      '%61.example',
      '::1',
    ]) {
      expect(parseHostRule(text), text).toBeUndefined();
    }
  });
});

describe('isLocalName', () => {
  it.each([
    ...['localhost', 'localhost.', 'a.localhost', 'a.localhost.', 'redis', 'metadata', 'x.test', 'x.invalid'],
    ...[
      'x.local',
      'printer.local.',
      'x.onion',
      'x.alt',
      'vault.internal',
      'metadata.google.internal',
      'x.corp',
    ],
    ...[
      'x.home',
      'x.mail',
      'x.lan',
      'x.private',
      'x.intranet',
      'localhost.localdomain',
      'host.docker.internal',
    ],
    ...['kubernetes.default.svc', 'api.prod.svc.cluster.local', 'vault.service.consul'],
    ...['home.arpa', 'nas.home.arpa', 'nas.home.arpa.', '_dns.resolver.arpa', 'default.service.arpa'],
  ])('%s is no name of the public DNS', (host) => {
    expect(isLocalName(host)).toBe(true);
  });

  it.each([
    ...[
      'example.com',
      'example.com.',
      'local.example.com',
      'localhost.example.com',
      'home.example',
      'x.example',
    ],
    ...[
      'internal.example.com',
      'svc.example.org',
      'mail.google.com',
      'alt.net',
      'test.de',
      'nic.google',
      'x.homes',
    ],
    ...[
      'x.arpa',
      'ipv4only.arpa',
      'home.arpa.example.com',
      'xhome.arpa',
      'lan.io',
      'private.com',
      '8.8.8.8',
      '::1',
    ],
  ])('%s is not taken for one', (host) => {
    expect(isLocalName(host)).toBe(false);
  });
});
