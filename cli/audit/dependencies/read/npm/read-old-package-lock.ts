import type { PackageSource } from '../../package-graph.ts';
import { draftOf, type Edge } from '../kit/draft.ts';
import { subresourceIntegrity } from '../kit/integrity.ts';
import { keyLines } from '../kit/key-lines.ts';
import type { LockCollector, LockInput } from '../kit/lock-reader.ts';
import { locatedSource } from '../kit/package-source.ts';
import { isMap, mapAt, textAt, type Values, valueAt } from '../kit/values.ts';
import { askedPackages, folderOfLock, manifestName } from './node-workspace.ts';
import { npmSource } from './read-package-lock.ts';

const deepest = 100;

/** Version 1, of npm 5 and 6: packages stand below those whose folder they lie in. What the manifest asks for is not in the file. */
export function readOldPackageLock(file: Values, input: LockInput, lock: LockCollector): void {
  const lines = keyLines(input.text, /"((?:[^"\\\n]|\\.)*)"\s*:\s*\{/g);
  const folders: { readonly path: string; readonly packages: Values; readonly depth: number }[] = [
    { path: '', packages: mapAt(file, 'dependencies'), depth: 0 },
  ];
  const known = new Map<string, Values>();
  for (let at = 0; at < folders.length; at++) {
    const folder = folders[at];
    if (folder === undefined) break;
    if (folder.depth > deepest) {
      lock.problem('is nested too deeply');
      break;
    }
    for (const [name, entry] of Object.entries(folder.packages)) {
      if (!isMap(entry)) {
        lock.problem(`has an entry that is no package: ${JSON.stringify(name)}`, lines.get(name) ?? 1);
        continue;
      }
      const path = `${folder.path === '' ? '' : `${folder.path}/`}node_modules/${name}`;
      known.set(path, entry);
      const inside = valueAt(entry, 'dependencies');
      if (isMap(inside)) folders.push({ path, packages: inside, depth: folder.depth + 1 });
    }
  }
  for (const [path, entry] of known) {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    addPackage(path, name, entry, lines.get(name) ?? 1);
  }
  addRoots(input, known, lock);

  function addPackage(path: string, name: string, entry: Values, line: number): void {
    const version = textAt(entry, 'version');
    if (version === undefined) lock.problem(`has a package without a version: ${JSON.stringify(path)}`, line);
    const [, real, aliased] = /^npm:(@?[^@]+)@(.+)$/.exec(version ?? '') ?? [];
    const located = real === undefined && version !== undefined ? locatedSource(version) : undefined;
    const edges = Object.keys(mapAt(entry, 'requires')).flatMap((needed): Edge[] => {
      const to = nearest(path, needed, known);
      return to === undefined ? [] : [{ to, kind: 'needed' }];
    });
    lock.add(
      draftOf({
        ecosystem: 'npm',
        id: path,
        name: real ?? name,
        alias: real === undefined ? undefined : name,
        version: aliased ?? (located === undefined ? version : undefined),
        source: ownFolder(located) ?? npmSource(textAt(entry, 'resolved')),
        integrity: subresourceIntegrity(textAt(entry, 'integrity')),
        isDev: valueAt(entry, 'dev') === true,
        isOptional: valueAt(entry, 'optional') === true,
        isBundled: valueAt(entry, 'bundled') === true ? true : undefined,
        edges,
        path: input.path,
        line,
      }),
    );
  }
}

/** A folder of the project is a package of its workspace. */
function ownFolder(source: PackageSource | undefined): PackageSource | undefined {
  if (source?.kind !== 'file' || /^(?:\.\.|\/)|\.t(?:ar\.)?gz$/.test(source.location)) return source;
  return { kind: 'workspace', location: source.location };
}

function nearest(from: string, name: string, known: ReadonlyMap<string, Values>): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (known.has(path)) return path;
    if (folder === '') return undefined;
  }
}

/** What the manifests of the workspace ask for. */
function addRoots(input: LockInput, known: ReadonlyMap<string, Values>, lock: LockCollector): void {
  for (const path of [`${folderOfLock(input)}package.json`, ...(input.members?.() ?? [])]) {
    const text = input.read(path);
    const name = manifestName(text) ?? '';
    const from = known.has(`node_modules/${name}`) ? `node_modules/${name}` : '';
    for (const asked of askedPackages(text) ?? []) {
      const to = nearest(from, asked.name, known);
      if (to !== undefined) lock.roots.push({ to, kind: asked.kind });
    }
  }
}
