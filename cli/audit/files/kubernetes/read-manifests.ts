import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { isElsewhere, isForDevelopment } from '../production-file.ts';
import { at, entriesOf, itemsOf, readYaml, type Tree, textOf } from '../yaml-tree.ts';

export interface Manifest {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly path: string;
  readonly tree: Tree;
}

export interface ManifestView {
  readonly manifests: readonly Manifest[];
  /** Files that look like manifests and could not be read: templates of Helm, broken YAML. */
  readonly gaps: readonly Evidence[];
}

const maxFiles = 1000;
const known = new WeakMap<Subject, ManifestView>();

/** The manifests of Kubernetes that production may use. */
export function kubernetesManifests(subject: Subject): ManifestView {
  const before = known.get(subject);
  if (before !== undefined) return before;
  const manifests: Manifest[] = [];
  const gaps: Evidence[] = [];
  const paths = subject.paths.filter(
    (path) =>
      /\.ya?ml$/.test(path) && !isElsewhere(path) && !isForDevelopment(path) && !/^\.|compose/.test(path),
  );
  for (const path of paths.slice(0, maxFiles)) {
    const text = subject.read(path);
    if (text === undefined || !/^apiVersion:/m.test(text) || !/^kind:/m.test(text)) continue;
    if (/\{\{/.test(text)) {
      if (/^kind:\s*(Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod|NetworkPolicy)/m.test(text))
        gaps.push({ text: `${path} is a template`, path, line: 1 });
      continue;
    }
    const { documents, problem } = readYaml(text);
    if (problem !== undefined) gaps.push({ text: `${path} ${problem}`, path, line: 1 });
    for (const document of documents) manifests.push(...unlisted(document, path));
  }
  const view = { manifests, gaps };
  known.set(subject, view);
  return view;
}

/** A `List` holds others. */
function unlisted(tree: Tree, path: string): readonly Manifest[] {
  const kind = textOf(at(tree, 'kind')) ?? '';
  if (kind === 'List') return itemsOf(at(tree, 'items')).flatMap((item) => unlisted(item, path));
  const name = textOf(at(tree, 'metadata', 'name')) ?? '';
  return [{ kind, name, namespace: textOf(at(tree, 'metadata', 'namespace')), path, tree }];
}

export interface Workload {
  readonly manifest: Manifest;
  readonly spec: Tree;
  readonly labels: ReadonlyMap<string, string>;
}

/** The pods that manifests start. */
export function workloadsOf(manifests: readonly Manifest[]): readonly Workload[] {
  return manifests.flatMap((manifest) => {
    const path = podPath[manifest.kind];
    const pod = path === undefined ? undefined : at(manifest.tree, ...path);
    const spec = at(pod, 'spec');
    if (spec === undefined) return [];
    const labels = new Map(
      entriesOf(at(pod, 'metadata', 'labels')).map(({ key, value }) => [key, textOf(value) ?? '']),
    );
    return [{ manifest, spec, labels }];
  });
}

const podPath: Readonly<Record<string, readonly string[] | undefined>> = Object.assign(
  Object.create(null) as object,
  {
    Pod: [],
    Deployment: ['spec', 'template'],
    StatefulSet: ['spec', 'template'],
    DaemonSet: ['spec', 'template'],
    ReplicaSet: ['spec', 'template'],
    Job: ['spec', 'template'],
    CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  },
);
