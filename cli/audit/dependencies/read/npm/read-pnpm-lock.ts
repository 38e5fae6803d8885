import type { LockFile, PackageSource } from '../../package-graph.ts';
import { draftOf, type Edge } from '../kit/draft.ts';
import { subresourceIntegrity } from '../kit/integrity.ts';
import { LockCollector, type LockInput } from '../kit/lock-reader.ts';
import { gitSource, locatedSource, registrySource } from '../kit/package-source.ts';
import { isMap, mapAt, textAt, type Values, valueAt, valuesOf } from '../kit/values.ts';
import { type PnpmKey, readPnpmKey, withoutPeers } from './pnpm-key.ts';
import { sectionLines } from './section-lines.ts';
import { parseYamlLock } from './yaml-lock.ts';

/** `pnpm-lock.yaml` of the formats 5.1 to 9.0: https://github.com/pnpm/spec/tree/master/lockfile */
export function readPnpmLock(input: LockInput): LockFile {
  const lock = new LockCollector(input);
  const parsed = parseYamlLock(input.text);
  if ('problem' in parsed) lock.problem(parsed.problem);
  else if (parsed.documents.length === 0) lock.problem('is empty');
  else for (const document of parsed.documents) readDocument(document, input, lock);
  return lock.finish('pnpm-lock', 'npm');
}

function readDocument(file: Values, input: LockInput, lock: LockCollector): void {
  const format = textAt(file, 'lockfileVersion');
  const major = Number.parseFloat(format ?? '');
  if (format === undefined || !(major >= 5 && major < 10)) {
    lock.problem(`has a format that is not known: ${JSON.stringify(format ?? 'none')}`);
    return;
  }
  lock.format = format;
  const { lines, twice } = sectionLines(input.text);
  for (const { key, line } of twice) lock.problem(`has the same key twice: ${JSON.stringify(key)}`, line);
  const packages = mapAt(file, 'packages');
  // Since 9.0 what a package needs stands apart, once for each set of peers that it is installed with.
  const instances = major >= 9 ? mapAt(file, 'snapshots') : packages;
  const reader = new PnpmReader({ major, packages, instances, lines, input, lock });
  reader.readPackages();
  reader.readImporters(file);
}

interface PnpmFile {
  readonly major: number;
  readonly packages: Values;
  readonly instances: Values;
  readonly lines: ReadonlyMap<string, number>;
  readonly input: LockInput;
  readonly lock: LockCollector;
}

class PnpmReader {
  readonly #file: PnpmFile;
  readonly #keys = new Map<string, PnpmKey>();
  /** Instances by their packages. */
  readonly #instances = new Map<string, string[]>();

  constructor(file: PnpmFile) {
    this.#file = file;
    for (const instance of [...Object.keys(file.instances), ...Object.keys(file.packages)]) {
      if (this.#keys.has(instance)) continue;
      const key = readPnpmKey(
        instance,
        file.major,
        valuesOf(valueAt(file.packages, withoutPeers(instance, file.major)) ?? file.packages[instance]),
      );
      this.#keys.set(instance, key);
      const same = this.#instances.get(key.id);
      if (same) same.push(instance);
      else this.#instances.set(key.id, [instance]);
    }
  }

  readPackages(): void {
    const { packages, instances, lines, input, lock, major } = this.#file;
    for (const [id, keys] of this.#instances) {
      const [first = ''] = keys;
      const own = packages[first] ?? valueAt(packages, withoutPeers(first, major));
      const line = lines.get(first) ?? lines.get(withoutPeers(first, major)) ?? 1;
      if (!isMap(own)) {
        lock.problem(`does not describe ${JSON.stringify(first)}`, line);
        continue;
      }
      const entries = keys.map((key) => valuesOf(instances[key]));
      const key = this.#keys.get(first) ?? { id, name: id };
      const edges = entries.flatMap((entry) => this.#edges(entry, first, line));
      lock.add(
        draftOf({
          ecosystem: 'npm',
          id,
          name: key.name,
          version: key.version,
          source: sourceOf(mapAt(own, 'resolution'), key),
          integrity: subresourceIntegrity(textAt(mapAt(own, 'resolution'), 'integrity')),
          isOptional: entries.length > 0 && entries.every((entry) => textAt(entry, 'optional') === 'true'),
          isDev:
            major < 9 && entries.length > 0
              ? entries.every((entry) => textAt(entry, 'dev') === 'true')
              : undefined,
          hasInstallScript:
            major < 9 ? entries.some((entry) => textAt(entry, 'requiresBuild') === 'true') : undefined,
          deprecated: textAt(own, 'deprecated'),
          edges,
          path: input.path,
          line,
        }),
      );
    }
  }

  readImporters(file: Values): void {
    const listed = valueAt(file, 'importers');
    const importers = isMap(listed) ? Object.entries(listed) : [['.', file] as const];
    for (const [name, importer] of importers)
      this.#file.lock.roots.push(
        ...this.#edges(valuesOf(importer), name === '.' ? 'the manifest' : JSON.stringify(name), 1),
      );
  }

  #edges(entry: Values, from: string, line: number): Edge[] {
    return (
      [
        ['dependencies', 'needed'],
        ['devDependencies', 'dev'],
        ['optionalDependencies', 'optional'],
      ] as const
    ).flatMap(([section, kind]) => {
      const asked = mapAt(entry, section);
      this.#file.lock.spend(Object.keys(asked).length);
      return Object.entries(asked).flatMap(([name, value]): Edge[] => {
        const reference = typeof value === 'string' ? value : textAt(value, 'version');
        if (reference === undefined) {
          this.#file.lock.problem(`has a dependency without a version: ${JSON.stringify(name)}`, line);
          return [];
        }
        // Another package of the workspace.
        if (reference.startsWith('link:')) return [];
        const to = this.#find(name, reference);
        if (to !== undefined) return [{ to, kind }];
        if (kind !== 'optional') this.#file.lock.problem(`does not hold ${name}, which ${from} needs`, line);
        return [];
      });
    });
  }

  #find(name: string, reference: string): string | undefined {
    const { major } = this.#file;
    const usual =
      major >= 9 ? `${name}@${reference}` : major >= 6 ? `/${name}@${reference}` : `/${name}/${reference}`;
    return (this.#keys.get(usual) ?? this.#keys.get(reference))?.id;
  }
}

function sourceOf(resolution: Values, key: PnpmKey): PackageSource {
  const type = textAt(resolution, 'type');
  if (type === 'git') return gitSource(textAt(resolution, 'repo') ?? '', textAt(resolution, 'commit'));
  if (type === 'directory') return folderSource(textAt(resolution, 'directory') ?? '');
  const tarball = textAt(resolution, 'tarball');
  if (tarball?.startsWith('file:')) return { kind: 'file', location: tarball.slice('file:'.length) };
  if (tarball === undefined) return registrySource();
  // Only what comes from elsewhere than a registry has its location in its key.
  return key.location === undefined
    ? registrySource(tarball)
    : (locatedSource(tarball) ?? registrySource(tarball));
}

function folderSource(location: string): PackageSource {
  return location.startsWith('..') || location.startsWith('/')
    ? { kind: 'file', location }
    : { kind: 'workspace', location };
}
