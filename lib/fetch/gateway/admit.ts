import type { IncomingMessage } from 'node:http';
import { type Denied, deny } from '../../refusal/decision.ts';
import { valuesOf } from './answer/hop-by-hop.ts';
import { addressOf, type Gate } from './gate.ts';
import type { Attempt } from './log/decision-line.ts';
import { readAbsoluteForm, readAuthority, type Target } from './request-target.ts';
import { findRole, nameOf, readShown, type Shown } from './role/authenticate.ts';
import { decideRequest } from './role/decide-role.ts';
import type { RoleUse } from './role-use.ts';

/** A request that may go on to its destination, as far as it can be said before anything is resolved. */
export interface Admitted {
  readonly attempt: Attempt;
  readonly target: Target;
  readonly use: RoleUse;
  readonly shown: Shown;
  readonly wouldDeny: Denied | undefined;
}

export interface NotAdmitted {
  readonly attempt: Attempt;
  readonly denied: Denied;
  readonly retryAfter?: number;
}

/** Who asks, how often, what for, and whether the rules say yes: in this order, so that strangers learn nothing. */
export function admit(gate: Gate, request: IncomingMessage): Admitted | NotAdmitted {
  const { socket, rawHeaders } = request;
  const method = request.method ?? '';
  const tunnel = method === 'CONNECT';
  const shown = readShown(valuesOf(rawHeaders, 'proxy-authorization'), gate.certificates.get(socket));
  const stranger: Attempt = {
    ...{ id: gate.nextId(), role: undefined, principal: nameOf(shown), method, host: '', port: 0 },
    ...{ client: addressOf(socket), startedAt: performance.now() },
  };
  const role = findRole(gate.settings.roles, shown, method);
  if ('allow' in role) return { attempt: stranger, denied: role };
  const known: Attempt = { ...stranger, role };
  const use = gate.roles.get(role.name) as RoleUse;

  const wait = use.bucket.take(performance.now());
  if (wait > 0) {
    const limit = role.requestsPerSecond;
    const denied = deny('gateway/rate-limited', { role: role.name, method, limit });
    return { attempt: known, denied, retryAfter: Math.max(1, wait) };
  }
  const text = request.url ?? '';
  const target = tunnel ? readAuthority(text) : readAbsoluteForm(text, method);
  if ('allow' in target) return { attempt: known, denied: target };
  const attempt: Attempt = { ...known, host: target.host, port: target.port };
  const denied = shapeOf(request, tunnel) ?? loopOf(gate, request, attempt) ?? crowdOf(gate, use, method);
  if (denied) return { attempt, denied };
  const verdict = decideRequest(role, method, target);
  if (verdict.denied) return { attempt, denied: verdict.denied };
  return { attempt, target, use, shown, wouldDeny: verdict.wouldDeny };
}

/** What Node's parser lets through and another one could read in another way. */
function shapeOf(
  { method = '', headers, rawHeaders, httpVersion }: IncomingMessage,
  tunnel: boolean,
): Denied | undefined {
  const invalid = (why: string, hint?: string): Denied =>
    deny('gateway/invalid-request', { method, why }, hint);
  // The next server is sent one of ours, but who sends two is up to something (RFC 9112, 3.2).
  const hosts = valuesOf(rawHeaders, 'host').length;
  if (hosts > 1) return invalid('two Hosts');
  const length = headers['content-length'];
  const encoding = headers['transfer-encoding'];
  if (tunnel) {
    // Without a meaning (RFC 9110, 9.3.6): the next bytes are the body to the one and the tunnel to the other.
    return (length ?? '0') !== '0' || encoding !== undefined ? invalid('CONNECT with a body') : undefined;
  }
  if (hosts === 0 && httpVersion !== '1.0') return invalid('no Host');
  if (length !== undefined && encoding !== undefined) return invalid('two lengths');
  if (encoding !== undefined && encoding.toLowerCase() !== 'chunked')
    return invalid('an unknown transfer coding');
  if (headers.upgrade?.toLowerCase().includes('websocket')) {
    return invalid(
      'a WebSocket without CONNECT',
      'Open WebSockets through CONNECT, as clients do for wss://.',
    );
  }
  return undefined;
}

function loopOf(gate: Gate, { rawHeaders }: IncomingMessage, attempt: Attempt): Denied | undefined {
  if (!gate.via.loops(rawHeaders)) return undefined;
  const { role, method, host, port } = attempt;
  return deny('gateway/proxy-loop', { role: role?.name ?? '', method, host, port, rule: 'Via' });
}

function crowdOf({ roles, settings: { limits } }: Gate, use: RoleUse, method: string): Denied | undefined {
  const busy = (rule: string, limit: number): Denied =>
    deny('gateway/too-busy', { role: use.role.name, method, limit, rule });
  const { tunnels, requests } = use.active;
  if (tunnels + requests >= use.role.maxTunnels) return busy('maxTunnels of the role', use.role.maxTunnels);
  let all = 0;
  for (const { active } of roles.values()) all += active.tunnels + active.requests;
  return all >= limits.maxTunnels ? busy('maxTunnels', limits.maxTunnels) : undefined;
}
