import { randomUUID } from 'node:crypto';
import { codes, type NoticeCode, type RefusalCode } from '../refusal/codes.ts';
import type { RequestContext } from '../request/context.ts';
import { redact } from './redact.ts';
import { isSecretName } from './secret-name.ts';
import type { Evidence, SecurityEvent } from './security-event.ts';

export type EventCode = RefusalCode | NoticeCode;
export type Action = SecurityEvent['action'];

/** What of a request identifies an event. Read once, because the route may be asked of a router. */
export interface RequestFacts {
  readonly id: string;
  readonly method: string | undefined;
  readonly route: string | undefined;
  readonly client: string | undefined;
  readonly user: string | undefined;
}

export function factsOf(request: RequestContext): RequestFacts {
  const { id, method, client, user } = request;
  let route: string | undefined;
  try {
    route = request.route;
  } catch {
    // A router that fails must not cost the event.
  }
  return { id, method, route, client, user };
}

/** An event, frozen through and through, because several sinks are handed the same one. */
export function buildEvent(
  code: EventCode,
  action: Action,
  evidence: Evidence,
  request?: RequestFacts,
): SecurityEvent {
  const { severity, cwe, owasp } = codes[code];
  return Object.freeze({
    id: randomUUID(),
    time: new Date().toISOString(),
    guard: code.slice(0, code.indexOf('/')),
    code,
    action,
    severity,
    cwe,
    owasp,
    count: 1,
    ...(request && { request: requestOf(request) }),
    evidence: Object.freeze(evidence),
  });
}

function requestOf({ id, method, route, client, user }: RequestFacts): NonNullable<SecurityEvent['request']> {
  return Object.freeze({
    id: redact(id, 128),
    ...(method !== undefined && { method: redact(method, 32) }),
    ...(route !== undefined && { route: redact(route) }),
    ...(client !== undefined && { client: redact(client, 64) }),
    ...(user !== undefined && { user: redact(user) }),
  });
}

const maxFields = 16;

/** The fields of a detail, bounded and redacted; a field with the name of a secret only by its name. */
export function evidenceOf(detail: object): Evidence {
  // Unlike an assignment, fromEntries makes a field of its own even of `__proto__`.
  return Object.fromEntries(
    Object.entries(detail)
      .slice(0, maxFields)
      .map(([name, value]) => [redact(name, 64), isSecretName(name) ? '[redacted]' : evidenceValue(value)]),
  );
}

function evidenceValue(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return redact(
    typeof value === 'object' || typeof value === 'function' ? `[${typeof value}]` : String(value),
  );
}
