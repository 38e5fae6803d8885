import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { knownOptions } from '../../internal/known-options.ts';
import { createAdminServer } from './admin-server.ts';
import type { GatewayConfig } from './config/gateway-config.ts';
import { createGate, type Gate } from './gate.ts';
import { type Endpoint, type GatewaySettings, parseGatewayConfig } from './gateway-settings.ts';
import { createProxyServer, type ProxyServer } from './proxy-server.ts';
import { type ReloadReport, reloadGate } from './reload.ts';

/** A running gateway. */
export interface Gateway {
  /** The port that clients connect to. */
  readonly port: number;
  /** The port of /health, /ready and /metrics, if the configuration has one. */
  readonly adminPort: number | undefined;
  /**
   * Applies another configuration without closing the port. Tunnels stay open, except those whose client has another role now
   * or whose destination is no longer allowed. If the configuration is invalid or changes ports, it throws `Misuse` and keeps the
   * old one.
   */
  reload(config: GatewayConfig): Promise<ReloadReport>;
  /**
   * Stops accepting connections, waits up to `drainMs` (by default, the one in the limits) for open requests, closes the rest,
   * and flushes the log. A second call stops the waiting.
   */
  close(options?: { readonly drainMs?: number }): Promise<void>;
}

/**
 * Starts an egress proxy for programs in any language: plain requests (`GET http://...`) and tunnels (`CONNECT`).
 *
 * Guarantee: the gateway connects only to addresses that the client's role allows. A name is resolved once, every answer is checked,
 * and the peer's address is compared once more. Private addresses and cloud metadata are refused whatever the role's action, unless
 * `allowPrivate` names them. The gateway's own ports are always refused. Every attempt is logged.
 *
 * The gateway does not decrypt TLS, so it sees neither redirects nor bodies inside a tunnel. A redirect to another host makes the client
 * ask for another tunnel, which is checked again.
 *
 * @param options.folder the folder that file paths in the configuration are relative to; the working directory by default
 * @throws {Misuse} `gateway/invalid-config`, with the place of the value. Rejects with the system's error if a port
 * is in use.
 *
 * @example
 * ```ts
 * import { startGateway } from 'bulwark/fetch/gateway';
 *
 * const gateway = await startGateway({
 *   listen: { port: 0 },
 *   roles: [{ name: 'previews', anonymous: true, hosts: 'public' }],
 * });
 * console.log(gateway.port); // 41253, for example: a free port
 * await gateway.close();
 * ```
 */
export async function startGateway(
  config: GatewayConfig,
  options: { readonly folder?: string } = {},
): Promise<Gateway> {
  const { folder = process.cwd() } = knownOptions(options, ['folder']);
  const gateway = await startSettings(parseGatewayConfig(config, folder));
  return Object.freeze({
    ...gateway,
    reload: async (next: GatewayConfig) => gateway.reload(parseGatewayConfig(next, folder)),
  });
}

/** The same for a configuration that was already parsed and checked. */
export interface SettledGateway extends Omit<Gateway, 'reload'> {
  reload(settings: GatewaySettings): ReloadReport;
  /** Counts a configuration that could not even be read. */
  reloadFailed(): void;
}

export async function startSettings(settings: GatewaySettings): Promise<SettledGateway> {
  const proxy: ProxyServer = createProxyServer(settings, () => gate);
  const gate: Gate = createGate(settings, () => proxy.sockets.size);
  const admin = settings.admin && createAdminServer(gate);
  try {
    await listen(proxy.server, settings.listen);
    if (admin && settings.admin) await listen(admin, settings.admin);
  } catch (error) {
    proxy.server.close();
    admin?.close();
    throw error;
  }
  const adminPort = admin && portOf(admin);
  gate.ownPorts = [portOf(proxy.server), ...(adminPort === undefined ? [] : [adminPort])];
  let closing: Promise<void> | undefined;
  let hurry = (): void => {};
  return {
    port: portOf(proxy.server),
    adminPort,
    reload(next) {
      try {
        const report = reloadGate(gate, next);
        proxy.apply(next);
        // A kept connection would go on under the limits and the certificate of before.
        proxy.server.closeIdleConnections();
        gate.metrics.reloads.add({ result: 'ok' });
        return report;
      } catch (error) {
        gate.metrics.reloads.add({ result: 'failed' });
        throw error;
      }
    },
    reloadFailed: () => gate.metrics.reloads.add({ result: 'failed' }),
    close({ drainMs = gate.settings.limits.drainMs } = {}) {
      if (closing) hurry();
      closing ??= stop(gate, proxy, admin, drainMs, (now) => {
        hurry = now;
      });
      return closing;
    },
  };
}

async function stop(
  gate: Gate,
  { server, sockets }: ProxyServer,
  admin: Server | undefined,
  drainMs: number,
  onHurry: (now: () => void) => void,
): Promise<void> {
  gate.stopping = true;
  server.close();
  server.closeIdleConnections();
  // To Node, who has not said anything yet is about to.
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  await new Promise<void>((done) => {
    const idle = setInterval(() => {
      server.closeIdleConnections();
      if (sockets.size === 0) finish();
    }, 20);
    const late = setTimeout(finish, drainMs);
    function finish(): void {
      clearInterval(idle);
      clearTimeout(late);
      done();
    }
    onHurry(finish);
  });
  const closed = [...sockets].map((socket) => new Promise((done) => socket.once('close', done)));
  for (const tunnel of gate.tunnels) tunnel.close('stopped');
  for (const socket of sockets) socket.destroy();
  for (const { agents } of gate.roles.values()) agents.retire();
  await Promise.all(closed);
  // The upstream sides close in the next turn, and write their lines.
  await new Promise((done) => setTimeout(done, 20));
  admin?.close();
  admin?.closeAllConnections();
  await gate.log.close(1_000);
}

function listen(server: Server, { host, port }: Endpoint): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      done();
    });
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
