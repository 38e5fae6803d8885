import { codes, type Severity } from '../../refusal/codes.ts';
import type { SecurityEvent } from '../security-event.ts';
import { clientIp } from './client-ip.ts';

const severities: { readonly [S in Severity]: readonly [id: number, caption: string] } = {
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
};

/**
 * An event in the Open Cybersecurity Schema Framework 1.7: a Detection Finding (class 2004) with the profile
 * `security_control`. A refusal is what a control detected and stopped; the request it came with is the evidence. (Web
 * Resources Activity, 6001, would be the request itself, and most of it is not known here.)
 *
 * @see https://schema.ocsf.io/1.7.0/classes/detection_finding
 *
 * @example
 * ```ts
 * import { configureEvents, jsonLinesSink, toOcsf } from 'bulwark/event';
 *
 * configureEvents({ sinks: [jsonLinesSink({ file: '/var/log/app/security.jsonl', shape: toOcsf })] });
 * // {"class_uid":2004,"type_uid":200401,"time":1795536835868,"severity_id":4,"action_id":2,...}
 * ```
 */
export function toOcsf(event: SecurityEvent): object {
  const { id, code, guard, cwe, owasp, count, request, evidence } = event;
  const { message } = codes[code];
  const time = Date.parse(event.time);
  const [severityId, severity] = severities[event.severity];
  const blocked = event.action === 'blocked';
  return {
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    activity_id: 1,
    activity_name: 'Create',
    type_uid: 200_401,
    type_name: 'Detection Finding: Create',
    time,
    count,
    message,
    severity_id: severityId,
    severity,
    status_id: 1,
    status: 'New',
    is_alert: true,
    action_id: blocked ? 2 : 1,
    action: blocked ? 'Denied' : 'Allowed',
    disposition_id: blocked ? 2 : 17,
    disposition: blocked ? 'Blocked' : 'Logged',
    metadata: {
      version: '1.7.0',
      uid: id,
      event_code: code,
      profiles: ['security_control'],
      product: { name: 'bulwark', vendor_name: 'bulwark' },
      ...(request && { correlation_uid: request.id }),
    },
    finding_info: {
      uid: id,
      title: message,
      created_time: time,
      types: [`CWE-${cwe}`, owasp],
      analytic: { uid: code, name: code, category: guard, type_id: 1, type: 'Rule' },
    },
    evidences: [{ ...requestEvidence(request), data: evidence }],
  };
}

function requestEvidence(request: SecurityEvent['request']): object {
  if (!request) return {};
  const { id, method, route, client, user } = request;
  const ip = clientIp(client);
  return {
    ...(ip !== undefined && { src_endpoint: { ip } }),
    ...(user !== undefined && { actor: { user: { name: user } } }),
    http_request: {
      uid: id,
      ...(method !== undefined && { http_method: method }),
      ...(route !== undefined && { url: { path: route } }),
    },
  };
}
