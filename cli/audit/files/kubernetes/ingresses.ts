import type { Evidence } from '../../check/outcome.ts';
import { at, entriesOf, itemsOf, lineOf, textOf } from '../yaml-tree.ts';
import type { Manifest } from './read-manifests.ts';

/** An Ingress, and what its annotations say. */
export interface Ingress {
  readonly manifest: Manifest;
  readonly controller: 'nginx' | 'alb' | 'other';
  /** Whether every host has a certificate of the Ingress. */
  readonly hasTls: boolean;
  readonly evidence: Evidence;
  annotation(name: string): { readonly text: string; readonly evidence: Evidence } | undefined;
}

export function ingressesOf(manifests: readonly Manifest[]): readonly Ingress[] {
  return manifests.filter(({ kind }) => kind === 'Ingress').map(read);
}

function read(manifest: Manifest): Ingress {
  const { tree, path, name } = manifest;
  const annotations = entriesOf(at(tree, 'metadata', 'annotations'));
  const hosts = itemsOf(at(tree, 'spec', 'rules')).map((rule) => textOf(at(rule, 'host')));
  const secured = itemsOf(at(tree, 'spec', 'tls')).flatMap((one) =>
    itemsOf(at(one, 'hosts')).map((host) => textOf(host) ?? ''),
  );
  const covers = (host: string | undefined): boolean =>
    host !== undefined && (secured.includes(host) || secured.includes(host.replace(/^[^.]+/, '*')));
  const annotation: Ingress['annotation'] = (wanted) => {
    const found = annotations.find(({ key }) => key === wanted);
    const text = found && textOf(found.value);
    if (!found || text === undefined) return undefined;
    return { text, evidence: { text: `${wanted}: ${text}`.slice(0, 160), path, line: found.line } };
  };
  const className =
    textOf(at(tree, 'spec', 'ingressClassName')) ?? annotation('kubernetes.io/ingress.class')?.text ?? '';
  const isNginx = annotations.some(({ key }) => key.startsWith('nginx.ingress.kubernetes.io/'));
  return {
    manifest,
    controller: className === 'alb' ? 'alb' : isNginx || /(^|-)nginx/.test(className) ? 'nginx' : 'other',
    hasTls: hosts.length > 0 && hosts.every(covers),
    evidence: { text: `Ingress ${name}`, path, line: lineOf(tree, 'spec') },
    annotation,
  };
}
