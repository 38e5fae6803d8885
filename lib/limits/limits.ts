import type { Socket } from 'node:net';
import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { trustedPeers } from '../request/trusted-peers.ts';
import { countConnections } from './count-connections.ts';
import { isLimited, markLimited } from './limited-servers.ts';
import { wholeNumber } from './whole-number.ts';

export interface ServerLimits {
  /** The most bytes of a request's target and header lines. 16,384 by default, as Node has it. */
  readonly maxHeaderBytes?: number;
  /** How long a client may take to send its header lines. 20,000 milliseconds by default. */
  readonly headersTimeoutMs?: number;
  /** How long a client may take to send a whole request. 300,000 by default, as Node has it; a slow upload takes long. */
  readonly requestTimeoutMs?: number;
  /**
   * How long an idle connection is kept. 5,000 by default, as Node has it. Behind a load balancer, set more than its own: 65,000 for most.
   */
  readonly keepAliveTimeoutMs?: number;
  /** How many requests one connection may carry. 10,000 by default. */
  readonly maxRequestsPerSocket?: number;
  /** How many connections the server holds. 10,000 by default. */
  readonly maxConnections?: number;
  /**
   * How many of them one public address may hold, or one /64 of IPv6. 1,000 by default. Private addresses and Unix sockets are not counted,
   * because they are usually your proxy. Name the ranges of a public proxy in `countNot`, or set 0 for no limit.
   */
  readonly maxConnectionsPerAddress?: number;
  /** Networks of proxies that are not counted, such as a CDN's, as in `trustedProxies.from`. */
  readonly countNot?: readonly string[];
}

/** The parts of a server of `node:http` or `node:https` that are set. */
export interface LimitedServer {
  maxHeaderSize?: number;
  headersTimeout: number;
  requestTimeout: number;
  keepAliveTimeout: number;
  maxRequestsPerSocket: number | null;
  maxConnections: number;
  on(event: 'connection' | 'drop', listener: (socket: Socket) => void): unknown;
}

/**
 * Sets what only a server can: sizes and times of requests whose headers have not arrived, which no middleware sees, and numbers of connections.
 * Slow clients (slowloris), floods of header lines, and one client with thousands of connections then leave room for others.
 *
 * Node looks for late clients every 30 seconds, so that one is cut up to 30 seconds after its time. Create the server with
 * `{ connectionsCheckingInterval: 5_000 }` to look more often. Call this before `listen`, or right after it.
 *
 * @returns the server
 * @throws Misuse `bulwark/invalid-option`, also for a server that has limits already
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { limits } from 'bulwark/limits';
 *
 * const server = createServer((req, res) => res.end('hello'));
 * limits(server).listen(8080);
 * server.headersTimeout; // 20000
 * ```
 */
export function limits<S extends LimitedServer>(server: S, options: ServerLimits = {}): S {
  const own = knownOptions(options, [
    ...(['maxHeaderBytes', 'headersTimeoutMs', 'requestTimeoutMs', 'keepAliveTimeoutMs'] as const),
    ...(['maxRequestsPerSocket', 'maxConnections', 'maxConnectionsPerAddress', 'countNot'] as const),
  ]);
  if (typeof server?.on !== 'function' || typeof server.headersTimeout !== 'number') {
    throw new Misuse('bulwark/invalid-option', 'limits takes a server of node:http or node:https.');
  }
  if (isLimited(server))
    throw new Misuse('bulwark/invalid-option', 'limits was already called for this server.');
  const day = 86_400_000;
  const requestTimeout = wholeNumber('requestTimeoutMs', own.requestTimeoutMs ?? 300_000, 1, day);
  const headersTimeout = wholeNumber('headersTimeoutMs', own.headersTimeoutMs ?? 20_000, 1, day);
  if (headersTimeout > requestTimeout) {
    throw new Misuse(
      'bulwark/invalid-option',
      'headersTimeoutMs is at most requestTimeoutMs, which includes it.',
    );
  }
  const maxConnections = wholeNumber('maxConnections', own.maxConnections ?? 10_000, 1, 1_000_000);
  const perAddress = wholeNumber(
    'maxConnectionsPerAddress',
    own.maxConnectionsPerAddress ?? 1_000,
    0,
    1_000_000,
  );
  const maxHeaderSize = wholeNumber('maxHeaderBytes', own.maxHeaderBytes ?? 16_384, 1_024, 1_048_576);
  const keepAliveTimeout = wholeNumber('keepAliveTimeoutMs', own.keepAliveTimeoutMs ?? 5_000, 1, day);
  const maxRequestsPerSocket = wholeNumber(
    'maxRequestsPerSocket',
    own.maxRequestsPerSocket ?? 10_000,
    1,
    1e9,
  );
  const countNot: unknown = own.countNot ?? [];
  if (!Array.isArray(countNot))
    throw new Misuse('bulwark/invalid-option', 'countNot takes a list of networks.');
  const isProxy = trustedPeers(['private', ...countNot], 'countNot');
  countConnections(server, { perAddress, isProxy });

  Object.assign(server, { maxHeaderSize, headersTimeout, requestTimeout, keepAliveTimeout });
  Object.assign(server, { maxRequestsPerSocket, maxConnections });
  markLimited(server);
  return server;
}
