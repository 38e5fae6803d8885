import type { Evidence } from '../../check/outcome.ts';
import { strongCapabilities } from '../container/service-holes.ts';
import { at, itemsOf, lineOf, type Tree, textOf } from '../yaml-tree.ts';
import type { Workload } from './read-manifests.ts';

export interface PodFact {
  readonly verdict: 'pass' | 'fail' | 'unknown';
  readonly summary: string;
  readonly evidence: Evidence;
  readonly fix: string;
}

const rootFix = 'Add to the pod:\nsecurityContext:\n  runAsNonRoot: true';

/** What a pod may do on its node, and whether its containers run as root. */
export function podFacts({ manifest, spec }: Workload): readonly PodFact[] {
  const { path, kind, name } = manifest;
  const what = `${kind} ${name}`;
  const facts: PodFact[] = [];
  for (const key of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (textOf(at(spec, key)) === 'true')
      facts.push({
        verdict: 'fail',
        summary: `${what} shares the ${shared[key]} of its node.`,
        evidence: { text: `${key}: true`, path, line: lineOf(spec, key) },
        fix: `Remove \`${key}\`.`,
      });
  }
  for (const volume of itemsOf(at(spec, 'volumes'))) {
    const host = textOf(at(volume, 'hostPath', 'path'));
    if (host !== undefined && /^\/(etc|root|proc|sys|dev|var\/run|run|var\/lib\/kubelet)?(\/|$)/.test(host)) {
      facts.push({
        verdict: 'fail',
        summary: `${what} has a folder of the system of its node.`,
        evidence: { text: `hostPath: ${host}`, path, line: lineOf(volume, 'hostPath') },
        fix: 'Remove the volume.',
      });
    }
  }
  const containers = ['containers', 'initContainers'].flatMap((key) => itemsOf(at(spec, key)));
  for (const container of containers) facts.push(...containerFacts(container, spec, what, path));
  return facts;
}

const shared: Readonly<Record<string, string>> = {
  hostNetwork: 'network',
  hostPID: 'processes',
  hostIPC: 'memory',
};

function containerFacts(container: Tree, spec: Tree, what: string, path: string): readonly PodFact[] {
  const facts: PodFact[] = [];
  const own = at(container, 'securityContext');
  const pod = at(spec, 'securityContext');
  const name = textOf(at(container, 'name')) ?? '';
  const place = (tree: Tree | undefined, key: string, text: string): Evidence => ({
    text,
    path,
    line: lineOf(tree, key),
  });
  if (textOf(at(own, 'privileged')) === 'true')
    facts.push({
      verdict: 'fail',
      summary: `The container ${name} of ${what} is privileged.`,
      evidence: place(own, 'privileged', 'privileged: true'),
      fix: 'Remove `privileged: true`.',
    });
  for (const item of itemsOf(at(own, 'capabilities', 'add'))) {
    const capability = textOf(item) ?? '';
    if (strongCapabilities.test(capability))
      facts.push({
        verdict: 'fail',
        summary: `The container ${name} of ${what} has the capability ${capability}.`,
        evidence: { text: capability, path, line: item.line },
        fix: 'Remove it, and drop all others: `drop: ["ALL"]`.',
      });
  }
  // What stands at the container takes precedence over the pod.
  const setting = (key: string): readonly [tree: Tree | undefined, value: string | undefined] => {
    const value = textOf(at(own, key));
    return value === undefined ? [pod, textOf(at(pod, key))] : [own, value];
  };
  const [whereUser, user] = setting('runAsUser');
  const [whereRoot, nonRoot] = setting('runAsNonRoot');
  if (user === '0')
    facts.push({
      verdict: 'fail',
      summary: `The container ${name} of ${what} runs as root.`,
      evidence: place(whereUser, 'runAsUser', 'runAsUser: 0'),
      fix: rootFix,
    });
  else if (nonRoot === 'true')
    facts.push({
      verdict: 'pass',
      summary: `The container ${name} of ${what} does not run as root.`,
      evidence: place(whereRoot, 'runAsNonRoot', 'runAsNonRoot: true'),
      fix: '',
    });
  else if (user !== undefined && /^[1-9]\d*$/.test(user))
    facts.push({
      verdict: 'pass',
      summary: `The container ${name} of ${what} does not run as root.`,
      evidence: place(whereUser, 'runAsUser', `runAsUser: ${user}`),
      fix: '',
    });
  else
    facts.push({
      verdict: 'unknown',
      summary: `The container ${name} of ${what} runs as the user of its image, which may be root.`,
      evidence: { text: name, path, line: container.line },
      fix: rootFix,
    });
  return facts;
}
