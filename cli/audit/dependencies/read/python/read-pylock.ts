import type { LockFile, PackageSource } from '../../package-graph.ts';
import { draftOf, type Edge } from '../kit/draft.ts';
import { LockCollector, type LockInput } from '../kit/lock-reader.ts';
import { gitSource, registrySource, urlSource } from '../kit/package-source.ts';
import { isMap, listAt, mapAt, textAt, textEntries, type Values, valueAt } from '../kit/values.ts';
import { pythonName } from './python-name.ts';
import { idsByName } from './read-poetry-lock.ts';
import { parseTomlLock } from './toml-lock.ts';

/** `pylock.toml`: https://packaging.python.org/en/latest/specifications/pylock-toml/ */
export function readPylock(input: LockInput): LockFile {
  const lock = new LockCollector(input);
  const parsed = parseTomlLock(input.text, 'packages');
  if (parsed === undefined) lock.problem('is not valid TOML');
  else {
    const format = textAt(parsed.file, 'lock-version');
    if (
      format === undefined ||
      !/^1(?:\.|$)/.test(format) ||
      !Array.isArray(valueAt(parsed.file, 'packages'))
    )
      lock.problem(`has a format that is not known: ${JSON.stringify(format ?? 'none')}`);
    else {
      lock.format = format;
      const ids = idsByName(parsed.packages.map(({ entry }) => entry));
      for (const { entry, line } of parsed.packages) addPackage(entry, line, ids, input, lock);
    }
  }
  return lock.finish('pylock', 'PyPI');
}

function addPackage(
  entry: Values,
  line: number,
  ids: ReadonlyMap<string, readonly string[]>,
  input: LockInput,
  lock: LockCollector,
): void {
  const written = textAt(entry, 'name');
  const source = sourceOf(entry);
  const version = textAt(entry, 'version');
  if (written === undefined || (version === undefined && source.kind === 'registry')) {
    lock.problem('has a package without a name or a version', line);
    return;
  }
  const name = pythonName(written);
  const archives = [...listAt(entry, 'wheels'), valueAt(entry, 'sdist'), valueAt(entry, 'archive')];
  const marker = textAt(entry, 'marker') ?? '';
  lock.add(
    draftOf({
      ecosystem: 'PyPI',
      id: `${name}@${version ?? ''}`,
      name,
      version,
      source,
      integrity: archives.flatMap((one) =>
        textEntries(mapAt(one, 'hashes')).map(([algorithm, value]) => ({ algorithm, value })),
      ),
      groups: [...marker.matchAll(/["']([\w.-]+)["']\s+in\s+dependency_groups/g)].map(
        ([, group = '']) => group,
      ),
      isOptional: /\bin\s+(?:extras|dependency_groups)\b/.test(marker) ? true : undefined,
      marker: marker === '' ? undefined : marker,
      isEditable: valueAt(mapAt(entry, 'directory'), 'editable') === true ? true : undefined,
      edges: listAt(entry, 'dependencies').flatMap((one): Edge[] =>
        (ids.get(pythonName(textAt(one, 'name') ?? '')) ?? []).map((to) => ({ to, kind: 'needed' })),
      ),
      path: input.path,
      line,
    }),
  );
}

function sourceOf(entry: Values): PackageSource {
  const vcs = mapAt(entry, 'vcs');
  if (isMap(valueAt(entry, 'vcs')))
    return gitSource(textAt(vcs, 'url') ?? textAt(vcs, 'path') ?? '', textAt(vcs, 'commit-id'));
  const folder = textAt(mapAt(entry, 'directory'), 'path');
  if (folder !== undefined) return { kind: 'file', location: folder };
  const archive = mapAt(entry, 'archive');
  if (isMap(valueAt(entry, 'archive'))) {
    const url = textAt(archive, 'url');
    return url === undefined ? { kind: 'file', location: textAt(archive, 'path') ?? '' } : urlSource(url);
  }
  const first = [...listAt(entry, 'wheels'), valueAt(entry, 'sdist')].find(
    (one) => textAt(one, 'url') !== undefined,
  );
  return registrySource(textAt(entry, 'index') ?? textAt(first, 'url'));
}
