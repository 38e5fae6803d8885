import { isIP } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { toEcs, toOcsf } from '../../lib/event/index.ts';
import { type EcsField, ecsFields } from './ecs-fields.ts';
import { ocsfSchema } from './ocsf-schema.ts';
import { recordSamples } from './sample-events.ts';

const events = await recordSamples([]);
const ajv = new Ajv2020({ allErrors: true, strict: false });
ajv.addFormat('ipv4', (text: string) => isIP(text) === 4);
ajv.addFormat('ipv6', (text: string) => isIP(text) === 6);
const isOcsf = ajv.compile(ocsfSchema);

function ocsfErrors(value: object): string[] {
  isOcsf(value);
  return (isOcsf.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('toOcsf', () => {
  it.each(events.map((event) => [event.code, event.action, event] as const))(
    '%s, %s is a finding',
    (_, __, event) => {
      expect(ocsfErrors(JSON.parse(JSON.stringify(toOcsf(event))))).toEqual([]);
    },
  );

  it('has the request as its evidence', () => {
    const event = events.find(({ code, count }) => code === 'fetch/private-address' && count === 2);
    expect(event && toOcsf(event)).toMatchObject({
      count: 2,
      severity: 'High',
      action: 'Denied',
      finding_info: { analytic: { uid: 'fetch/private-address' } },
      evidences: [
        {
          src_endpoint: { ip: '203.0.113.9' },
          actor: { user: { name: 'bob' } },
          http_request: { http_method: 'POST', url: { path: '/preview/:id' } },
          data: { host: 'intranet' },
        },
      ],
    });
  });

  it('is judged by a schema that sees what is wrong', () => {
    const [good] = events.map((event) => toOcsf(event) as Record<string, unknown>);
    const without = { ...good, metadata: {} };
    expect(ocsfErrors(without)).toEqual(
      expect.arrayContaining([expect.stringContaining('/metadata must have')]),
    );
    expect(ocsfErrors({ ...good, severity: 'Fatal' })).toContain('/severity must be equal to constant');
    expect(ocsfErrors({ ...good, guard: 'x' })).toEqual([' must NOT have additional properties']);
  });
});

/** `a.b.c` and its value, for each leaf that is not under `bulwark`. */
function leaves(value: object, prefix = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    const path = `${prefix}${name}`;
    if (path === 'bulwark') return [];
    return typeof inner === 'object' && !Array.isArray(inner) ? leaves(inner, `${path}.`) : [[path, inner]];
  });
}

function ecsErrors(value: object): string[] {
  return leaves(value)
    .filter(([path, leaf]) => !isField(ecsFields[path], leaf))
    .map(([path]) => path);
}

function isField(field: EcsField | undefined, value: unknown): boolean {
  if (!field || Array.isArray(value) !== (field.list === true)) return false;
  return [value].flat().every((one) => {
    if (field.type === 'long') return Number.isSafeInteger(one);
    if (typeof one !== 'string' || (field.values && !field.values.includes(one))) return false;
    if (field.type === 'ip') return isIP(one) !== 0 && !one.includes('%');
    return field.type === 'date'
      ? new Date(one).toISOString() === one
      : field.type === 'text' || one.length <= 1024;
  });
}

describe('toEcs', () => {
  it.each(events.map((event) => [event.code, event.action, event] as const))(
    '%s, %s has fields of ECS',
    (_, __, event) => {
      expect(ecsErrors(JSON.parse(JSON.stringify(toEcs(event))))).toEqual([]);
    },
  );

  it('has an address that is no IP as text alone', () => {
    const event = events.find(({ code }) => code === 'csp/violation');
    expect(event && toEcs(event)).toMatchObject({
      client: { address: 'fe80::1%eth0' },
      event: { type: ['allowed'] },
    });
    expect(event && toEcs(event)).not.toHaveProperty('client.ip');
  });

  it('is judged by a table that sees what is wrong', () => {
    expect(
      ecsErrors({ event: { kind: 'refusal', category: 'web' }, client: { ip: 'here' }, code: 'x' }),
    ).toEqual([...['event.kind', 'event.category', 'client.ip', 'code']]);
  });
});
