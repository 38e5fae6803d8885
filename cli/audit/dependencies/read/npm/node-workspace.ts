import type { LockInput } from '../kit/lock-reader.ts';
import { isMap, mapAt, textAt, textEntries, type Values } from '../kit/values.ts';

/** What a `package.json` asks for. */
export interface AskedPackage {
  readonly name: string;
  readonly range: string;
  readonly kind: 'needed' | 'dev' | 'optional';
}

/** What a manifest asks for; undefined if it is not there or can't be parsed. */
export function askedPackages(text: string | undefined): readonly AskedPackage[] | undefined {
  const manifest = parsedManifest(text);
  if (manifest === undefined) return undefined;
  const optional = new Set(Object.keys(mapAt(manifest, 'optionalDependencies')));
  return (
    [
      ['dependencies', 'needed'],
      ['devDependencies', 'dev'],
      ['optionalDependencies', 'optional'],
    ] as const
  ).flatMap(([key, kind]) =>
    textEntries(mapAt(manifest, key)).flatMap(([name, range]) =>
      kind === 'needed' && optional.has(name) ? [] : [{ name, range, kind }],
    ),
  );
}

export function parsedManifest(text: string | undefined): Values | undefined {
  try {
    const manifest: unknown = JSON.parse(text ?? '');
    return isMap(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

export function manifestName(text: string | undefined): string | undefined {
  return textAt(parsedManifest(text), 'name');
}

/** The folder of a lock file, with `/` at its end, or ``. */
export function folderOfLock({ path }: LockInput): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
