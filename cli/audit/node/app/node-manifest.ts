import { dirname } from 'node:path/posix';
import type { Evidence } from '../../check/outcome.ts';
import { isProductionPath } from '../../subject/production-path.ts';
import type { Subject } from '../../subject/subject.ts';

/** What a `package.json` says of an application. */
export interface NodeManifest {
  /** Undefined where there is none. */
  readonly path: string | undefined;
  /** `` for the root. */
  readonly folder: string;
  readonly scripts: ReadonlyMap<string, string>;
  readonly main: string | undefined;
  /** Those that production needs, with their ranges. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** The line that has a text. */
  placeOf(text: string, shown?: string): Evidence;
}

const mostManifests = 200;

/** The manifests of the project, without those of tests and examples. */
export function nodeManifests(subject: Subject): readonly NodeManifest[] {
  return subject.paths
    .filter((path) => /(?:^|\/)package\.json$/.test(path) && isProductionPath(path))
    .slice(0, mostManifests)
    .flatMap((path) => {
      const text = subject.read(path);
      const manifest = text === undefined ? undefined : parsed(text);
      return manifest === undefined || text === undefined ? [] : [manifestOf(path, text, manifest)];
    });
}

/** For code without a manifest. */
export function noManifest(folder: string): NodeManifest {
  const nothing = new Map<string, string>();
  return {
    path: undefined,
    folder,
    scripts: nothing,
    main: undefined,
    dependencies: nothing,
    placeOf: (text, shown) => ({ text: shown ?? text }),
  };
}

function manifestOf(path: string, text: string, manifest: Record<string, unknown>): NodeManifest {
  const folder = dirname(path);
  return {
    path,
    folder: folder === '.' ? '' : folder,
    scripts: texts(manifest['scripts']),
    main: typeof manifest['main'] === 'string' ? manifest['main'] : undefined,
    dependencies: new Map([...texts(manifest['optionalDependencies']), ...texts(manifest['dependencies'])]),
    placeOf: (found, shown = found) => {
      const line = text.split('\n').findIndex((one) => one.includes(found)) + 1;
      return { text: shown, path, ...(line > 0 ? { line } : {}) };
    },
  };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function texts(value: unknown): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
