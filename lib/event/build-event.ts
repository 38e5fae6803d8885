import { codes, type NoticeCode, type RefusalCode } from '../refusal/codes.ts';
import type { RequestContext } from '../request/context.ts';
import { redact } from './redact/redact.ts';
import { isSecretName } from './redact/secret-name.ts';
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
  const guard = code.slice(0, code.indexOf('/'));
  // Two literals, because spreading the request into one costs more than the rest of it.
  const event: SecurityEvent = request
    ? {
        id: crypto.randomUUID(),
        time: now(),
        guard,
        code,
        action,
        severity,
        cwe,
        owasp,
        count: 1,
        request: requestOf(request),
        evidence: Object.freeze(evidence),
      }
    : {
        id: crypto.randomUUID(),
        time: now(),
        guard,
        code,
        action,
        severity,
        cwe,
        owasp,
        count: 1,
        evidence: Object.freeze(evidence),
      };
  return Object.freeze(event);
}

let written = '';
let writtenAt = Number.NaN;

/** Written once a millisecond: a flood has many events in each. */
function now(): string {
  const at = Date.now();
  if (at !== writtenAt) {
    written = new Date(at).toISOString();
    writtenAt = at;
  }
  return written;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function requestOf(facts: RequestFacts): NonNullable<SecurityEvent['request']> {
  const { method, route, client, user } = facts;
  const request: Mutable<NonNullable<SecurityEvent['request']>> = { id: redact(facts.id, 128) };
  if (method !== undefined) request.method = redact(method, 32);
  if (route !== undefined) request.route = redact(route);
  if (client !== undefined) request.client = redact(client, 64);
  if (user !== undefined) request.user = redact(user);
  return Object.freeze(request);
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
