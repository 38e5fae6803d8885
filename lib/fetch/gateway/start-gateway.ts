import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { knownOptions } from '../../internal/known-options.ts';
import { createAdminServer } from './admin-server.ts';
import { createGate, type Gate } from './gate.ts';
import type { GatewayConfig } from './gateway-config.ts';
import { type Endpoint, type GatewaySettings, parseGatewayConfig } from './gateway-settings.ts';
import { createProxyServer, type ProxyServer } from './proxy-server.ts';
import { type ReloadReport, reloadGate } from './reload.ts';

/** A running gateway. */
export interface Gateway {
  /** The port of clients. */
  readonly port: number;
  /** Of /health, /ready and /metrics, where the configuration has one. */
  readonly adminPort: number | undefined;
  /**
   * Puts another configuration in force without closing the port. Tunnels go on, but for those whose client is no longer
   * of their role or whose destination is no longer allowed. Throws `Misuse`, and keeps the former, where it is wrong or
   * would listen elsewhere.
   */
  reload(config: GatewayConfig): Promise<ReloadReport>;
  /**
   * Accepts nothing more, waits for what is under way up to `drainMs` (of the limits, where not given), closes the rest,
   * and writes the log out. Called again, it waits no longer.
   */
  close(options?: { readonly drainMs?: number }): Promise<void>;
}

/**
 * Starts an egress proxy for programs in any language: plain requests (`GET http://...`) and tunnels (`CONNECT`).
 *
 * Guarantee: nothing is connected but addresses that the client's role allows: resolved once, every answer checked, the
 * peer checked again. Private addresses and cloud metadata are refused whatever the role's action is, unless
 * `allowPrivate` names them; the gateway's own ports always. Every attempt has a line in the log.
 *
 * Inside a tunnel nothing is seen: neither redirects nor bodies, as TLS is not opened. A redirect leads the client to
 * ask again, and that is decided again.
 *
 * @param options.folder what paths of files in the configuration are relative to; the working directory by default
 * @throws {Misuse} `gateway/invalid-config`, with the place of the value. Rejects with the system's error where a port
 * is taken.
 *
 * @example
 * ```ts
 * import { startGateway } from 'bulwark/fetch/gateway';
 *
 * const gateway = await startGateway({
 *   listen: { port: 0 },
 *   roles: [{ name: 'previews', anonymous: true, hosts: 'public' }],
 * });
 * console.log(gateway.port); // 41253, or whatever was free
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

/** The same for a configuration that was read and checked. */
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
