/**
 * Looks at the rules for outbound traffic of AWS's security groups, in files of Terraform and templates of CloudFormation. Groups that only
 * load balancers and databases are in are left out, and so is everything where network policies of Kubernetes deny egress of all pods.
 *
 * ## Why
 * With SSRF, or after a break-in, an application reaches whatever its network reaches.
 *
 * ## Passes
 * Nothing passes it: what an instance reaches depends on all groups that it is in, and on its network.
 *
 * ## Fails
 * A rule allows all protocols, or all ports, to `0.0.0.0/0` or `::/0`.
 *
 * ## Unknown
 * The addresses or the protocol of a rule are computed, or a file could not be parsed.
 *
 * ## How to fix
 * ```hcl
 * egress {
 *   from_port       = 5432
 *   to_port         = 5432
 *   protocol        = "tcp"
 *   security_groups = [aws_security_group.database.id]
 * }
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, unknown } from '../../../check/outcome.ts';
import { securityGroups } from '../../../files/cloud/security-groups.ts';
import { egressOf } from '../../../files/kubernetes/egress-policies.ts';
import { kubernetesManifests, workloadsOf } from '../../../files/kubernetes/read-manifests.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Allow only what the application needs: one `egress` block for each address or security group, with its port.';

export const check: Check = {
  id: 'server/security-groups',
  aspect: 'firewall/egress',
  title: 'Security groups allow no outbound traffic to all addresses.',
  why: 'With SSRF, or after a break-in, an application reaches whatever its network reaches.',
  severity: 'medium',
  cwe: [918, 923],
  asvs: ['13.2.4'],
  weight: 'part',
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const { open, unclear } = securityGroups(subject);
  if (open.length + unclear.length === 0) return [];
  const { manifests, gaps } = kubernetesManifests(subject);
  const pods = workloadsOf(manifests);
  if (gaps.length === 0 && pods.length > 0 && egressOf(manifests, pods).state === 'closed') return [];
  if (open.length > 0) return [fail('A security group allows all outbound traffic.', open.slice(0, 20), fix)];
  return [
    unknown('What a security group allows of outbound traffic is computed.', fix, unclear.slice(0, 20)),
  ];
}
