/**
 * Looks at each Ingress of Kubernetes, for the controllers ingress-nginx and AWS's load balancer.
 *
 * ## Why
 * A page over http can be read and changed by anyone on the path, and sends session cookies that are not Secure.
 *
 * ## Passes
 * Every host has a certificate, and an annotation asks for the redirect: `nginx.ingress.kubernetes.io/force-ssl-redirect: "true"`,
 * `ssl-redirect: "true"`, or `alb.ingress.kubernetes.io/ssl-redirect: '443'`.
 *
 * ## Fails
 * An annotation switches the redirect off, for a host with a certificate.
 *
 * ## Unknown
 * Nothing asks for it, so that the settings of the controller decide; a host has no certificate; or the controller is another one.
 *
 * ## How to fix
 * ```yaml
 * metadata:
 *   annotations:
 *     nginx.ingress.kubernetes.io/force-ssl-redirect: "true"
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { type Ingress, ingressesOf } from '../../../files/kubernetes/ingresses.ts';
import { kubernetesManifests } from '../../../files/kubernetes/read-manifests.ts';

const fix =
  'Add the annotation `nginx.ingress.kubernetes.io/force-ssl-redirect: "true"`, and a certificate under `tls`.';
const prefix = 'nginx.ingress.kubernetes.io/';

export const check: Check = {
  id: 'server/ingress-redirect',
  aspect: 'https/redirect',
  title: 'Every Ingress redirects requests over http to https.',
  why: 'A page over http can be read and changed in transit.',
  severity: 'medium',
  cwe: [319],
  asvs: ['12.2.1'],
  run: (subject) => ingressesOf(kubernetesManifests(subject).manifests).map(judge),
};

function judge(ingress: Ingress): Outcome {
  const { controller, hasTls, evidence, annotation } = ingress;
  const asked = controller === 'alb' ? annotation('alb.ingress.kubernetes.io/ssl-redirect') : undefined;
  if (asked?.text === '443') return pass('An Ingress redirects requests to https.', [asked.evidence]);
  if (controller !== 'nginx')
    return left(
      'Whether the controller of an Ingress redirects to https is not in its annotations.',
      ingress,
    );
  const forced = annotation(`${prefix}force-ssl-redirect`);
  const plain = annotation(`${prefix}ssl-redirect`);
  const on = [forced, plain].find((one) => one?.text === 'true');
  if (!hasTls)
    return left(
      'An Ingress has hosts without a certificate, and something in front of it may end TLS.',
      ingress,
    );
  if (on) return pass('An Ingress redirects requests to https.', [on.evidence, evidence]);
  if (plain?.text === 'false')
    return fail('An Ingress has switched off the redirect to https.', [plain.evidence, evidence], fix);
  return left(
    'No annotation of an Ingress asks for the redirect: the settings of its controller decide.',
    ingress,
  );
}

function left(summary: string, { evidence }: Ingress): Outcome {
  return { ...unknown(summary, fix, [evidence]), absent: 'perhaps' };
}
