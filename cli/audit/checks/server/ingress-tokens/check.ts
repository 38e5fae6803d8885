/**
 * Looks at `server-tokens` of the ConfigMap of ingress-nginx, where the project has an Ingress.
 *
 * ## Why
 * A version tells an attacker at once which known vulnerabilities to try.
 *
 * ## Passes
 * It is `"false"`.
 *
 * ## Fails
 * It is `"true"`.
 *
 * ## Unknown
 * The ConfigMap is not in the project or does not set it, or the controller is another one.
 *
 * ## How to fix
 * ```yaml
 * data:
 *   server-tokens: "false"
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { ingressesOf } from '../../../files/kubernetes/ingresses.ts';
import { kubernetesManifests } from '../../../files/kubernetes/read-manifests.ts';
import { at, lineOf, textOf } from '../../../files/yaml-tree.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix = 'Set `server-tokens: "false"` in the ConfigMap of ingress-nginx, and keep it with the project.';

export const check: Check = {
  id: 'server/ingress-tokens',
  aspect: 'server/tokens',
  title: 'The controller of an Ingress does not send its version.',
  why: 'A version tells an attacker which known vulnerabilities to try.',
  severity: 'low',
  cwe: [200],
  asvs: ['13.4.6'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const { manifests } = kubernetesManifests(subject);
  const ingresses = ingressesOf(manifests);
  if (ingresses.length === 0) return [];
  const settings = manifests.filter(
    ({ kind, name }) =>
      kind === 'ConfigMap' && /(^|-)(ingress-nginx-controller|nginx-configuration)$/.test(name),
  );
  const seen = ingresses.map(({ evidence }) => evidence).slice(0, 8);
  const said = settings.flatMap(({ tree, path }) => {
    const data = at(tree, 'data');
    const value = textOf(at(data, 'server-tokens'));
    return value === undefined
      ? []
      : [{ value, evidence: { text: `server-tokens: ${value}`, path, line: lineOf(data, 'server-tokens') } }];
  });
  const evidence = [...said.map((one) => one.evidence), ...seen];
  if (said.some(({ value }) => value === 'true'))
    return [fail('The controller of an Ingress sends its version.', evidence, fix)];
  const isOff =
    said.length > 0 && said.length === settings.length && said.every(({ value }) => value === 'false');
  if (isOff && ingresses.every(({ controller }) => controller === 'nginx'))
    return [pass('The controller of an Ingress sends no version.', evidence)];
  return [
    unknown('Whether the controller of an Ingress sends its version is not in these files.', fix, evidence),
  ];
}
