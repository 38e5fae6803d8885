import type { LockFile, PackageSource } from '../../package-graph.ts';
import { draftOf } from '../kit/draft.ts';
import { colonIntegrity } from '../kit/integrity.ts';
import { keyLines } from '../kit/key-lines.ts';
import { LockCollector, type LockInput } from '../kit/lock-reader.ts';
import { gitSource, registrySource, urlSource } from '../kit/package-source.ts';
import { isMap, listAt, mapAt, textAt, textsAt, type Values, valueAt } from '../kit/values.ts';
import { pythonName } from './python-name.ts';

/** `Pipfile.lock`, specification 6. */
export function readPipfileLock(input: LockInput): LockFile {
  const lock = new LockCollector(input);
  const file = parsed(input.text);
  const meta = valueAt(file, '_meta');
  if (file === undefined) lock.problem('is not valid JSON');
  else if (!isMap(meta) || !isMap(valueAt(file, 'default'))) lock.problem('names no packages');
  else {
    const format = valueAt(meta, 'pipfile-spec');
    if (format !== undefined) lock.format = String(format);
    const sources = new Map(
      listAt(meta, 'sources').map((one) => [textAt(one, 'name') ?? '', textAt(one, 'url') ?? '']),
    );
    const sections = Object.keys(file).filter((key) => key !== '_meta');
    for (const section of sections) {
      const start = Math.max(
        0,
        input.text.search(
          new RegExp(`^ {0,8}${JSON.stringify(section).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}:`, 'm'),
        ),
      );
      const lines = keyLines(input.text, /"((?:[^"\\\n]|\\.)+)"\s*:\s*\{/g, start + section.length + 2);
      for (const [name, entry] of Object.entries(mapAt(file, section)))
        addPackage(name, entry, section, lines.get(name) ?? 1);
    }
    function addPackage(written: string, entry: unknown, section: string, line: number): void {
      if (!isMap(entry)) {
        lock.problem(`has an entry that is no package: ${JSON.stringify(written)}`, line);
        return;
      }
      const name = pythonName(written);
      const source = sourceOf(entry, sources);
      const version = /^===?\s*(.+)$/.exec(textAt(entry, 'version') ?? '')?.[1];
      if (version === undefined && source.kind === 'registry')
        lock.problem(`has a package without a version: ${name}`, line);
      lock.add(
        draftOf({
          ecosystem: 'PyPI',
          id: `${name}@${version ?? ''}${section === 'default' ? '' : ` ${section}`}`,
          name,
          version,
          source,
          integrity: textsAt(entry, 'hashes').flatMap(colonIntegrity),
          groups: [section],
          extras: textsAt(entry, 'extras').map(pythonName),
          marker: textAt(entry, 'markers'),
          isDev: section !== 'default',
          isEditable: valueAt(entry, 'editable') === true ? true : undefined,
          path: input.path,
          line,
        }),
      );
    }
  }
  return lock.finish('pipfile-lock', 'PyPI');
}

function parsed(text: string): Values | undefined {
  try {
    const file: unknown = JSON.parse(text);
    return isMap(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function sourceOf(entry: Values, sources: ReadonlyMap<string, string>): PackageSource {
  const git = textAt(entry, 'git');
  if (git !== undefined) return gitSource(git, textAt(entry, 'ref'));
  const path = textAt(entry, 'path');
  if (path !== undefined) return { kind: 'file', location: path };
  const file = textAt(entry, 'file') ?? textAt(entry, 'url');
  if (file !== undefined) return /^https?:/i.test(file) ? urlSource(file) : { kind: 'file', location: file };
  return registrySource(sources.get(textAt(entry, 'index') ?? '') ?? [...sources.values()][0]);
}
