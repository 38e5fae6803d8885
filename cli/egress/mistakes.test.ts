import { describe, expect, it } from 'vitest';
import { metadataAddresses as guarded } from '../../lib/fetch/address/metadata.ts';
import { metadataAddresses } from './metadata.ts';
import { Mistake } from './mistake.ts';
import { egressRules } from './rules.ts';
import type { RulesOptions } from './rules-options.ts';

type Typed = { readonly [name in keyof RulesOptions]?: string | readonly string[] };

const names = [
  'format',
  'gateway',
  'resolver',
  'allow',
  'user',
  'group',
  'gateway-user',
  'gateway-group',
  'pods',
  'namespace',
] as const;

function rules(typed: Typed): string {
  const all = names.map((name) => [name, [typed[name] ?? []].flat()]);
  return egressRules(Object.fromEntries(all) as RulesOptions);
}

function codeOf(typed: Typed): string {
  try {
    rules(typed);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    // All of it is said, and nothing of it acts on a terminal or starts a line.
    for (const text of [error.message, error.why, error.fix]) expect(text).toMatch(/^[\x20-\x7e]+$/);
    return error.code;
  }
}

const packets: Typed = { format: 'nftables', user: 'shop', gateway: '192.0.2.1:4750' };
const pods: Typed = {
  format: 'kubernetes',
  pods: 'app=shop',
  namespace: 'shop',
  gateway: 'app=gw@egress:4750',
};

describe('a packet filter', () => {
  it.each<[Typed, string]>([
    [{}, 'accepted'],
    [{ format: 'iptables' }, 'accepted'],
    [{ format: 'nft' }, 'egress/format'],
    [{ format: 'constructor' }, 'egress/format'],
    [{ format: [] }, 'egress/format'],
    [{ format: ['nftables', 'iptables'] }, 'egress/option'],

    [{ gateway: ['192.0.2.1:4750', '[2001:DB8:0:0::1]:4750'] }, 'accepted'],
    [{ gateway: [] }, 'egress/option'],
    [{ gateway: 'proxy.internal:4750' }, 'egress/name'],
    [{ gateway: 'proxy:4750' }, 'egress/name'],
    [{ gateway: '*.internal:4750' }, 'egress/name'],
    [{ gateway: '*:4750' }, 'egress/name'],
    [{ gateway: 'http://192.0.2.1:4750' }, 'egress/address'],
    [{ gateway: 'app@192.0.2.1:4750' }, 'egress/address'],
    [{ gateway: '192.0.2.1' }, 'egress/port'],
    [{ gateway: '192.0.2.1:' }, 'egress/port'],
    [{ gateway: '192.0.2.1:0' }, 'egress/port'],
    [{ gateway: '192.0.2.1:65536' }, 'egress/port'],
    [{ gateway: '192.0.2.1:65535' }, 'accepted'],
    [{ gateway: '192.0.2.1:0x50' }, 'egress/port'],
    [{ gateway: '192.0.2.1:080' }, 'egress/port'],
    [{ gateway: '192.0.2.1:80-90' }, 'egress/port'],
    [{ gateway: '192.0.2.1:http' }, 'egress/port'],
    [{ gateway: '2001:db8::1:4750' }, 'egress/port'],
    [{ gateway: '' }, 'egress/port'],
    [{ gateway: ':4750' }, 'egress/address'],
    [{ gateway: '[]:4750' }, 'egress/address'],
    [{ gateway: '192.0.2.256:4750' }, 'egress/address'],
    [{ gateway: '192.0.2:4750' }, 'egress/address'],
    [{ gateway: '3221225985:4750' }, 'egress/address'],
    [{ gateway: '0300.0.2.1:4750' }, 'egress/address'],
    [{ gateway: '0.0.0.0:4750' }, 'egress/address'],
    [{ gateway: '[::]:4750' }, 'egress/address'],
    [{ gateway: '224.0.0.1:4750' }, 'egress/address'],
    [{ gateway: '255.255.255.255:4750' }, 'egress/address'],
    [{ gateway: '[ff02::1]:4750' }, 'egress/address'],
    [{ gateway: '[fe80::1]:4750' }, 'egress/address'],
    [{ gateway: '[fe80::1%eth0]:4750' }, 'egress/address'],
    [{ gateway: '[::ffff:192.0.2.1]:4750' }, 'egress/address'],
    [{ gateway: '192.0.2.0/24:4750' }, 'egress/range'],
    [{ gateway: '[2001:db8::/64]:4750' }, 'egress/range'],
    [{ gateway: 'app=gw@egress:4750' }, 'egress/option'],
    [{ gateway: '169.254.169.254:80' }, 'egress/metadata'],
    [{ gateway: '[fd00:ec2:0:0::254]:80' }, 'egress/metadata'],

    [{ resolver: ['192.0.2.53', '2001:db8::53', '192.0.2.53:5353', '[2001:db8::53]:5353'] }, 'accepted'],
    [{ resolver: 'dns.internal' }, 'egress/name'],
    [{ resolver: 'kube-dns' }, 'egress/name'],
    [{ resolver: '192.0.2.0/24' }, 'egress/range'],
    [{ resolver: '192.0.2.53:0' }, 'egress/port'],
    [{ resolver: '[2001:db8::53]' }, 'egress/port'],
    [{ resolver: '' }, 'egress/address'],
    // Google and Azure answer names there.
    [{ resolver: ['169.254.169.254', '168.63.129.16:53'] }, 'accepted'],
    [{ resolver: '169.254.169.254:80' }, 'egress/metadata'],

    [{ allow: ['127.0.0.1:5432', '[::1]:5432'] }, 'accepted'],
    [{ allow: 'db.internal:5432' }, 'egress/name'],
    [{ allow: '10.0.0.0/8:5432' }, 'egress/range'],
    [{ allow: '168.63.129.16:80' }, 'egress/metadata'],
    [{ allow: '100.100.100.200:80' }, 'egress/metadata'],
    [{ allow: '169.254.129.7:8081' }, 'egress/metadata'],
    [{ allow: '169.254.132.7:8081' }, 'accepted'],
    [{ allow: '127.0.0.1' }, 'egress/port'],

    [{ user: '1000' }, 'accepted'],
    [{ user: '_shop-api_2' }, 'accepted'],
    [{ user: 'a'.repeat(32) }, 'accepted'],
    [{ user: 'a'.repeat(33) }, 'egress/account'],
    [{ user: [] }, 'egress/option'],
    [{ user: ['shop', 'api'] }, 'egress/option'],
    [{ user: '' }, 'egress/account'],
    [{ user: 'root' }, 'egress/account'],
    [{ user: '0' }, 'egress/account'],
    [{ user: '00' }, 'egress/account'],
    [{ user: '1000-2000' }, 'egress/account'],
    [{ user: '4294967294' }, 'accepted'],
    [{ user: '4294967295' }, 'egress/account'],
    [{ user: '-1' }, 'egress/account'],
    [{ user: 'Shop' }, 'egress/account'],
    [{ user: 'shop.api' }, 'egress/account'],
    [{ user: [], group: 'shop' }, 'accepted'],
    [{ user: [], group: 'root' }, 'egress/account'],
    [{ user: [], group: 'a b' }, 'egress/account'],
    [{ group: 'shop' }, 'egress/option'],

    [{ gateway: '127.0.0.1:4750', 'gateway-user': 'gateway' }, 'accepted'],
    [{ gateway: '127.0.0.1:4750' }, 'egress/option'],
    [{ gateway: '127.1.2.3:4750' }, 'egress/option'],
    [{ gateway: '[::1]:4750' }, 'egress/option'],
    [{ 'gateway-user': 'shop' }, 'egress/account'],
    [{ 'gateway-user': '1000' }, 'egress/account'],
    [{ user: '1000', 'gateway-user': '1001' }, 'accepted'],
    [{ user: '1000', 'gateway-user': '1000' }, 'egress/account'],
    [{ 'gateway-user': 'x y' }, 'egress/account'],
    [{ 'gateway-group': 'gateway' }, 'egress/option'],
    [{ user: [], group: 'shop', gateway: '127.0.0.1:1', 'gateway-group': 'gateway' }, 'accepted'],
    [{ user: [], group: 'shop', gateway: '127.0.0.1:1' }, 'egress/option'],
    [{ user: [], group: 'shop', 'gateway-user': 'gateway' }, 'egress/option'],

    [{ pods: 'app=shop' }, 'egress/option'],
    [{ namespace: 'shop' }, 'egress/option'],
  ])('given %j: %s', (typed, code) => {
    expect(codeOf({ ...packets, ...typed })).toBe(code);
  });
});

