import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { egressRules } from './rules.ts';

const labels = { type: 'object', additionalProperties: { type: 'string' } };
const selector = {
  type: 'object',
  properties: { matchLabels: labels, matchExpressions: { type: 'array' } },
  additionalProperties: false,
};
/**
 * networking.k8s.io/v1 NetworkPolicy, after api/openapi-spec/v3/apis__networking.k8s.io__v1_openapi.json of Kubernetes at
 * 01bea8f348ba. `additionalProperties: false` is what the API server checks besides (fieldValidation=Strict).
 */
const schema = {
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  additionalProperties: false,
  properties: {
    apiVersion: { const: 'networking.k8s.io/v1' },
    kind: { const: 'NetworkPolicy' },
    metadata: {
      type: 'object',
      required: ['name', 'namespace'],
      additionalProperties: false,
      properties: {
        name: { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 },
        namespace: { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 },
      },
    },
    spec: {
      type: 'object',
      required: ['podSelector'],
      additionalProperties: false,
      properties: {
        podSelector: selector,
        policyTypes: { type: 'array', items: { enum: ['Egress', 'Ingress'] } },
        ingress: { type: 'array' },
        egress: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            properties: {
              ports: {
                type: 'array',
                items: {
                  type: 'object',
                  additionalProperties: false,
                  properties: {
                    port: { type: ['integer', 'string'] },
                    endPort: { type: 'integer' },
                    protocol: { enum: ['SCTP', 'TCP', 'UDP'] },
                  },
                },
              },
              to: {
                type: 'array',
                items: {
                  type: 'object',
                  additionalProperties: false,
                  properties: {
                    ipBlock: {
                      type: 'object',
                      required: ['cidr'],
                      additionalProperties: false,
                      properties: {
                        cidr: { type: 'string' },
                        except: { type: 'array', items: { type: 'string' } },
                      },
                    },
                    namespaceSelector: selector,
                    podSelector: selector,
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};
const matches = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

interface Typed {
  readonly gateway: readonly string[];
  readonly resolver?: readonly string[];
  readonly allow?: readonly string[];
  readonly pods?: readonly string[];
}

function policy({ gateway, resolver = [], allow = [], pods = ['app=shop'] }: Typed): Record<string, unknown> {
  const none = { user: [], group: [], 'gateway-user': [], 'gateway-group': [] };
  const text = egressRules({
    format: ['kubernetes'],
    namespace: ['shop'],
    gateway,
    resolver,
    allow,
    pods,
    ...none,
  });
  const documents = parseAllDocuments(text, { strict: true, version: '1.1' });
  expect(documents).toHaveLength(1);
  const [document] = documents;
  if (!document || !('toJS' in document)) throw new Error('no document');
  expect([...document.errors, ...document.warnings]).toEqual([]);
  const value = document.toJS() as Record<string, unknown>;
  matches(value);
  expect(matches.errors ?? []).toEqual([]);
  return value;
}

const tcp = (port: number): object[] => [{ protocol: 'TCP', port }];
const dns = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
];

describe('the NetworkPolicy', () => {
  it('opens the gateway, the resolver and what is allowed, and no more', () => {
    const made = policy({
      gateway: ['app.kubernetes.io/name=gateway,tier=edge@egress:4750'],
      resolver: ['kube-dns', '169.254.20.10'],
      allow: ['app=db:5432', '10.2.0.0/28:3306', '[fd00:2::/120]:3306'],
    });
    expect(made).toMatchObject({
      metadata: { name: expect.stringMatching(/^bulwark-egress-[0-9a-f]{16}$/), namespace: 'shop' },
      spec: {
        podSelector: { matchLabels: { app: 'shop' } },
        policyTypes: ['Egress'],
        egress: [
          {
            to: [
              {
                podSelector: { matchLabels: { 'app.kubernetes.io/name': 'gateway', tier: 'edge' } },
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'egress' } },
              },
            ],
            ports: tcp(4750),
          },
          {
            to: [
              {
                podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
              },
            ],
            ports: dns,
          },
          { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: dns },
          // Without a namespace, that of the policy.
          { to: [{ podSelector: { matchLabels: { app: 'db' } } }], ports: tcp(5432) },
          { to: [{ ipBlock: { cidr: '10.2.0.0/28' } }], ports: tcp(3306) },
          { to: [{ ipBlock: { cidr: 'fd00:2::/120' } }], ports: tcp(3306) },
        ],
      },
    });
  });

  it('gives a single address all of its bits, and a resolver another port', () => {
    const made = policy({
      gateway: ['10.0.0.5:4750', '[2001:DB8:0::5]:4750'],
      resolver: ['dns.operator.openshift.io/daemonset-dns=default@openshift-dns:5353'],
    });
    expect(made).toMatchObject({
      spec: {
        egress: [
          { to: [{ ipBlock: { cidr: '10.0.0.5/32' } }] },
          { to: [{ ipBlock: { cidr: '2001:db8::5/128' } }] },
          { ports: [{ protocol: 'UDP', port: 5353 }, ...tcp(5353)] },
        ],
      },
    });
  });

  it.each(['true', 'null', '1e3', '0x1f', '2001-01-01', 'on', ''])('keeps the label %j a string', (label) => {
    expect(policy({ gateway: ['app=gw@egress:1'], pods: [`y=${label}`] })).toMatchObject({
      spec: { podSelector: { matchLabels: { y: label } } },
    });
  });

  it('has one name for the same pods, and another for others', () => {
    const name = (pods: string): unknown =>
      (policy({ gateway: ['10.0.0.5:4750'], pods: [pods] })['metadata'] as { name: string }).name;
    expect(name('a=1,b=2')).toBe(name('b=2,a=1'));
    expect(name('a=1')).not.toBe(name('a=2'));
  });

  it('says what it does not cover', () => {
    const text = egressRules({
      format: ['kubernetes'],
      namespace: ['shop'],
      gateway: ['10.0.0.5:4750'],
      resolver: [],
      allow: [],
      pods: ['app=shop'],
      user: [],
      group: [],
      'gateway-user': [],
      'gateway-group': [],
    });
    for (const word of ['network plugin', 'hostNetwork', 'additive', 'DNS is closed'])
      expect(text).toContain(word);
  });
});
