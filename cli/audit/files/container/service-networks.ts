import type { Subject } from '../../subject/subject.ts';
import { at, entriesOf, itemsOf, readYaml, type Tree, textOf } from '../yaml-tree.ts';
import type { ComposeService, ComposeView } from './compose-file.ts';
import { databases } from './service-holes.ts';

export interface ServiceNetworks {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly networks: readonly string[];
  /** `inside`: internal networks only. `unknown`: one of them is not described in the files. */
  readonly reach: 'inside' | 'outside' | 'unknown';
  /** It may run code of the project: it is built here, or its image is none of a database or a server that forwards requests inside. */
  readonly isOwn: boolean;
  /** It sends requests on for others, and so has to stand on an outer network too. */
  readonly isGateway: boolean;
}

/** The whole name of a service, or of an image without its registry and tag. */
const gateway =
  /^(?:bulwark-gateway|smokescreen|squid|tinyproxy|(?:egress|outbound)(?:-(?:proxy|gateway))?)$/i;
const infrastructure =
  /^(?:nginx(?:-unprivileged)?|caddy|traefik|haproxy|envoy|httpd|varnish|minio|mailpit|mailhog|prometheus|grafana)$/i;

/** The networks of each service. What several files say of one is put together, as compose does. */
export function serviceNetworks(view: ComposeView, read: Subject['read']): readonly ServiceNetworks[] {
  const described = new Map<string, boolean | undefined>();
  for (const { path } of view.files) {
    const tree = readYaml((path === undefined ? undefined : read(path)) ?? '').documents[0];
    for (const { key, value } of entriesOf(at(tree, 'networks'))) {
      const said = textOf(at(value, 'internal'));
      if (at(value, 'external') !== undefined || (said !== undefined && !/^(true|false)$/.test(said)))
        described.set(key, undefined);
      else if (said !== undefined || !described.has(key)) described.set(key, said === 'true');
    }
  }
  const byName = new Map<string, ComposeService[]>();
  for (const service of view.services) {
    const list = byName.get(service.name) ?? [];
    list.push(service);
    byName.set(service.name, list);
  }
  return [...byName].flatMap(([name, all]) => {
    const [first] = all;
    if (first === undefined) return [];
    const networks = networksOf(all);
    const states = networks.map((network) => (described.has(network) ? described.get(network) : false));
    const isExtended = all.some(({ tree }) => at(tree, 'extends') !== undefined);
    const reach = states.includes(false)
      ? 'outside'
      : states.includes(undefined) || isExtended
        ? 'unknown'
        : 'inside';
    const images = all.flatMap(({ tree }) => textOf(at(tree, 'image')) ?? []);
    const isBuilt = all.some(({ tree }) => at(tree, 'build') !== undefined);
    return [
      {
        ...{ name, path: first.path, line: first.line, networks, reach },
        isOwn:
          isBuilt || !images.some((image) => infrastructure.test(baseOf(image)) || databases.test(image)),
        isGateway: gateway.test(name) || images.some((image) => gateway.test(baseOf(image))),
      },
    ];
  });
}

/** `squid` of `registry.example/tools/squid:6@sha256:...` */
function baseOf(image: string): string {
  return (image.split('/').at(-1) ?? '').replace(/[:@].*$/, '');
}

/** Without any of its own, a service stands on the network `default`. */
function networksOf(all: readonly ComposeService[]): readonly string[] {
  const mode = all.map(({ tree }) => textOf(at(tree, 'network_mode'))).find((one) => one !== undefined);
  if (mode === 'none') return [];
  if (mode !== undefined) return [`network_mode: ${mode}`];
  const named = all.flatMap(({ tree }) => namesIn(at(tree, 'networks')));
  return named.length > 0 ? [...new Set(named)] : ['default'];
}

function namesIn(tree: Tree | undefined): readonly string[] {
  return tree?.kind === 'map'
    ? tree.entries.map(({ key }) => key)
    : itemsOf(tree).map((item) => textOf(item) ?? 'a computed one');
}
