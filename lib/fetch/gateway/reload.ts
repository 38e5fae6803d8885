import { findRole } from './authenticate.ts';
import { invalidAt } from './config-fields.ts';
import { decideRequest, decideResolved } from './decide-role.ts';
import type { Gate } from './gate.ts';
import type { Endpoint, GatewaySettings } from './gateway-settings.ts';
import { useRoles } from './role-use.ts';
import type { Tunnel } from './tunnel.ts';

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
  gate.settings = next;
  gate.roles = useRoles(next.roles, gate.roles, performance.now());
  gate.names.setLimit(next.limits.maxLookups);
  gate.log.reopen(next.logFile);
  const newCa = !same(former.tls?.clientCa, next.tls?.clientCa);
  const denied = [...gate.tunnels].filter((tunnel) => !stillAllowed(tunnel, next, newCa));
  for (const tunnel of denied) tunnel.close('reloaded');
  return { kept: gate.tunnels.size - denied.length, closed: denied.length };
}

function stillAllowed(
  { attempt, shown, answers }: Tunnel,
  { roles }: GatewaySettings,
  newCa: boolean,
): boolean {
  // Another authority: nobody here knows whether it would have signed the certificate.
  const role = findRole(roles, newCa ? { ...shown, certificate: undefined } : shown, 'CONNECT');
  if ('allow' in role || role.name !== attempt.role?.name) return false;
  if (decideRequest(role, 'CONNECT', attempt).denied) return false;
  return decideResolved(role, answers, attempt).denied === undefined;
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
