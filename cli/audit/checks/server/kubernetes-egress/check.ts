/**
 * Looks at the network policies of Kubernetes that cover egress, and at the pods that they select. It needs a network plugin that
 * enforces them.
 *
 * ## Why
 * With SSRF, or after a break-in, an application reaches whatever its network reaches.
 *
 * ## Passes
 * Every pod of the project is selected by a policy for egress, or one selects all pods; and no rule allows all addresses.
 *
 * ## Fails
 * A rule allows all: `egress: [{}]`, or `0.0.0.0/0` without the private ranges under `except`.
 *
 * ## Unknown
 * Some pods are selected by none, a rule allows a port to all addresses, or a policy is a template.
 *
 * ## How to fix
 * `bulwark egress kubernetes` writes a policy. The start of one:
 * ```yaml
 * apiVersion: networking.k8s.io/v1
 * kind: NetworkPolicy
 * metadata:
 *   name: default-deny-egress
 * spec:
 *   podSelector: {}
 *   policyTypes: [Egress]
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { egressOf } from '../../../files/kubernetes/egress-policies.ts';
import { kubernetesManifests, workloadsOf } from '../../../files/kubernetes/read-manifests.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Deny egress of all pods (`podSelector: {}`, `policyTypes: [Egress]`), and allow what each needs: `bulwark egress` writes such a policy.';

export const check: Check = {
  id: 'server/kubernetes-egress',
  aspect: 'firewall/egress',
  title: 'Network policies deny egress of pods by default.',
  why: 'With SSRF, or after a break-in, an application reaches whatever its network reaches.',
  severity: 'medium',
  cwe: [918, 923],
  asvs: ['13.2.4'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const { manifests, gaps } = kubernetesManifests(subject);
  const { state, evidence } = egressOf(manifests, workloadsOf(manifests));
  const templates = gaps.filter(({ path }) => /NetworkPolicy/.test(subject.read(path ?? '') ?? ''));
  if (state === 'open') return [fail('A network policy allows all outbound traffic.', evidence, fix)];
  if (templates.length > 0)
    return [
      unknown(
        'A network policy could not be read.',
        'Render templates (`helm template`), and audit what comes of it.',
        templates,
      ),
    ];
  if (state === 'closed') return [pass('Network policies deny egress by default.', evidence)];
  if (state === 'unknown')
    return [unknown('Network policies cover egress, and do not deny it for all pods.', fix, evidence)];
  return [];
}
