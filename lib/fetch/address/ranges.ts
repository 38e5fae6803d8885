// Generated from checks/ranges/iana-special-purpose.tsv; `npx tsx checks/ranges/write-ranges.ts` writes it.

export interface SpecialRange {
  readonly block: string;
  readonly name: string;
  readonly source: string;
  readonly reachable: boolean;
}

/**
 * The IANA IPv4 and IPv6 Special-Purpose Address Registries as of 2026-11-24
 * (https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry). `reachable` is their
 * column "Globally Reachable", with N/A as false; a longer prefix overrides.
 *
 * Two rows are left out, because `classify` reads the IPv4 address inside instead: `::ffff:0:0/96` (IPv4-mapped) and
 * `64:ff9b::/96` (NAT64).
 */
export const specialRanges: readonly SpecialRange[] = [
  { block: '0.0.0.0/8', name: 'This network', source: 'RFC 791', reachable: false },
  { block: '0.0.0.0/32', name: 'This host on this network', source: 'RFC 1122', reachable: false },
  { block: '10.0.0.0/8', name: 'Private-Use', source: 'RFC 1918', reachable: false },
  { block: '100.64.0.0/10', name: 'Shared Address Space', source: 'RFC 6598', reachable: false },
  { block: '127.0.0.0/8', name: 'Loopback', source: 'RFC 1122', reachable: false },
  { block: '169.254.0.0/16', name: 'Link Local', source: 'RFC 3927', reachable: false },
  { block: '172.16.0.0/12', name: 'Private-Use', source: 'RFC 1918', reachable: false },
  { block: '192.0.0.0/24', name: 'IETF Protocol Assignments', source: 'RFC 6890', reachable: false },
  { block: '192.0.0.0/29', name: 'IPv4 Service Continuity Prefix', source: 'RFC 7335', reachable: false },
  { block: '192.0.0.8/32', name: 'IPv4 dummy address', source: 'RFC 7600', reachable: false },
  { block: '192.0.0.9/32', name: 'Port Control Protocol Anycast', source: 'RFC 7723', reachable: true },
  {
    block: '192.0.0.10/32',
    name: 'Traversal Using Relays around NAT Anycast',
    source: 'RFC 8155',
    reachable: true,
  },
  { block: '192.0.0.170/32', name: 'NAT64/DNS64 Discovery', source: 'RFC 8880', reachable: false },
  { block: '192.0.0.171/32', name: 'NAT64/DNS64 Discovery', source: 'RFC 8880', reachable: false },
  { block: '192.0.2.0/24', name: 'Documentation (TEST-NET-1)', source: 'RFC 5737', reachable: false },
  { block: '192.31.196.0/24', name: 'AS112-v4', source: 'RFC 7535', reachable: true },
  { block: '192.52.193.0/24', name: 'AMT', source: 'RFC 7450', reachable: true },
  { block: '192.88.99.0/24', name: 'Deprecated (6to4 Relay Anycast)', source: 'RFC 7526', reachable: false },
  { block: '192.88.99.2/32', name: '6a44-relay anycast address', source: 'RFC 6751', reachable: false },
  { block: '192.168.0.0/16', name: 'Private-Use', source: 'RFC 1918', reachable: false },
  { block: '192.175.48.0/24', name: 'Direct Delegation AS112 Service', source: 'RFC 7534', reachable: true },
  { block: '198.18.0.0/15', name: 'Benchmarking', source: 'RFC 2544', reachable: false },
  { block: '198.51.100.0/24', name: 'Documentation (TEST-NET-2)', source: 'RFC 5737', reachable: false },
  { block: '203.0.113.0/24', name: 'Documentation (TEST-NET-3)', source: 'RFC 5737', reachable: false },
  { block: '240.0.0.0/4', name: 'Reserved', source: 'RFC 1112', reachable: false },
  { block: '255.255.255.255/32', name: 'Limited Broadcast', source: 'RFC 8190', reachable: false },
  { block: '::1/128', name: 'Loopback Address', source: 'RFC 4291', reachable: false },
  { block: '::/128', name: 'Unspecified Address', source: 'RFC 4291', reachable: false },
  { block: '64:ff9b:1::/48', name: 'IPv4-IPv6 Translat.', source: 'RFC 8215', reachable: false },
  { block: '100::/64', name: 'Discard-Only Address Block', source: 'RFC 6666', reachable: false },
  { block: '100:0:0:1::/64', name: 'Dummy IPv6 Prefix', source: 'RFC 9780', reachable: false },
  { block: '2001::/23', name: 'IETF Protocol Assignments', source: 'RFC 2928', reachable: false },
  { block: '2001::/32', name: 'TEREDO', source: 'RFC 4380', reachable: false },
  { block: '2001:1::1/128', name: 'Port Control Protocol Anycast', source: 'RFC 7723', reachable: true },
  {
    block: '2001:1::2/128',
    name: 'Traversal Using Relays around NAT Anycast',
    source: 'RFC 8155',
    reachable: true,
  },
  {
    block: '2001:1::3/128',
    name: 'DNS-SD Service Registration Protocol Anycast',
    source: 'RFC 9665',
    reachable: true,
  },
  { block: '2001:2::/48', name: 'Benchmarking', source: 'RFC 5180', reachable: false },
  { block: '2001:3::/32', name: 'AMT', source: 'RFC 7450', reachable: true },
  { block: '2001:4:112::/48', name: 'AS112-v6', source: 'RFC 7535', reachable: true },
  { block: '2001:10::/28', name: 'Deprecated (previously ORCHID)', source: 'RFC 4843', reachable: false },
  { block: '2001:20::/28', name: 'ORCHIDv2', source: 'RFC 7343', reachable: true },
  {
    block: '2001:30::/28',
    name: 'Drone Remote ID Protocol Entity Tags (DETs) Prefix',
    source: 'RFC 9374',
    reachable: true,
  },
  { block: '2001:db8::/32', name: 'Documentation', source: 'RFC 3849', reachable: false },
  { block: '2002::/16', name: '6to4', source: 'RFC 3056', reachable: false },
  {
    block: '2620:4f:8000::/48',
    name: 'Direct Delegation AS112 Service',
    source: 'RFC 7534',
    reachable: true,
  },
  { block: '3fff::/20', name: 'Documentation', source: 'RFC 9637', reachable: false },
  { block: '5f00::/16', name: 'Segment Routing (SRv6) SIDs', source: 'RFC 9602', reachable: false },
  { block: 'fc00::/7', name: 'Unique-Local', source: 'RFC 4193', reachable: false },
  { block: 'fe80::/10', name: 'Link-Local Unicast', source: 'RFC 4291', reachable: false },
];
