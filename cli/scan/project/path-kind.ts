import type { LanguageId } from '../languages/language-id.ts';
import { languages } from '../languages/registry.ts';

const byExtension: ReadonlyMap<string, LanguageId> = new Map(
  Object.values(languages).flatMap(({ id, extensions }) =>
    extensions.map((extension): [string, LanguageId] => [extension, id]),
  ),
);

/** The language of a file by its name. Undefined for a file that is not scanned as code, such as `types.d.ts`. */
export function languageIdOf(name: string): LanguageId | undefined {
  if (/\.d\.[cm]?ts$/.test(name)) return undefined;
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : byExtension.get(name.slice(dot + 1).toLowerCase());
}

const dependencyFolders: ReadonlySet<string> = new Set(
  'node_modules bower_components jspm_packages site-packages .venv .tox .nox .yarn .pnpm-store'.split(' '),
);
/** Folders that need no notice. */
const quietFolders: ReadonlySet<string> = new Set('.git .hg .svn __pycache__'.split(' '));
const vendorFolders: ReadonlySet<string> = new Set(
  'vendor vendors third_party third-party thirdparty'.split(' '),
);
/** Folders of build output, which is generated again and again. */
const builtFolders: ReadonlySet<string> = new Set(
  '.next .nuxt .svelte-kit .output .turbo .parcel-cache'.split(' '),
);
const testFolders: ReadonlySet<string> = new Set(
  'test tests __tests__ spec specs e2e cypress fixtures __fixtures__ testdata __mocks__'.split(' '),
);

/** `integration_tests`, `e2e-tests`; not `ab_tests`, which may be a feature. */
const testFolder =
  /(?:^|[-_])(?:unit|integration|functional|acceptance|system|smoke|regression|performance|browser|e2e|end[-_]to[-_]end)[-_]tests?$/;

/** Why a folder of this name is not scanned. `undefined` if it is scanned, `other` if it is skipped without a notice. */
export function folderKind(
  name: string,
): 'other' | 'dependencies' | 'vendored' | 'generated' | 'tests' | undefined {
  if (quietFolders.has(name)) return 'other';
  if (dependencyFolders.has(name)) return 'dependencies';
  if (vendorFolders.has(name)) return 'vendored';
  if (builtFolders.has(name)) return 'generated';
  return testFolders.has(name) || testFolder.test(name) ? 'tests' : undefined;
}

const fileKinds = Object.values(languages).flatMap((language) => language.fileKinds);

/** Why a file of this name is not scanned; `undefined` if it is scanned. */
export function fileKind(name: string): 'minified' | 'generated' | 'tests' | undefined {
  return fileKinds.find(([pattern]) => pattern.test(name))?.[1];
}
