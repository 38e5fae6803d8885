import { createHash } from 'node:crypto';
import type { Labels } from './labels.ts';
import type { Peer } from './peer.ts';
import type { PodPlan } from './pod-plan.ts';

/** A NetworkPolicy (networking.k8s.io/v1) in YAML. Every value that came from outside is a quoted string or a number. */
export function kubernetesPolicy(plan: PodPlan): string {
  const lines = [
    ...comment(plan),
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    'metadata:',
    `  name: ${quoted(policyName(plan))}`,
    `  namespace: ${quoted(plan.namespace)}`,
    'spec:',
    '  podSelector:',
    ...matchLabels(plan.pods, 4),
    '  policyTypes:',
    '    - Egress',
    '  egress:',
    '    # The gateway',
    ...plan.gateways.flatMap((peer) => rule(peer, ['TCP'])),
    ...(plan.resolvers.length > 0 ? ['    # Names'] : ['    # No names: DNS is closed.']),
    ...plan.resolvers.flatMap((peer) => rule(peer, ['UDP', 'TCP'])),
    ...(plan.allowed.length > 0 ? ['    # Allowed by --allow'] : []),
    ...plan.allowed.flatMap((peer) => rule(peer, ['TCP'])),
  ];
  return `${lines.join('\n')}\n`;
}

/** Another name for other pods: a policy of the same name would replace theirs, and leave them open. */
function policyName({ pods }: PodPlan): string {
  const digest = createHash('sha256').update(JSON.stringify(pods)).digest('hex');
  return `bulwark-egress-${digest.slice(0, 16)}`;
}

function comment({ resolvers }: PodPlan): string[] {
  return [
    '# Made by `bulwark egress rules`. Closes what these pods may connect to, but for the destinations below; what may',
    '# connect to them is not touched. Load it with `kubectl apply -f`.',
    '# - It needs a network plugin that enforces NetworkPolicy. Others accept it and do nothing: try it.',
    '# - Policies add up. Another one that selects these pods may open more.',
    '# - Pods with hostNetwork are not covered, and the node that a pod runs on may stay reachable.',
    '# - Ports are those of the pods, not of a Service in front of them.',
    ...(resolvers.length > 0
      ? ['# - A node-local DNS cache has an address of its own: name it with --resolver too.']
      : []),
  ];
}

function rule(peer: Peer, protocols: readonly string[]): string[] {
  return [
    '    - to:',
    ...(peer.kind === 'range'
      ? ['        - ipBlock:', `            cidr: ${quoted(peer.cidr)}`]
      : [
          // One entry with both selectors: these pods of that namespace. Two entries would mean either.
          '        - podSelector:',
          ...matchLabels(peer.labels, 12),
          ...(peer.namespace === undefined
            ? []
            : [
                '          namespaceSelector:',
                ...matchLabels({ 'kubernetes.io/metadata.name': peer.namespace }, 12),
              ]),
        ]),
    '      ports:',
    ...protocols.flatMap((protocol) => [`        - protocol: ${protocol}`, `          port: ${peer.port}`]),
  ];
}

function matchLabels(labels: Labels, indent: number): string[] {
  const space = ' '.repeat(indent);
  return [
    `${space}matchLabels:`,
    ...Object.entries(labels).map(([key, value]) => `${space}  ${quoted(key)}: ${quoted(value)}`),
  ];
}

/** `true`, `1e3` and `null` are labels too, and must stay strings. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
