import { Counter, Gauge, Histogram, type Metric } from './metrics.ts';

/** What is read at each scrape. */
export interface Readings {
  /** Under way, by role. */
  readonly tunnels: () => ReadonlyMap<string, number>;
  readonly requests: () => ReadonlyMap<string, number>;
  readonly connections: () => number;
  readonly ready: () => boolean;
}

export interface GatewayMetrics {
  readonly decisions: Counter;
  readonly bytes: Counter;
  readonly rateLimited: Counter;
  readonly authFailures: Counter;
  readonly reloads: Counter;
  readonly lostLines: Counter;
  readonly droppedConnections: Counter;
  readonly connectSeconds: Histogram;
  readonly text: () => string;
}

export function createGatewayMetrics(readings: Readings): GatewayMetrics {
  const own = {
    decisions: new Counter('bulwark_gateway_decisions_total', 'Attempts by role, outcome and code.'),
    bytes: new Counter(
      'bulwark_gateway_bytes_total',
      'Bytes of tunnels and bodies, out (sent by clients) and in.',
    ),
    rateLimited: new Counter('bulwark_gateway_rate_limited_total', 'Attempts beyond requestsPerSecond.'),
    authFailures: new Counter(
      'bulwark_gateway_auth_failures_total',
      'Attempts of clients that were not recognised.',
    ),
    reloads: new Counter(
      'bulwark_gateway_config_reloads_total',
      'Configurations that were read again, by result.',
    ),
    lostLines: new Counter(
      'bulwark_gateway_log_lost_total',
      'Lines of the decision log that could not be written.',
    ),
    droppedConnections: new Counter(
      'bulwark_gateway_dropped_connections_total',
      'Connections of clients beyond maxConnections.',
    ),
    connectSeconds: new Histogram(
      'bulwark_gateway_connect_seconds',
      'Resolving and connecting, where it succeeded.',
      [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    ),
  };
  // Present from the start, so that an alert on their growth does not miss the first one.
  for (const result of ['ok', 'failed']) own.reloads.add({ result }, 0);
  own.authFailures.add({}, 0);
  own.lostLines.add({}, 0);
  own.droppedConnections.add({}, 0);
  const gauges: readonly Metric[] = [
    new Gauge('bulwark_gateway_open_tunnels', 'Tunnels under way.', () => byRole(readings.tunnels())),
    new Gauge('bulwark_gateway_open_requests', 'Plain requests under way.', () =>
      byRole(readings.requests()),
    ),
    new Gauge('bulwark_gateway_client_connections', 'Connections of clients.', () => [
      [{}, readings.connections()],
    ]),
    new Gauge('bulwark_gateway_ready', '1 while it accepts requests.', () => [
      [{}, readings.ready() ? 1 : 0],
    ]),
  ];
  const all: readonly Metric[] = [...Object.values(own), ...gauges];
  return { ...own, text: () => all.map((metric) => metric.text()).join('') };
}

function byRole(counts: ReadonlyMap<string, number>): [{ role: string }, number][] {
  return [...counts].map(([role, count]) => [{ role }, count]);
}
