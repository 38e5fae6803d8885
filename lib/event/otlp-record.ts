import { codes, type Severity } from '../refusal/codes.ts';
import type { SecurityEvent } from './security-event.ts';

/** The numbers that OpenTelemetry gives syslog's notice, warning, error and critical. */
const severityNumber: { readonly [S in Severity]: number } = { low: 10, medium: 13, high: 17, critical: 18 };

/** A LogRecord as OTLP writes it in JSON: numbers of 64 bits are decimal strings, enums are numbers. */
export function otlpRecord(event: SecurityEvent): object {
  const { id, code, guard, action, severity, cwe, owasp, count, request, evidence } = event;
  const nanoseconds = `${Date.parse(event.time)}000000`;
  const fields: Record<string, unknown> = {
    'log.record.uid': id,
    'client.address': request?.client,
    'http.request.method': request?.method,
    'http.route': request?.route,
    'user.name': request?.user,
    'bulwark.code': code,
    'bulwark.guard': guard,
    'bulwark.action': action,
    'bulwark.count': count,
    'bulwark.cwe': cwe,
    'bulwark.owasp': owasp,
    'bulwark.request.id': request?.id,
  };
  for (const [name, value] of Object.entries(evidence)) fields[`bulwark.evidence.${name}`] = value;
  return {
    timeUnixNano: nanoseconds,
    observedTimeUnixNano: nanoseconds,
    severityNumber: severityNumber[severity],
    severityText: severity,
    eventName: code,
    body: { stringValue: codes[code].message },
    attributes: Object.entries(fields).flatMap(([key, value]) => {
      const written = anyValue(value);
      return written ? [{ key, value: written }] : [];
    }),
  };
}

function anyValue(value: unknown): object | undefined {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value !== 'number') return undefined;
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
