import { otlpSink, type RecorderOptions, type Sink, syslogSink, webhookSink } from '../../lib/event/index.ts';
import type { Ports } from './receivers.ts';

export interface SinkCase {
  readonly name: string;
  /** Made anew for each round. */
  readonly options: () => RecorderOptions;
}

/** Each sink of the network, alone and all together, with a receiver in each kind of trouble. */
export function sinkCases(ports: Ports): SinkCase[] {
  const url = (path: string): string => `http://127.0.0.1:${ports.http}/${path}`;
  const post = { fetch, timeoutMs: 100 };
  const otlp = (path: string): Sink => otlpSink({ ...post, url: url(path) });
  // Each client is an alert: the most that a threshold can make of a flood.
  const webhook = (path: string): Sink =>
    webhookSink({ ...post, url: url(path), threshold: { count: 1, windowMs: 60_000 } });
  const syslog = (port: number, protocol: 'tcp' | 'tls' = 'tcp'): Sink =>
    syslogSink({ host: '127.0.0.1', port, protocol, timeoutMs: 100 });
  const options = { sinkTimeoutMs: 200 };
  // Nobody listens on the first port.
  const away = 1;
  const made = (name: string, sinks: () => Sink[], more: Partial<RecorderOptions> = {}): SinkCase => ({
    name,
    options: () => ({ ...options, ...more, sinks: sinks() }),
  });
  const small = { maxQueue: 500 };
  return [
    made('no sink', () => []),
    made('otlp, answers', () => [otlp('ok')]),
    made('otlp, hangs', () => [otlp('hang')]),
    made('otlp, fails', () => [otlp('fail')]),
    made('otlp, flooded', () => [otlp('slow')], small),
    made('webhook, answers', () => [webhook('ok')]),
    made('webhook, hangs', () => [webhook('hang')]),
    made('webhook, fails', () => [webhook('fail')]),
    made('webhook, flooded', () => [webhook('slow')], small),
    made('syslog tcp, answers', () => [syslog(ports.syslog)]),
    made('syslog tcp, reads nothing', () => [syslog(ports.deaf)]),
    made('syslog tls, hangs', () => [syslog(ports.deaf, 'tls')]),
    made('syslog tcp, is away', () => [syslog(away)]),
    made('syslog tcp, flooded', () => [syslog(ports.slow)], small),
    made('all three, answering', () => [otlp('ok'), webhook('ok'), syslog(ports.syslog)]),
    made('all three, hanging', () => [otlp('hang'), webhook('hang'), syslog(ports.deaf)]),
    made('all three, failing', () => [otlp('fail'), webhook('fail'), syslog(away)]),
    made('all three, flooded', () => [otlp('slow'), webhook('slow'), syslog(ports.slow)], small),
  ];
}
