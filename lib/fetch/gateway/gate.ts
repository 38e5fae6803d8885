import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { passesInReport, refusalOf } from '../../internal/refuse.ts';
import { fetchRefusal } from '../policy/denial.ts';
import { createVia, type Via } from './answer/via.ts';
import type { GatewaySettings } from './gateway-settings.ts';
import { type Attempt, decisionLine, type Result } from './log/decision-line.ts';
import { createGatewayMetrics, type GatewayMetrics, type Readings } from './log/gateway-metrics.ts';
import { createLineLog, type LineLog } from './log/line-log.ts';
import { createNameResolver, type NameResolver } from './origin/name-resolver.ts';
import type { ShownCertificate } from './role/certificate-rule.ts';
import { type RoleUse, useRoles } from './role-use.ts';
import type { Tunnel } from './tunnel.ts';

/** What one running gateway knows: its rules, and what is under way. */
export interface Gate {
  settings: GatewaySettings;
  roles: ReadonlyMap<string, RoleUse>;
  stopping: boolean;
  /** Its own ports, which nothing may be connected to. */
  ownPorts: readonly number[];
  readonly names: NameResolver;
  readonly metrics: GatewayMetrics;
  readonly log: LineLog;
  readonly via: Via;
  readonly tunnels: Set<Tunnel>;
  /** By the client's connection, where an authority of the configuration signed one. Another map with each other authority. */
  certificates: WeakMap<Socket, ShownCertificate>;
  nextId(): string;
}

export function createGate(settings: GatewaySettings, connections: () => number): Gate {
  const prefix = randomBytes(6).toString('hex');
  let count = 0;
  const readings: Readings = {
    tunnels: () => new Map([...gate.roles].map(([name, { active }]) => [name, active.tunnels])),
    requests: () => new Map([...gate.roles].map(([name, { active }]) => [name, active.requests])),
    connections,
    ready: () => !gate.stopping,
  };
  const metrics = createGatewayMetrics(readings);
  const gate: Gate = {
    settings,
    roles: useRoles(settings.roles, new Map(), performance.now()),
    stopping: false,
    ownPorts: [],
    names: createNameResolver(settings.limits.maxLookups),
    metrics,
    log: createLineLog(settings.logFile, () => metrics.lostLines.add({})),
    via: createVia(),
    tunnels: new Set(),
    certificates: new WeakMap(),
    nextId: () => `${prefix}-${(count++).toString(36)}`,
  };
  return gate;
}

/** Writes what became of an attempt: to the decision log, to the metrics, and as an event where something was denied. */
export function conclude(gate: Gate, attempt: Attempt, result: Result): void {
  const { denied, wouldDeny, error } = result;
  const { role } = attempt;
  gate.log.write(decisionLine(attempt, result));
  const outcome = denied ? 'denied' : error !== undefined ? 'failed' : wouldDeny ? 'reported' : 'allowed';
  const code = denied?.code ?? wouldDeny?.code ?? '';
  gate.metrics.decisions.add({ role: role?.name ?? '', outcome, code });
  if (denied?.code === 'gateway/unauthenticated') gate.metrics.authFailures.add({});
  if (denied?.code === 'gateway/rate-limited') gate.metrics.rateLimited.add({ role: role?.name ?? '' });
  // Both write the event. Nobody throws here: the client is answered.
  if (denied && role) fetchRefusal(denied, role.policy, 0);
  else if (denied) refusalOf(denied);
  else if (wouldDeny && role?.action === 'report') passesInReport(wouldDeny, role);
}

export function addressOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress ?? ''}:${remotePort ?? ''}`;
}
