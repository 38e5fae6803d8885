import { hostname as machineName } from 'node:os';
import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { whole } from '../whole.ts';
import type { TlsOptions } from './dial.ts';
import type { Shape, Sink } from './sink.ts';
import { syslogFormat } from './syslog-message.ts';
import { datagramTransport, streamTransport } from './syslog-transport.ts';

export interface SyslogOptions {
  readonly host: string;
  /** 514 for udp, 601 for tcp and 6514 for tls unless told. */
  readonly port?: number;
  readonly protocol: 'udp' | 'tcp' | 'tls';
  /** For tls: authorities, a client's certificate, the name that the server's has. It is always verified. */
  readonly tls?: TlsOptions;
  /** 10 (security and authorization) by default. */
  readonly facility?: number;
  /** The machine's name unless told. */
  readonly hostname?: string;
  /** `bulwark` by default. */
  readonly appName?: string;
  /** Names the structured data. 32473, the number for examples (RFC 5612), unless told yours. */
  readonly enterpriseNumber?: number;
  /** Of one message. 2,048 for udp (RFC 5426, section 3.2) and 8,192 for the others by default; 480 at least. */
  readonly maxBytes?: number;
  /** Makes the text of the message, as JSON. The sentence of the catalogue by default. */
  readonly shape?: Shape;
  /** For one batch, the look-up of the name and the connection included. 4,000 milliseconds by default. */
  readonly timeoutMs?: number;
  /** How long no connection is tried after one failed. 1,000 milliseconds by default. */
  readonly reconnectMs?: number;
}

const names = ['host', 'port', 'protocol', 'tls', 'facility', 'hostname', 'appName'] as const;
const bounds = ['enterpriseNumber', 'maxBytes', 'shape', 'timeoutMs', 'reconnectMs'] as const;
const ports = { udp: 514, tcp: 601, tls: 6514 } as const;

/**
 * Messages of RFC 5424, one an event: over udp a datagram each (RFC 5426), over tcp and tls with their length in front
 * (RFC 6587, section 3.4.1; RFC 5425), on one connection that is opened again where it ended.
 *
 * Guarantee: no message is longer than `maxBytes`, and nothing in an event ends a message or a value early. Over udp, what
 * counts as written has left this process: a receiver that is busy for a moment loses datagrams, and nobody learns of it.
 *
 * @throws {Misuse} for options that make no sense, or that there are not.
 *
 * @example
 * ```ts
 * import { configureEvents, syslogSink } from 'bulwark/event';
 *
 * configureEvents({ sinks: [syslogSink({ host: 'logs.example.com', protocol: 'tls' })] });
 * // <83>1 2026-11-24T16:13:55.868Z web-1 bulwark 4711 fetch/private-address [bulwark@32473 id="5b0c..." ...] ...
 * ```
 */
export function syslogSink(options: SyslogOptions): Sink {
  const own = knownOptions(options, [...names, ...bounds]);
  const { host, protocol, shape } = own;
  if (typeof host !== 'string' || host === '')
    throw new Misuse('bulwark/invalid-option', 'host takes a name or an address.');
  if (protocol === undefined || !Object.hasOwn(ports, protocol))
    throw new Misuse('bulwark/invalid-option', "protocol takes 'udp', 'tcp' or 'tls'.");
  const tls = knownOptions(own.tls ?? {}, ['ca', 'cert', 'key', 'passphrase', 'servername']);
  const port = whole('port', own.port ?? ports[protocol], 65_535);
  const timeoutMs = whole('timeoutMs', own.timeoutMs ?? 4_000, 600_000);
  const reconnectMs = whole('reconnectMs', own.reconnectMs ?? 1_000, 600_000, 0);
  const format = syslogFormat({
    facility: whole('facility', own.facility ?? 10, 23, 0),
    hostname: own.hostname ?? machineName(),
    appName: own.appName ?? 'bulwark',
    enterpriseNumber: whole('enterpriseNumber', own.enterpriseNumber ?? 32_473, 2 ** 32),
    maxBytes: whole('maxBytes', own.maxBytes ?? (protocol === 'udp' ? 2_048 : 8_192), 65_000, 480),
    shape,
  });
  const transport =
    protocol === 'udp'
      ? datagramTransport({ host, port, timeoutMs })
      : streamTransport({ host, port, timeoutMs, reconnectMs, tls: protocol === 'tls' ? tls : undefined });
  return {
    name: `syslog ${protocol} ${host}:${port}`,
    gatherMs: 100,
    // Written out only once there is a connection: a receiver that is away costs no more than asking for it.
    write: (events) => transport.send(() => events.map(format)),
    close: () => transport.close(),
  };
}
