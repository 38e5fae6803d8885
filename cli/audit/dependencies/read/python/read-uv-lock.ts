import type { LockFile, PackageSource } from '../../package-graph.ts';
import { draftOf, type Edge } from '../kit/draft.ts';
import { colonIntegrity } from '../kit/integrity.ts';
import { LockCollector, type LockInput } from '../kit/lock-reader.ts';
import { gitSource, registrySource, urlSource } from '../kit/package-source.ts';
import { listAt, mapAt, textAt, textsAt, type Values, valueAt } from '../kit/values.ts';
import { pythonName } from './python-name.ts';
import { parseTomlLock } from './toml-lock.ts';

/** `uv.lock`, version 1: https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile */
export function readUvLock(input: LockInput): LockFile {
  const lock = new LockCollector(input);
  const parsed = parseTomlLock(input.text, 'package');
  if (parsed === undefined) lock.problem('is not valid TOML');
  else if (valueAt(parsed.file, 'version') !== 1)
    lock.problem(
      `has a format that is not known: ${JSON.stringify(valueAt(parsed.file, 'version') ?? 'none')}`,
    );
  else {
    lock.format = '1';
    const all = byName(parsed.packages.map(({ entry }) => entry));
    for (const { entry, line } of parsed.packages) addPackage(entry, line, all, input, lock);
  }
  return lock.finish('uv-lock', 'PyPI');
}

type Named = ReadonlyMap<string, readonly Values[]>;

function addPackage(entry: Values, line: number, all: Named, input: LockInput, lock: LockCollector): void {
  const written = textAt(entry, 'name');
  const source = sourceOf(mapAt(entry, 'source'));
  if (written === undefined || source === undefined) {
    lock.problem('has a package without a name or a source', line);
    return;
  }
  const name = pythonName(written);
  const version = textAt(entry, 'version');
  if (version === undefined && source.kind === 'registry')
    lock.problem(`has a package without a version: ${name}`, line);
  const follow = (asked: readonly unknown[], kind: Edge['kind']): Edge[] =>
    asked.flatMap((one): Edge[] => {
      const found = matching(one, all);
      if (found.length === 0)
        lock.problem(`does not hold ${textAt(one, 'name') ?? 'a package'}, which ${name} needs`, line);
      lock.spend(found.length + 1);
      return found.map((to) => ({ to, kind }));
    });
  const edges = [
    ...follow(listAt(entry, 'dependencies'), 'needed'),
    ...listsOf(entry, 'optional-dependencies').flatMap((list) => follow(list, 'optional')),
    ...[...listsOf(entry, 'dev-dependencies'), ...listsOf(entry, 'dependency-groups')].flatMap((list) =>
      follow(list, 'dev'),
    ),
  ];
  const isOwn = source.kind === 'workspace';
  if (isOwn) lock.roots.push(...edges);
  const markers = textsAt(entry, 'resolution-markers');
  const archives = [...listAt(entry, 'wheels'), valueAt(entry, 'sdist')];
  lock.add(
    draftOf({
      ecosystem: 'PyPI',
      id: idOf(entry),
      name,
      version,
      source,
      integrity: archives.flatMap((one) => colonIntegrity(textAt(one, 'hash') ?? '')),
      isEditable: textAt(mapAt(entry, 'source'), 'editable') === undefined ? undefined : true,
      marker: markers.length === 0 ? undefined : markers.join(' or '),
      edges,
      path: input.path,
      line,
    }),
  );
}

function byName(entries: readonly Values[]): Named {
  const named = new Map<string, Values[]>();
  for (const entry of entries) {
    const name = textAt(entry, 'name') ?? '';
    const same = named.get(name);
    if (same) same.push(entry);
    else named.set(name, [entry]);
  }
  return named;
}

function listsOf(entry: Values, key: string): readonly (readonly unknown[])[] {
  return Object.values(mapAt(entry, key)).flatMap((one) => (Array.isArray(one) ? [one] : []));
}

function idOf(entry: Values): string {
  const source = JSON.stringify(valueAt(entry, 'source') ?? {});
  const isRegistry = textAt(mapAt(entry, 'source'), 'registry') !== undefined;
  return `${pythonName(textAt(entry, 'name') ?? '')}@${textAt(entry, 'version') ?? ''}${isRegistry ? '' : ` ${source}`}`;
}

/** The entries that a dependency means: with its version and source, if those are told. */
function matching(asked: unknown, all: Named): readonly string[] {
  const version = textAt(asked, 'version');
  const source = valueAt(asked, 'source');
  return (all.get(textAt(asked, 'name') ?? '') ?? [])
    .filter(
      (entry) =>
        (version === undefined || textAt(entry, 'version') === version) &&
        (source === undefined || JSON.stringify(valueAt(entry, 'source')) === JSON.stringify(source)),
    )
    .map(idOf);
}

function sourceOf(source: Values): PackageSource | undefined {
  const [kind, value] = Object.entries(source)[0] ?? [];
  if (typeof value !== 'string') return undefined;
  switch (kind) {
    case 'registry':
      return registrySource(value);
    case 'git':
      return gitSource(value.split('#', 1)[0] ?? '', value.split('#', 2)[1]);
    case 'url':
      return urlSource(value);
    case 'editable':
    case 'virtual':
      return value.startsWith('..')
        ? { kind: 'file', location: value }
        : { kind: 'workspace', location: value };
    case 'path':
    case 'directory':
      return { kind: 'file', location: value };
    default:
      return undefined;
  }
}
