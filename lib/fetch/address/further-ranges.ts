import type { SpecialRange } from './ranges.ts';

/**
 * What the registries do not list, or list as globally reachable, and a server must not be sent to. Where a block stands
 * in both, this one decides.
 */
export const furtherRanges: readonly SpecialRange[] = [
  { block: '224.0.0.0/4', name: 'Multicast', source: 'RFC 1112', reachable: false },
  { block: 'ff00::/8', name: 'Multicast', source: 'RFC 4291', reachable: false },
  { block: 'fec0::/10', name: 'Site-local (deprecated)', source: 'RFC 3879', reachable: false },
  { block: '::/96', name: 'IPv4-compatible (deprecated)', source: 'RFC 4291', reachable: false },
  { block: '::ffff:0:0:0/96', name: 'IPv4-translated', source: 'RFC 2765', reachable: false },
  // Names of hosts and of drones in the form of an address: nobody routes them, but a local overlay may answer for them.
  { block: '2001:20::/28', name: 'ORCHIDv2 identifiers', source: 'RFC 7343', reachable: false },
  { block: '2001:30::/28', name: 'Drone identifiers (DETs)', source: 'RFC 9374', reachable: false },
];
