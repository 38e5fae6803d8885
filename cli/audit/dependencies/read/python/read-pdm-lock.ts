import type { LockFile, PackageSource } from '../../package-graph.ts';
import { draftOf, type Edge } from '../kit/draft.ts';
import { colonIntegrity } from '../kit/integrity.ts';
import { LockCollector, type LockInput } from '../kit/lock-reader.ts';
import { gitSource, registrySource, urlSource } from '../kit/package-source.ts';
import { listAt, mapAt, textAt, textsAt, type Values, valueAt } from '../kit/values.ts';
import { pythonName } from './python-name.ts';
import { idsByName } from './read-poetry-lock.ts';
import { readRequirement } from './requirement.ts';
import { parseTomlLock } from './toml-lock.ts';

/** `pdm.lock`, formats 4.0 to 4.5. A package with extras has an entry of its own beside the plain one. */
export function readPdmLock(input: LockInput): LockFile {
  const lock = new LockCollector(input);
  const parsed = parseTomlLock(input.text, 'package');
  if (parsed === undefined) lock.problem('is not valid TOML');
  else {
    const metadata = mapAt(parsed.file, 'metadata');
    const format = textAt(metadata, 'lock_version');
    if (format === undefined) lock.problem('has no metadata: it is cut off');
    else lock.format = format;
    const plain = parsed.packages.filter(({ entry }) => textsAt(entry, 'extras').length === 0);
    const withExtras = parsed.packages.filter(({ entry }) => textsAt(entry, 'extras').length > 0);
    const extrasOf = new Map<string, Values[]>();
    for (const { entry } of withExtras) {
      const key = keyOf(entry);
      const same = extrasOf.get(key);
      if (same) same.push(entry);
      else extrasOf.set(key, [entry]);
    }
    const ids = idsByName(parsed.packages.map(({ entry }) => entry));
    for (const { entry, line } of [...plain, ...withExtras]) {
      const written = textAt(entry, 'name');
      const version = textAt(entry, 'version');
      const source = sourceOf(entry);
      if (written === undefined || (version === undefined && source.kind === 'registry')) {
        lock.problem('has a package without a name or a version', line);
        continue;
      }
      const name = pythonName(written);
      const id = `${name}@${version ?? ''}`;
      const all = [entry, ...(extrasOf.get(keyOf(entry)) ?? [])];
      const groups = [...new Set(all.flatMap((one) => textsAt(one, 'groups')))];
      const needed = all.flatMap((one) => textsAt(one, 'dependencies'));
      lock.add(
        draftOf({
          ecosystem: 'PyPI',
          id,
          name,
          version,
          source,
          integrity: listAt(entry, 'files').flatMap((file) => colonIntegrity(textAt(file, 'hash') ?? '')),
          groups,
          extras: [...new Set(all.flatMap((one) => textsAt(one, 'extras').map(pythonName)))],
          marker: textAt(entry, 'marker'),
          isDev: groups.length === 0 ? undefined : !groups.includes('default'),
          isEditable: valueAt(entry, 'editable') === true ? true : undefined,
          edges: needed.flatMap((text) => edgesOf(text, name)),
          path: input.path,
          line,
        }),
      );
    }

    function edgesOf(text: string, from: string): readonly Edge[] {
      const asked = readRequirement(text);
      const found = ids.get(asked?.name ?? '') ?? [];
      lock.spend(found.length + 1);
      if (found.length === 0 && asked?.marker === undefined)
        lock.problem(`does not hold ${asked?.name ?? JSON.stringify(text)}, which ${from} needs`);
      return found.flatMap((to): Edge[] => (to.startsWith(`${from}@`) ? [] : [{ to, kind: 'needed' }]));
    }
  }
  return lock.finish('pdm-lock', 'PyPI');
}

function keyOf(entry: Values): string {
  return `${textAt(entry, 'name') ?? ''}@${textAt(entry, 'version') ?? ''}`;
}

function sourceOf(entry: Values): PackageSource {
  const git = textAt(entry, 'git');
  if (git !== undefined) return gitSource(git, textAt(entry, 'revision'));
  const url = textAt(entry, 'url');
  if (url !== undefined) return urlSource(url);
  const path = textAt(entry, 'path');
  return path === undefined ? registrySource() : { kind: 'file', location: path };
}
