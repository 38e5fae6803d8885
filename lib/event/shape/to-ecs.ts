import { codes, type Severity } from '../../refusal/codes.ts';
import type { SecurityEvent } from '../security-event.ts';
import { clientIp } from './client-ip.ts';

/** What Elastic's own detection rules give each level. */
const severity: { readonly [S in Severity]: number } = { low: 21, medium: 47, high: 73, critical: 99 };

/**
 * An event in the Elastic Common Schema 8.17, as an alert of the category `intrusion_detection`. What ECS has no field for
 * is under `bulwark`: ECS leaves such names to whoever writes them.
 *
 * @see https://www.elastic.co/guide/en/ecs/8.17/index.html
 *
 * @example
 * ```ts
 * import { configureEvents, jsonLinesSink, toEcs } from 'bulwark/event';
 *
 * configureEvents({ sinks: [jsonLinesSink({ file: '/var/log/app/security.jsonl', shape: toEcs })] });
 * // {"@timestamp":"2026-11-24T16:13:55.868Z","event":{"kind":"alert","code":"fetch/private-address",...},...}
 * ```
 */
export function toEcs(event: SecurityEvent): object {
  const { id, time, guard, code, action, count, cwe, owasp, request, evidence } = event;
  const { method, route, client, user } = request ?? {};
  const ip = clientIp(client);
  const address = client === undefined ? undefined : { address: client, ...(ip !== undefined && { ip }) };
  return {
    '@timestamp': time,
    message: codes[code].message,
    ecs: { version: '8.17.0' },
    event: {
      id,
      kind: 'alert',
      category: ['intrusion_detection'],
      type: [action === 'blocked' ? 'denied' : 'allowed'],
      action,
      code,
      severity: severity[event.severity],
      module: 'bulwark',
      dataset: 'bulwark.event',
      provider: guard,
    },
    rule: { id: code, category: guard, ruleset: 'bulwark' },
    // Rules for the network look at source, those for the application at client.
    ...(address && { client: address, source: address }),
    ...(user !== undefined && { user: { name: user } }),
    ...(request && { http: { request: { id: request.id, ...(method !== undefined && { method }) } } }),
    ...((ip !== undefined || user !== undefined) && {
      related: { ...(ip !== undefined && { ip: [ip] }), ...(user !== undefined && { user: [user] }) },
    }),
    bulwark: { count, cwe, owasp, ...(route !== undefined && { route }), evidence },
  };
}
