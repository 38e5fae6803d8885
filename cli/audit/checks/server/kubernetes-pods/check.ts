/**
 * Looks at the pods of each manifest of Kubernetes: whether containers run as root, are privileged, or share what belongs to the node.
 *
 * ## Why
 * A hole in a container with these rights is one in the node, and in all that runs there.
 *
 * ## Passes
 * Each container has `runAsNonRoot: true`, or a `runAsUser` that is not 0, of its own or of the pod; none is privileged, adds a strong
 * capability, or shares the network, the processes or a system folder of the node.
 *
 * ## Fails
 * One does.
 *
 * ## Unknown
 * Nothing says which user a container has: the image decides. Templates of Helm are not read.
 *
 * ## How to fix
 * ```yaml
 * spec:
 *   securityContext:
 *     runAsNonRoot: true
 *   containers:
 *     - securityContext:
 *         allowPrivilegeEscalation: false
 *         capabilities:
 *           drop: ["ALL"]
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { podFacts } from '../../../files/kubernetes/pod-holes.ts';
import { kubernetesManifests, workloadsOf } from '../../../files/kubernetes/read-manifests.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = {
  id: 'server/kubernetes-pods',
  aspect: 'server/hardening',
  title: 'Pods do not run as root, and have no rights over their node.',
  why: 'A hole in a container with these rights is one in the node.',
  severity: 'high',
  cwe: [250],
  asvs: ['13.2.2'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const { manifests, gaps } = kubernetesManifests(subject);
  const outcomes = workloadsOf(manifests)
    .flatMap(podFacts)
    .map(({ verdict, summary, evidence, fix }) => {
      if (verdict === 'pass') return pass(summary, [evidence]);
      return verdict === 'fail' ? fail(summary, [evidence], fix) : unknown(summary, fix, [evidence]);
    });
  if (gaps.length > 0)
    outcomes.push(
      unknown(
        'A manifest could not be read.',
        'Render templates (`helm template`), and audit what comes of it.',
        gaps.slice(0, 20),
      ),
    );
  return outcomes.slice(0, 500);
}
