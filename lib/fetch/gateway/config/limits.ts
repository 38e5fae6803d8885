import { fieldAt, readFields, readWhole } from './config-fields.ts';
import type { GatewayLimits } from './gateway-config.ts';

export type Limits = Required<GatewayLimits>;

const longestTimer = 2 ** 31 - 1;

/** Each limit with its default, its least and its most. */
const known: { readonly [Name in keyof Limits]: readonly [usual: number, least: number, most: number] } = {
  maxTunnels: [2_000, 1, 1_000_000],
  maxTunnelsPerRole: [1_000, 1, 1_000_000],
  maxConnections: [4_000, 1, 1_000_000],
  requestsPerSecond: [1_000, 1, 1_000_000],
  maxLookups: [256, 1, 10_000],
  idleMs: [60_000, 10, longestTimer],
  tunnelMs: [3_600_000, 10, longestTimer],
  connectTimeoutMs: [5_000, 10, 120_000],
  headerTimeoutMs: [10_000, 10, 120_000],
  keepAliveMs: [5_000, 10, 120_000],
  maxHeaderBytes: [16_384, 1_024, 131_072],
  drainMs: [30_000, 0, 3_600_000],
};

export function parseLimits(given: unknown): Limits {
  const names = Object.keys(known) as (keyof Limits)[];
  const fields = readFields(given, 'limits', names);
  const limits = names.map((name) => {
    const [usual, least, most] = known[name];
    const value = fields[name];
    return [name, value === undefined ? usual : readWhole(value, fieldAt('limits', name), least, most)];
  });
  return Object.freeze(Object.fromEntries(limits) as Limits);
}
