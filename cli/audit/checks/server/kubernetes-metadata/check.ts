/**
 * Looks at whether network policies of Kubernetes keep pods from the metadata service of the cloud, 169.254.169.254.
 *
 * ## Why
 * With SSRF the metadata service hands out the credentials of the node.
 *
 * ## Passes
 * Egress of all pods is denied by default, and no rule allows the address.
 *
 * ## Fails
 * A rule names 169.254.169.254 or its range, or allows all addresses without it under `except`.
 *
 * ## Unknown
 * Policies cover egress, and do not cover all pods.
 *
 * ## How to fix
 * ```yaml
 * - to:
 *     - ipBlock:
 *         cidr: 0.0.0.0/0
 *         except: [169.254.0.0/16, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { egressOf } from '../../../files/kubernetes/egress-policies.ts';
import { kubernetesManifests, workloadsOf } from '../../../files/kubernetes/read-manifests.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Add `169.254.0.0/16` under `except` of each rule with 0.0.0.0/0, and deny egress of all pods by default.';

export const check: Check = {
  id: 'server/kubernetes-metadata',
  aspect: 'metadata/blocked',
  title: 'Network policies keep pods from the metadata service.',
  why: 'With SSRF the metadata service hands out the credentials of the node.',
  severity: 'high',
  cwe: [918],
  asvs: ['13.2.4'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const { manifests } = kubernetesManifests(subject);
  const { state, evidence, blocksMetadata } = egressOf(manifests, workloadsOf(manifests));
  if (state === 'none') return [];
  if (state === 'open')
    return [fail('A network policy allows the address of the metadata service.', evidence, fix)];
  if (state === 'unknown')
    return [
      unknown(
        'Network policies do not deny the address of the metadata service for all pods.',
        fix,
        evidence,
      ),
    ];
  if (blocksMetadata) return [pass('Network policies deny the address of the metadata service.', evidence)];
  return [fail('A network policy allows the address of the metadata service.', evidence, fix)];
}
