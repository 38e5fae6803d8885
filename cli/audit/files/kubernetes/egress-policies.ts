import type { Evidence } from '../../check/outcome.ts';
import { at, entriesOf, itemsOf, lineOf, type Tree, textOf } from '../yaml-tree.ts';
import type { Manifest, Workload } from './read-manifests.ts';

/** What the network policies of the project leave of the outbound traffic of its pods. */
export interface EgressVerdict {
  /** `open`: a policy allows all. `closed`: every pod is selected by a policy with egress, and none allows all. */
  readonly state: 'open' | 'closed' | 'unknown' | 'none';
  readonly evidence: readonly Evidence[];
  /** Whether the metadata address 169.254.169.254 is out of reach too. */
  readonly blocksMetadata: boolean;
}

type Reach = 'all' | 'some' | 'unclear';

export function egressOf(manifests: readonly Manifest[], workloads: readonly Workload[]): EgressVerdict {
  const policies = manifests.filter(({ kind, tree }) => kind === 'NetworkPolicy' && hasEgress(tree));
  if (policies.length === 0) return { state: 'none', evidence: [], blocksMetadata: false };
  const rules = policies.flatMap((policy) =>
    itemsOf(at(policy.tree, 'spec', 'egress')).map((rule) => ({ rule, policy, reach: reachOf(rule) })),
  );
  const shown = ({ rule, policy }: (typeof rules)[number]): Evidence => ({
    text: 'egress rule',
    path: policy.path,
    line: rule.line,
  });
  const open = rules.filter(({ reach }) => reach === 'all');
  if (open.length > 0) return { state: 'open', evidence: open.map(shown), blocksMetadata: false };
  const evidence = policies.map(({ name, path, tree }) => ({
    text: `NetworkPolicy ${name}`,
    path,
    line: lineOf(tree, 'spec'),
  }));
  const unclear = rules.filter(({ reach }) => reach === 'unclear');
  const isCovered =
    workloads.length > 0
      ? workloads.every((workload) => policies.some((policy) => selects(policy, workload)))
      : policies.some(({ tree }) => isEmpty(at(tree, 'spec', 'podSelector')));
  if (unclear.length > 0 || !isCovered)
    return { state: 'unknown', evidence: [...evidence, ...unclear.map(shown)], blocksMetadata: false };
  const blocksMetadata = rules.every(({ rule }) => !reachesMetadata(rule));
  return { state: 'closed', evidence, blocksMetadata };
}

/** `policyTypes` names it, or, if it is missing, `egress` is there. */
function hasEgress(tree: Tree): boolean {
  const types = at(tree, 'spec', 'policyTypes');
  if (types === undefined) return at(tree, 'spec', 'egress') !== undefined;
  return itemsOf(types).some((item) => textOf(item) === 'Egress');
}

function reachOf(rule: Tree): Reach {
  const ports = itemsOf(at(rule, 'ports')).map((port) => textOf(at(port, 'port')) ?? '');
  const isNames =
    ports.length > 0 && ports.every((port) => port === '53' || port === '5353' || port === '853');
  const to = itemsOf(at(rule, 'to'));
  if (to.length === 0) return isNames ? 'some' : ports.length > 0 ? 'unclear' : 'all';
  const peers = to.map(peerReach);
  if (isNames) return 'some';
  if (peers.includes('all')) return 'all';
  return peers.includes('unclear') ? 'unclear' : 'some';
}

const everywhere = /^(0\.0\.0\.0\/0|::\/0)$/;
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

function peerReach(peer: Tree): Reach {
  const cidr = textOf(at(peer, 'ipBlock', 'cidr'));
  if (cidr !== undefined) {
    if (!everywhere.test(cidr)) return 'some';
    const except = exceptOf(peer);
    if (cidr === '::/0') return except.includes('fc00::/7') ? 'some' : 'all';
    if (except.length === 0) return 'all';
    return privateRanges.every((range) => except.includes(range)) ? 'some' : 'unclear';
  }
  // All pods of all namespaces are the internal network.
  const namespaces = at(peer, 'namespaceSelector');
  const pods = at(peer, 'podSelector');
  return namespaces !== undefined && isEmpty(namespaces) && (pods === undefined || isEmpty(pods))
    ? 'unclear'
    : 'some';
}

function exceptOf(peer: Tree): readonly string[] {
  return itemsOf(at(peer, 'ipBlock', 'except')).flatMap((item) => textOf(item) ?? []);
}

function reachesMetadata(rule: Tree): boolean {
  const to = itemsOf(at(rule, 'to'));
  if (to.length === 0) return true;
  return to.some((peer) => {
    const cidr = textOf(at(peer, 'ipBlock', 'cidr'));
    if (cidr === undefined) return false;
    if (/^169\.254\./.test(cidr)) return true;
    if (!/^0\.0\.0\.0\/\d|^1(2[89]|[3-6]\d)\.\d+\.\d+\.\d+\/[1-3]$/.test(cidr)) return false;
    return !exceptOf(peer).some((range) => /^169\.254\.(0\.0\/16|169\.254\/32)$/.test(range));
  });
}

function isEmpty(tree: Tree | undefined): boolean {
  return (
    tree !== undefined &&
    (tree.kind === 'map' ? tree.entries.length === 0 : tree.kind === 'scalar' && tree.value === null)
  );
}

function selects(policy: Manifest, { manifest, labels }: Workload): boolean {
  if (
    policy.namespace !== undefined &&
    manifest.namespace !== undefined &&
    policy.namespace !== manifest.namespace
  )
    return false;
  const selector = at(policy.tree, 'spec', 'podSelector');
  if (isEmpty(selector)) return true;
  const wanted = entriesOf(at(selector, 'matchLabels'));
  if (wanted.length === 0 || at(selector, 'matchExpressions') !== undefined) return false;
  return wanted.every(({ key, value }) => labels.get(key) === textOf(value));
}
