import { describe, expect, it } from 'vitest';
import { parseLimits } from '../config/limits.ts';
import { decideRequest, decideResolved, type Verdict } from './decide-role.ts';
import { parseRole, type Role } from './role.ts';

const soon = new Date(Date.now() + 86_400_000).toISOString();
const rules = {
  hosts: ['api.example.com', '*.example.org'],
  allowPrivate: [
    { host: 'wiki.internal', cidr: '10.2.0.0/16', ports: [8080] },
    { host: 'imds.example.com', cidr: '169.254.169.254/32', ports: [80] },
  ],
};

function roleWith(more: object): Role {
  return parseRole({ name: 'r', anonymous: true, ...rules, ...more }, 'roles[0]', '', parseLimits({}));
}

const enforce = roleWith({});
const report = roleWith({ action: 'report', until: soon });
const open = roleWith({ action: 'open' });
const over = roleWith({ action: 'report', until: '2020-01-01' });

/** `ok`, the code of the denial, or `would` and the code. */
function shown({ denied, wouldDeny }: Verdict): string {
  return denied ? denied.code : wouldDeny ? `would ${wouldDeny.code}` : 'ok';
}

function request(role: Role, host: string, port: number = 443, method: string = 'CONNECT'): string {
  return shown(decideRequest(role, method, { host, port }));
}

function resolved(role: Role, host: string, addresses: readonly string[], port: number = 443): string {
  const answers = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return shown(decideResolved(role, answers, { host, port }));
}

describe('an action', () => {
  it.each([
    ['enforce', enforce, 'fetch/host-not-allowed', 'fetch/port-not-allowed', 'fetch/method-not-allowed'],
    [
      'report',
      report,
      'would fetch/host-not-allowed',
      'would fetch/port-not-allowed',
      'would fetch/method-not-allowed',
    ],
    [
      'open',
      open,
      'would fetch/host-not-allowed',
      'would fetch/port-not-allowed',
      'would fetch/method-not-allowed',
    ],
    [
      'report after its end',
      over,
      'fetch/host-not-allowed',
      'fetch/port-not-allowed',
      'fetch/method-not-allowed',
    ],
  ])('%s decides hosts, ports and methods', (_, role, host, port, method) => {
    expect(request(role, 'api.example.com')).toBe('ok');
    expect(request(role, 'a.example.org')).toBe('ok');
    expect(request(role, 'evil.example')).toBe(host);
    expect(request(role, 'example.org')).toBe(host);
    expect(request(role, 'api.example.com', 22)).toBe(port);
    expect(request(role, 'api.example.com', 80, 'PROPFIND')).toBe(method);
    expect(request(role, 'api.example.com', 80, 'GET')).toBe('ok');
    expect(resolved(role, 'api.example.com', ['93.184.215.14', '2606:2800:21f::1'])).toBe('ok');
    expect(resolved(role, 'evil.example', ['93.184.215.14'])).toBe(host);
  });

  it.each([
    ['enforce', enforce],
    ['report', report],
    ['open', open],
    ['report after its end', over],
  ])('%s refuses what leads inside', (_, role) => {
    const refused = /^fetch\/(?:private-address|cloud-metadata|host-not-allowed)$/;
    for (const host of [
      '10.0.0.1',
      '::1',
      'localhost',
      'db.internal',
      'intranet',
      '169.254.169.254',
      'metadata.google.internal',
    ]) {
      expect(request(role, host, 80, 'GET')).toMatch(refused);
    }
    expect(resolved(role, 'api.example.com', ['93.184.215.14', '10.0.0.1'])).toBe('fetch/private-address');
    expect(resolved(role, 'api.example.com', ['10.0.0.1', '169.254.169.254'])).toBe('fetch/cloud-metadata');
    expect(resolved(role, 'evil.example', ['127.0.0.1'])).toMatch(refused);
    expect(resolved(role, 'api.example.com', ['nonsense'])).toBe('fetch/invalid-url');
    expect(request(role, 'api.example.com', 80, 'TRACE')).toBe('fetch/method-not-allowed');
  });

  it.each([
    ['enforce', enforce],
    ['open', open],
  ])('%s opens what allowPrivate names, by host, range and port', (_, role) => {
    expect(request(role, 'wiki.internal', 8080, 'GET')).toBe('ok');
    expect(resolved(role, 'wiki.internal', ['10.2.3.4'], 8080)).toBe('ok');
    expect(resolved(role, 'wiki.internal', ['10.3.0.1'], 8080)).toBe('fetch/private-address');
    expect(resolved(role, 'wiki.internal', ['10.2.3.4'], 8081)).toBe('fetch/private-address');
    expect(resolved(role, 'wiki.internal', ['169.254.169.254'], 8080)).toBe('fetch/cloud-metadata');
    expect(resolved(role, 'imds.example.com', ['169.254.169.254'], 80)).toBe('ok');
  });
});

describe('schemes', () => {
  it('are plain requests and tunnels', () => {
    const tunnels = roleWith({ schemes: ['https'], action: 'open' });
    expect(request(tunnels, 'api.example.com', 443)).toBe('ok');
    expect(request(tunnels, 'api.example.com', 80, 'GET')).toBe('fetch/scheme-not-allowed');
    const plain = roleWith({ schemes: ['http'] });
    expect(request(plain, 'api.example.com', 443)).toBe('fetch/scheme-not-allowed');
    expect(request(plain, 'api.example.com', 80, 'GET')).toBe('ok');
  });
});
