import { parse } from 'smol-toml';
import type { LockFile, PackageSource } from '../../package-graph.ts';
import { draftOf, type Edge } from '../kit/draft.ts';
import { colonIntegrity } from '../kit/integrity.ts';
import { LockCollector, type LockInput } from '../kit/lock-reader.ts';
import { gitSource, registrySource, urlSource } from '../kit/package-source.ts';
import { isMap, listAt, mapAt, textAt, textsAt, type Values, valueAt } from '../kit/values.ts';
import { pythonName } from './python-name.ts';
import { readRequirement } from './requirement.ts';
import { parseTomlLock } from './toml-lock.ts';

/** `poetry.lock`, formats 1.0 to 2.1. */
export function readPoetryLock(input: LockInput): LockFile {
  const lock = new LockCollector(input);
  const parsed = parseTomlLock(input.text, 'package');
  if (parsed === undefined) lock.problem('is not valid TOML');
  else {
    const metadata = valueAt(parsed.file, 'metadata');
    if (!isMap(metadata)) lock.problem('has no metadata: it is cut off');
    const format = textAt(metadata, 'lock-version');
    if (format !== undefined) lock.format = format;
    const ids = idsByName(parsed.packages.map(({ entry }) => entry));
    for (const { entry, line } of parsed.packages) addPackage(entry, line, { ids, metadata, input, lock });
    addRoots(input, ids, lock);
  }
  return lock.finish('poetry-lock', 'PyPI');
}

type Ids = ReadonlyMap<string, readonly string[]>;

/** A package may be there in several versions, each with a marker. */
export function idsByName(entries: readonly Values[]): Ids {
  const ids = new Map<string, string[]>();
  for (const entry of entries) {
    const name = pythonName(textAt(entry, 'name') ?? '');
    const id = `${name}@${textAt(entry, 'version') ?? ''}`;
    const same = ids.get(name);
    if (same === undefined) ids.set(name, [id]);
    else if (!same.includes(id)) same.push(id);
  }
  return ids;
}

interface Context {
  readonly ids: Ids;
  readonly metadata: unknown;
  readonly input: LockInput;
  readonly lock: LockCollector;
}

function addPackage(entry: Values, line: number, { ids, metadata, input, lock }: Context): void {
  const written = textAt(entry, 'name');
  const version = textAt(entry, 'version');
  if (written === undefined || version === undefined) {
    lock.problem('has a package without a name or a version', line);
    return;
  }
  const name = pythonName(written);
  const groups = textsAt(entry, 'groups');
  const category = textAt(entry, 'category');
  const edges = Object.entries(mapAt(entry, 'dependencies')).flatMap(([needed, asked]): Edge[] => {
    const found = ids.get(pythonName(needed)) ?? [];
    const isOptional = asOptional(asked);
    if (found.length === 0 && !isOptional) lock.problem(`does not hold ${needed}, which ${name} needs`, line);
    return found.map((to) => ({ to, kind: isOptional ? 'optional' : 'needed' }));
  });
  const files = Array.isArray(valueAt(entry, 'files'))
    ? listAt(entry, 'files')
    : listAt(mapAt(metadata, 'files'), written);
  lock.add(
    draftOf({
      ecosystem: 'PyPI',
      id: `${name}@${version}`,
      name,
      version,
      source: sourceOf(mapAt(entry, 'source')),
      integrity: files.flatMap((file) => colonIntegrity(textAt(file, 'hash') ?? '')),
      groups: groups.length > 0 ? groups : category === undefined ? [] : [category],
      isDev:
        groups.length > 0
          ? !groups.includes('main')
          : category === undefined
            ? undefined
            : category !== 'main',
      isOptional: valueAt(entry, 'optional') === true,
      isEditable: valueAt(entry, 'develop') === true ? true : undefined,
      marker: markerOf(valueAt(entry, 'markers')),
      edges,
      path: input.path,
      line,
    }),
  );
}

/** A text, or one for each group. */
function markerOf(markers: unknown): string | undefined {
  if (typeof markers === 'string') return markers;
  const all = isMap(markers) ? Object.values(markers).filter((one) => typeof one === 'string') : [];
  return all.length === 0 ? undefined : all.join(' or ');
}

/** A dependency of an extra, or one that a marker leaves out, need not be in the file. */
function asOptional(asked: unknown): boolean {
  const all = Array.isArray(asked) ? asked : [asked];
  return all.every((one) => valueAt(one, 'optional') === true || textAt(one, 'markers') !== undefined);
}

function sourceOf(source: Values): PackageSource {
  const url = textAt(source, 'url') ?? '';
  switch (textAt(source, 'type')) {
    case undefined:
      return registrySource();
    case 'git':
      return gitSource(url, textAt(source, 'resolved_reference'));
    case 'url':
      return urlSource(url);
    case 'file':
    case 'directory':
      return { kind: 'file', location: url };
    default:
      return registrySource(url);
  }
}

/** What `pyproject.toml` asks for. */
function addRoots({ path, read }: LockInput, ids: Ids, lock: LockCollector): void {
  const manifest = `${path.slice(0, path.lastIndexOf('/') + 1)}pyproject.toml`;
  const text = read(manifest);
  if (text === undefined) return;
  lock.manifest = manifest;
  let file: Values;
  try {
    file = parse(text, { maxDepth: 60 });
  } catch {
    lock.problem('is not valid TOML', undefined, manifest);
    return;
  }
  const add = (name: string, kind: Edge['kind']): void => {
    const found = ids.get(pythonName(name)) ?? [];
    if (found.length === 0 && pythonName(name) !== 'python' && kind === 'needed')
      lock.problem(`does not hold ${name}, which ${manifest} needs`);
    lock.roots.push(...found.map((to) => ({ to, kind })));
  };
  const project = mapAt(file, 'project');
  const poetry = mapAt(mapAt(file, 'tool'), 'poetry');
  for (const one of textsAt(project, 'dependencies')) add(readRequirement(one)?.name ?? one, kindOf(one));
  for (const [name, asked] of Object.entries(mapAt(poetry, 'dependencies')))
    add(name, valueAt(asked, 'optional') === true ? 'optional' : 'needed');
  for (const extra of Object.values(mapAt(project, 'optional-dependencies')))
    for (const one of Array.isArray(extra) ? extra : [])
      add(readRequirement(String(one))?.name ?? '', 'optional');
  for (const name of Object.keys(mapAt(poetry, 'dev-dependencies'))) add(name, 'dev');
  for (const group of Object.values(mapAt(poetry, 'group')))
    for (const name of Object.keys(mapAt(group, 'dependencies'))) add(name, 'dev');
  for (const group of Object.values(mapAt(file, 'dependency-groups')))
    for (const one of Array.isArray(group) ? group : [])
      if (typeof one === 'string') add(readRequirement(one)?.name ?? '', 'dev');
}

function kindOf(requirement: string): Edge['kind'] {
  return requirement.includes(';') ? 'optional' : 'needed';
}
