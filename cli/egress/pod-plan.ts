import { type Labels, parseLabels, parseNamespace, selects } from './labels.ts';
import { Mistake } from './mistake.ts';
import { type Peer, parsePeer, parseResolverPeer } from './peer.ts';
import { atMostOne, forbid, type RulesOptions, required } from './rules-options.ts';

/** What a NetworkPolicy is told: only checked values. */
export interface PodPlan {
  readonly namespace: string;
  readonly pods: Labels;
  readonly gateways: readonly Peer[];
  readonly resolvers: readonly Peer[];
  readonly allowed: readonly Peer[];
}

/** @throws {Mistake} for everything that a NetworkPolicy cannot say, rather than leaving it out. */
export function podPlan(options: RulesOptions): PodPlan {
  forbid(
    options,
    ['user', 'group', 'gateway-user', 'gateway-group'],
    'A NetworkPolicy selects pods by label, not by user.',
    'Use --pods and --namespace here, or --format nftables on the machine.',
  );
  required(options, 'pods');
  required(options, 'namespace');
  const pods = atMostOne(options, 'pods') ?? { option: '--pods', value: '' };
  const namespace = atMostOne(options, 'namespace') ?? { option: '--namespace', value: '' };
  const plan: PodPlan = {
    namespace: parseNamespace(namespace.value, namespace),
    pods: parseLabels(pods.value, pods),
    gateways: required(options, 'gateway').map(parsePeer),
    resolvers: options.resolver.map((value) => parseResolverPeer({ option: '--resolver', value })),
    allowed: options.allow.map((value) => parsePeer({ option: '--allow', value })),
  };
  for (const gateway of plan.gateways) {
    const inside = gateway.kind === 'pods' && (gateway.namespace ?? plan.namespace) === plan.namespace;
    if (inside && selects(plan.pods, gateway.labels)) {
      throw new Mistake(
        'egress/labels',
        'The labels of --pods select the gateway too.',
        'The gateway connects to the outside, and would be cut off with the application.',
        'Move the gateway to another namespace, or use a label that only the application has.',
      );
    }
  }
  return plan;
}
