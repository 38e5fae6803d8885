import type { LockFile, PackageSource } from '../../package-graph.ts';
import { draftOf, type Edge } from '../kit/draft.ts';
import { subresourceIntegrity } from '../kit/integrity.ts';
import { keyLines } from '../kit/key-lines.ts';
import { LockCollector, type LockInput } from '../kit/lock-reader.ts';
import { gitSource, locatedSource, registrySource } from '../kit/package-source.ts';
import { isMap, mapAt, textAt, textsAt, type Values, valueAt, valuesOf } from '../kit/values.ts';
import { stripJsonc } from './strip-jsonc.ts';
import { descriptorOf } from './yarn-file.ts';

/** `bun.lock`, the text format of bun 1.2 and later: https://bun.com/docs/pm/lockfile */
export function readBunLock(input: LockInput): LockFile {
  const lock = new LockCollector(input);
  const file = parsed(input.text);
  if (file === undefined) lock.problem('is not valid JSON');
  else {
    const version = valueAt(file, 'lockfileVersion');
    if (version === 0 || version === 1 || version === 2) readLock(file, input, lock);
    else lock.problem(`has a format that is not known: ${JSON.stringify(version ?? 'none')}`);
  }
  return lock.finish('bun-lock', 'npm');
}

function parsed(text: string): Values | undefined {
  try {
    const file: unknown = JSON.parse(stripJsonc(text));
    return isMap(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function readLock(file: Values, input: LockInput, lock: LockCollector): void {
  lock.format = String(valueAt(file, 'lockfileVersion'));
  const packages = mapAt(file, 'packages');
  const workspaces = Object.entries(mapAt(file, 'workspaces'));
  if (workspaces.length === 0) lock.problem('does not say what is asked for');
  const start = Math.max(0, input.text.indexOf('"packages"'));
  const lines = keyLines(input.text, /^\s*"((?:[^"\\\n]|\\.)+)"\s*:\s*\[/gm, start);
  for (const [folder, asked] of workspaces) {
    const name = textAt(asked, 'name') ?? folder;
    lock.roots.push(...edgesOf(valuesOf(asked), folder === '' ? '' : name, packages, missing(name, 1)));
  }
  for (const [key, value] of Object.entries(packages)) {
    const line = lines.get(key) ?? 1;
    const id: unknown = Array.isArray(value) ? value[0] : undefined;
    if (!Array.isArray(value) || typeof id !== 'string') {
      lock.problem(`has an entry that is no package: ${JSON.stringify(key)}`, line);
      continue;
    }
    const info = valuesOf(value.find((one: unknown) => isMap(one)));
    const { name, range } = descriptorOf(id);
    if (range.startsWith('root:')) continue;
    const installed = lastName(key);
    const source = sourceOf(range, value[1]);
    const last: unknown = value.at(-1);
    lock.add(
      draftOf({
        ecosystem: 'npm',
        id: key,
        name,
        alias: installed === name ? undefined : installed,
        version: source.kind === 'registry' ? range : undefined,
        source,
        integrity: subresourceIntegrity(value.length > 1 && typeof last === 'string' ? last : undefined),
        isBundled: valueAt(info, 'bundled') === true ? true : undefined,
        edges: edgesOf(info, key, packages, missing(id, line)),
        path: input.path,
        line,
      }),
    );
  }

  function missing(from: string, line: number): (name: string) => void {
    return (name) => lock.problem(`does not hold ${name}, which ${JSON.stringify(from)} needs`, line);
  }
}

const kinds = [
  ['dependencies', 'needed'],
  ['devDependencies', 'dev'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'peer'],
] as const;

function edgesOf(
  entry: Values,
  from: string,
  packages: Values,
  missing: (name: string) => void,
): readonly Edge[] {
  const optional = new Set(textsAt(entry, 'optionalPeers'));
  return kinds.flatMap(([section, kind]) =>
    Object.keys(mapAt(entry, section)).flatMap((name): Edge[] => {
      const to = nearest(from, name, packages);
      if (to !== undefined) return [{ to, kind: kind === 'peer' && optional.has(name) ? 'peer' : kind }];
      if (kind === 'needed' || kind === 'dev') missing(name);
      return [];
    }),
  );
}

/** `a/b` is the `b` that lies in the folder of `a`; a package looks for another in its own folder, then further out. */
function nearest(from: string, name: string, packages: Values): string | undefined {
  for (let folder = from; folder !== ''; folder = withoutLast(folder)) {
    const key = `${folder}/${name}`;
    if (Object.hasOwn(packages, key)) return key;
  }
  return Object.hasOwn(packages, name) ? name : undefined;
}

function lastName(key: string): string {
  return /(?:^|\/)((?:@[^/]+\/)?[^/]+)$/.exec(key)?.[1] ?? key;
}

function withoutLast(key: string): string {
  return key.slice(0, Math.max(0, key.length - lastName(key).length - 1));
}

/** @param registry where the archive lies, if that is another than the registry's usual place */
function sourceOf(range: string, registry: unknown): PackageSource {
  if (range.startsWith('workspace:'))
    return { kind: 'workspace', location: range.slice('workspace:'.length) };
  const located = locatedSource(range);
  if (located !== undefined) return located;
  if (/^\d/.test(range))
    return registrySource(typeof registry === 'string' && registry !== '' ? registry : undefined);
  return /^[\w.-]+\/[\w.-]+#/.test(range) ? gitSource(range) : { kind: 'file', location: range };
}
