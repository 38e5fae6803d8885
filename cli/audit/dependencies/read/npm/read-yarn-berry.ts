import type { PackageSource } from '../../package-graph.ts';
import { draftOf, type Edge } from '../kit/draft.ts';
import { locatedSource, registrySource } from '../kit/package-source.ts';
import { isMap, mapAt, textAt, textEntries, type Values } from '../kit/values.ts';
import { askedPackages, folderOfLock } from './node-workspace.ts';
import { descriptorOf, descriptorsOf, type YarnFile } from './yarn-file.ts';

interface Entry {
  readonly entry: Values;
  readonly id: string;
  readonly descriptors: readonly string[];
  readonly line: number;
}

/** Yarn 2 and later. Entries of the workspace mix what development needs with the rest: their manifests tell them apart. */
export function readYarnBerry({ document, lines, input, lock }: YarnFile): void {
  const version = textAt(mapAt(document, '__metadata'), 'version');
  if (version !== undefined) lock.format = version;
  const entries = Object.entries(document).flatMap(([heading, entry]): Entry[] => {
    if (heading === '__metadata') return [];
    const descriptors = descriptorsOf(heading);
    const line = lines.get(descriptors[0] ?? '') ?? 1;
    const id = isMap(entry) ? textAt(entry, 'resolution') : undefined;
    if (!isMap(entry) || id === undefined) {
      lock.problem(`has an entry that is no package: ${JSON.stringify(heading)}`, line);
      return [];
    }
    return [{ entry, id, descriptors, line }];
  });
  if (entries.length === 0) lock.problem('names no packages');
  const find = finder(entries);
  for (const { entry, id, descriptors, line } of entries) {
    const { name, range } = descriptorOf(id);
    const isWorkspace = range.startsWith('workspace:');
    const dev = isWorkspace ? developmentOf(range, input) : undefined;
    if (isWorkspace && dev === undefined)
      lock.problem(
        `names the package ${JSON.stringify(range)}, of which the manifest could not be read`,
        line,
      );
    const edges = textEntries(mapAt(entry, 'dependencies')).flatMap(([needed, asked]): Edge[] => {
      const found = find(needed, asked);
      lock.spend(found.length + 1);
      const isOptional = textAt(mapAt(mapAt(entry, 'dependenciesMeta'), needed), 'optional') === 'true';
      if (found.length === 0 && !isOptional && !/^(?:link|portal):/.test(asked))
        lock.problem(`does not hold ${needed}, which ${name} needs`, line);
      const kind = isOptional ? 'optional' : dev?.has(needed) ? 'dev' : 'needed';
      return found.map((to) => ({ to, kind }));
    });
    if (isWorkspace) lock.roots.push(...edges);
    if (range === 'workspace:.') continue;
    const alias = isWorkspace ? undefined : aliasOf(descriptors, name);
    lock.add(
      draftOf({
        ecosystem: 'npm',
        id,
        name,
        alias,
        version: textAt(entry, 'version'),
        source: sourceOf(range),
        marker: textAt(entry, 'conditions'),
        integrity: checksumOf(textAt(entry, 'checksum')),
        edges,
        path: input.path,
        line,
      }),
    );
  }
}

function finder(entries: readonly Entry[]): (name: string, range: string) => readonly string[] {
  const byDescriptor = new Map<string, string>();
  const byName = new Map<string, Set<string>>();
  for (const { id, descriptors } of entries)
    for (const one of descriptors) {
      byDescriptor.set(one, id);
      const { name } = descriptorOf(one);
      const same = byName.get(name);
      if (same) same.add(id);
      else byName.set(name, new Set([id]));
    }
  return (name, range) => {
    const exact = byDescriptor.get(`${name}@${range}`) ?? byDescriptor.get(`${name}@npm:${range}`);
    // `resolutions` and patches replace a descriptor: any entry of that name may be meant.
    const named = [...(byName.get(name) ?? [])];
    // Yarn patches some packages by itself, such as typescript, and no descriptor asks for that.
    return exact === undefined ? named : [exact, ...named.filter((id) => id.includes('@patch:'))];
  };
}

/** The names that nothing but the development of a package of the project asks for. */
function developmentOf(range: string, input: YarnFile['input']): ReadonlySet<string> | undefined {
  const folder = range.slice('workspace:'.length);
  const path = `${folderOfLock(input)}${folder === '.' ? '' : `${folder}/`}package.json`;
  const asked = askedPackages(input.read(path));
  if (asked === undefined) return undefined;
  const others = new Set(asked.filter(({ kind }) => kind !== 'dev').map(({ name }) => name));
  return new Set(asked.flatMap(({ name, kind }) => (kind === 'dev' && !others.has(name) ? [name] : [])));
}

function aliasOf(descriptors: readonly string[], name: string): string | undefined {
  const names = descriptors.map((one) => descriptorOf(one).name);
  return names.includes(name) ? undefined : names[0];
}

function sourceOf(range: string): PackageSource {
  if (range.startsWith('workspace:'))
    return { kind: 'workspace', location: range.slice('workspace:'.length) };
  if (range.startsWith('npm:')) {
    const archive = /__archiveUrl=([^&]+)/.exec(range)?.[1];
    return registrySource(archive === undefined ? undefined : decoded(archive));
  }
  if (range.startsWith('patch:')) {
    // What is patched: `patch:a@npm%3A1.0.0#...`.
    const patched = descriptorOf(decoded(range.slice('patch:'.length).split('#', 1)[0] ?? '')).range;
    return patched.startsWith('patch:') ? registrySource() : sourceOf(patched);
  }
  return locatedSource(range) ?? { kind: 'file', location: range };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `10c0/...`: a version of yarn's cache, and a SHA-512 of the archive in it. */
function checksumOf(text: string | undefined): { algorithm: string; value: string }[] {
  return text === undefined ? [] : [{ algorithm: 'yarn', value: text }];
}