describe('a NetworkPolicy', () => {
  it.each<[Typed, string]>([
    [{}, 'accepted'],
    [{ user: 'shop' }, 'egress/option'],
    [{ group: 'shop' }, 'egress/option'],
    [{ 'gateway-user': 'shop' }, 'egress/option'],
    [{ 'gateway-group': 'shop' }, 'egress/option'],

    [{ pods: [] }, 'egress/option'],
    [{ pods: ['app=shop', 'tier=web'] }, 'egress/option'],
    [{ pods: 'app=shop,tier=web' }, 'accepted'],
    [{ pods: '' }, 'egress/labels'],
    [{ pods: 'app' }, 'egress/labels'],
    [{ pods: 'app=a=b' }, 'egress/labels'],
    [{ pods: 'app=a,app=b' }, 'egress/labels'],
    [{ pods: 'app=shop,' }, 'egress/labels'],
    [{ pods: '=shop' }, 'egress/labels'],
    [{ pods: '-app=shop' }, 'egress/labels'],
    [{ pods: 'app=sh op' }, 'egress/labels'],
    [{ pods: 'app!=shop' }, 'egress/labels'],
    [{ pods: '/app=shop' }, 'egress/labels'],
    [{ pods: 'Example.com/app=shop' }, 'egress/labels'],
    [{ pods: 'example.com/app=shop' }, 'accepted'],
    [{ pods: 'a/b/c=shop' }, 'egress/labels'],
    [{ pods: `app=${'a'.repeat(63)}` }, 'accepted'],
    [{ pods: `app=${'a'.repeat(64)}` }, 'egress/labels'],
    [{ pods: `${'a.'.repeat(127)}b/app=shop` }, 'egress/labels'],
    [{ pods: 'app=shop\n' }, 'egress/labels'],

    [{ namespace: [] }, 'egress/option'],
    [{ namespace: ['a', 'b'] }, 'egress/option'],
    [{ namespace: 'Shop' }, 'egress/labels'],
    [{ namespace: 'shop.eu' }, 'egress/labels'],
    [{ namespace: '' }, 'egress/labels'],
    [{ namespace: 'shop\n' }, 'egress/labels'],

    [{ gateway: ['10.0.0.5:4750', '10.0.0.0/28:4750', '[fd00:2::/120]:4750', 'app=gw:4750'] }, 'accepted'],
    [{ gateway: [] }, 'egress/option'],
    [{ gateway: 'gateway.egress.svc:4750' }, 'egress/name'],
    [{ gateway: '10.0.0.1/28:4750' }, 'egress/range'],
    [{ gateway: '[fd00:2::1/120]:4750' }, 'egress/range'],
    [{ gateway: '10.0.0.0/33:4750' }, 'egress/range'],
    [{ gateway: '10.0.0.0/08:4750' }, 'egress/range'],
    [{ gateway: '10.0.0.0/:4750' }, 'egress/range'],
    [{ gateway: '0.0.0.0/0:4750' }, 'egress/address'],
    [{ gateway: '10.0.0.0/8:4750' }, 'egress/range'],
    [{ gateway: '10.0.0.0/16:4750' }, 'accepted'],
    [{ gateway: '[2001:db8::/32]:4750' }, 'egress/range'],
    [{ gateway: '[2001:db8::/48]:4750' }, 'accepted'],
    [{ gateway: '169.254.0.0/16:80' }, 'egress/metadata'],
    [{ gateway: '169.254.169.254/32:80' }, 'egress/metadata'],
    [{ gateway: '169.254.129.16/28:80' }, 'egress/metadata'],
    [{ gateway: '[fd00:ec2::/64]:80' }, 'egress/metadata'],
    [{ gateway: '169.254.169.254:80' }, 'egress/metadata'],
    [{ gateway: 'app=gw@egress' }, 'egress/port'],
    [{ gateway: 'app=gw@egress:0' }, 'egress/port'],
    [{ gateway: 'app=gw@Egress:4750' }, 'egress/labels'],
    [{ gateway: 'app=gw@a@b:4750' }, 'egress/labels'],
    [{ gateway: 'app=gw@:4750' }, 'egress/labels'],
    // Selected by --pods as well: the gateway would be closed.
    [{ gateway: 'app=shop:4750' }, 'egress/labels'],
    [{ gateway: 'app=shop,role=gw@shop:4750' }, 'egress/labels'],
    [{ gateway: 'app=shop@egress:4750' }, 'accepted'],
    [{ pods: 'app=shop,role=web', gateway: 'app=shop,role=gw:4750' }, 'accepted'],

    [{ resolver: ['kube-dns', '169.254.20.10', 'k8s-app=dns@dns', 'k8s-app=dns@dns:5353'] }, 'accepted'],
    [{ resolver: 'coredns' }, 'egress/name'],
    [{ resolver: '10.0.0.0/28' }, 'egress/address'],
    [{ resolver: 'k8s-app=dns@dns:x' }, 'egress/port'],

    [{ allow: ['app=db:5432', '10.2.0.0/28:5432'] }, 'accepted'],
    [{ allow: 'db.shop.svc:5432' }, 'egress/name'],
    [{ allow: '0.0.0.0/1:5432' }, 'egress/address'],
    [{ allow: '128.0.0.0/1:5432' }, 'egress/range'],
  ])('given %j: %s', (typed, code) => {
    expect(codeOf({ ...pods, ...typed })).toBe(code);
  });
});

describe('nothing reaches a shell, a filter or a manifest', () => {
  const hostile = [
    '\n',
    '\r',
    '\0',
    ' ',
    ';',
    '#',
    '$(id)',
    '`id`',
    "'",
    '"',
    '\\',
    '{',
    '}',
    '|',
    '&',
    '\u2028',
    '\t',
  ];
  it.each(names)('by --%s', (name) => {
    for (const base of [packets, { ...packets, format: 'iptables' }, pods]) {
      const value = [base[name] ?? '192.0.2.7:80'].flat()[0] ?? '';
      for (const piece of hostile) {
        for (const odd of [
          `${value}${piece}`,
          `${piece}${value}`,
          `${value}${piece}x`,
          `${value[0]}${piece}${value.slice(1)}`,
        ]) {
          expect(codeOf({ ...base, [name]: odd }), JSON.stringify(odd)).not.toBe('accepted');
        }
      }
    }
  });
});

describe('the metadata services', () => {
  it('are those of bulwark/fetch', () => {
    const known = guarded.map(({ address }) => address).filter((address) => !address.startsWith('fe80'));
    expect([...metadataAddresses.ipv4, ...metadataAddresses.ipv6].sort()).toEqual([...known].sort());
  });
});
