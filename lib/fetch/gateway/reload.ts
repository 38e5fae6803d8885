import { invalidAt } from './config/config-fields.ts';
import { decideAgain, rulesOf } from './decide-again.ts';
import type { Gate } from './gate.ts';
import type { Endpoint, GatewaySettings } from './gateway-settings.ts';
import { useRoles } from './role-use.ts';

/** What became of the tunnels under way. */
export interface ReloadReport {
  readonly kept: number;
  /** Closed, as their client is no longer of their role or their destination is no longer allowed. */
  readonly closed: number;
}

/** Puts new rules in force: at once for requests, and for the tunnels that are open. Throws before it changes anything. */
export function reloadGate(gate: Gate, next: GatewaySettings): ReloadReport {
  const former = gate.settings;
  sameEndpoint('listen', former.listen, next.listen);
  sameEndpoint('admin', former.admin, next.admin);
  if ((former.tls === undefined) !== (next.tls === undefined)) throw restart('listen.tls');
  // Clients are asked for a certificate from the first connection on, or not at all.
  if ((former.tls?.clientCa === undefined) !== (next.tls?.clientCa === undefined))
    throw restart('listen.tls.clientCa');
  for (const { agents } of gate.roles.values()) agents.retire();
  const before = rulesOf(gate);
  gate.settings = next;
  gate.roles = useRoles(next.roles, gate.roles, performance.now());
  gate.names.setLimit(next.limits.maxLookups);
  gate.log.reopen(next.logFile);
  // Connections that are busy outlive it, and what the former authority signed says nothing any more.
  if (!same(former.tls?.clientCa, next.tls?.clientCa)) gate.certificates = new WeakMap();
  const denied = [...gate.tunnels].filter((tunnel) => decideAgain(tunnel, before, gate));
  for (const tunnel of denied) tunnel.close('reloaded');
  return { kept: gate.tunnels.size - denied.length, closed: denied.length };
}

function sameEndpoint(place: string, a: Endpoint | undefined, b: Endpoint | undefined): void {
  if (a?.host !== b?.host || a?.port !== b?.port) throw restart(place);
}

function restart(place: string): Error {
  return invalidAt(
    place,
    'This changes where or how the gateway listens, and takes effect by a restart alone.',
  );
}

function same(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b);
}
