import type { PackageSource } from '../../package-graph.ts';
import { draftOf, type Edge } from '../kit/draft.ts';
import { subresourceIntegrity } from '../kit/integrity.ts';
import { locatedSource, registrySource } from '../kit/package-source.ts';
import { isMap, mapAt, textAt, textEntries } from '../kit/values.ts';
import { askedPackages } from './node-workspace.ts';
import { workspaceManifests } from './workspace-manifests.ts';
import { descriptorOf, descriptorsOf, type YarnFile } from './yarn-file.ts';

/** Version 1. The manifests of the workspace say what is asked for. */
export function readYarnClassic({ document, lines, input, lock }: YarnFile): void {
  lock.format = '1';
  const byDescriptor = new Map<string, string>();
  const byName = new Map<string, Set<string>>();
  const entries = Object.entries(document).flatMap(([heading, entry]) => {
    const descriptors = descriptorsOf(heading);
    const [first = heading] = descriptors;
    const line = lines.get(first) ?? 1;
    const version = isMap(entry) ? textAt(entry, 'version') : undefined;
    if (!isMap(entry) || version === undefined) {
      lock.problem(`has an entry without a version: ${JSON.stringify(first)}`, line);
      return [];
    }
    const asked = descriptorOf(first);
    const real = /^npm:(@?[^@]+)(?:@|$)/.exec(asked.range)?.[1];
    const id = `${asked.name}@${version}`;
    for (const one of descriptors) {
      byDescriptor.set(one, id);
      const { name } = descriptorOf(one);
      const same = byName.get(name);
      if (same) same.add(id);
      else byName.set(name, new Set([id]));
    }
    return [{ entry, id, asked, real, version, line }];
  });
  const find = (name: string, range: string): readonly string[] => {
    const exact = byDescriptor.get(`${name}@${range}`);
    // `resolutions` of the manifest replace a range: any entry of that name may be meant.
    return exact === undefined ? [...(byName.get(name) ?? [])] : [exact];
  };
  for (const { entry, id, asked, real, version, line } of entries) {
    const edges = (['dependencies', 'optionalDependencies'] as const).flatMap((section) =>
      textEntries(mapAt(entry, section)).flatMap(([name, range]): Edge[] => {
        const found = find(name, range);
        lock.spend(found.length + 1);
        if (found.length === 0 && section === 'dependencies')
          lock.problem(`does not hold ${name}, which ${id} needs`, line);
        return found.map((to) => ({ to, kind: section === 'dependencies' ? 'needed' : 'optional' }));
      }),
    );
    lock.add(
      draftOf({
        ecosystem: 'npm',
        id,
        name: real ?? asked.name,
        alias: real === undefined || real === asked.name ? undefined : asked.name,
        version,
        source: sourceOf(textAt(entry, 'resolved'), asked.range),
        integrity: integrityOf(textAt(entry, 'integrity'), textAt(entry, 'resolved')),
        edges,
        path: input.path,
        line,
      }),
    );
  }
  const manifests = workspaceManifests(input, lock);
  const own = new Set(manifests.map(({ name }) => name));
  for (const { path, text } of manifests)
    for (const { name, range, kind } of askedPackages(text) ?? []) {
      const found = find(name, range);
      lock.roots.push(...found.map((to) => ({ to, kind })));
      if (found.length === 0 && kind !== 'optional' && !own.has(name) && !/^(?:link|workspace):/.test(range))
        lock.problem(`does not hold ${name}, which ${path} needs`);
    }
}

function sourceOf(resolved: string | undefined, range: string): PackageSource {
  if (resolved === undefined) return locatedSource(range) ?? registrySource();
  if (/^https?:\/\/[^/]+\/(?:.*\/)?-\//i.test(resolved)) return registrySource(resolved);
  return locatedSource(resolved) ?? registrySource(resolved);
}

/** The fragment of the URL is the SHA-1 of the archive. */
function integrityOf(
  integrity: string | undefined,
  resolved: string | undefined,
): ReturnType<typeof subresourceIntegrity> {
  if (integrity !== undefined) return subresourceIntegrity(integrity);
  const [, value] = /#([0-9a-f]{40})$/.exec(resolved ?? '') ?? [];
  const isArchive = /\.tgz#|\/-\//.test(resolved ?? '');
  return value === undefined || !isArchive ? [] : [{ algorithm: 'sha1', value }];
}
