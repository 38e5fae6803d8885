import type { Language } from '../ir/ir.ts';

const languages: ReadonlyMap<string, Language> = new Map([
  ...list('javascript', 'js mjs cjs jsx ts mts cts tsx'),
  ...list('python', 'py'),
  ...list('template', 'html htm jinja jinja2 j2 ejs hbs handlebars mustache pug njk vue svelte prisma'),
]);

function list(language: Language, extensions: string): [string, Language][] {
  return extensions.split(' ').map((extension) => [extension, language]);
}

/** What a file is scanned as, by its name; declarations (`.d.ts`) hold no code. */
export function languageOf(name: string): Language | undefined {
  if (/\.d\.[cm]?ts$/.test(name)) return undefined;
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : languages.get(name.slice(dot + 1).toLowerCase());
}

const dependencyFolders: ReadonlySet<string> = new Set(
  'node_modules bower_components jspm_packages site-packages .venv .tox .nox .yarn .pnpm-store'.split(' '),
);
/** Not worth a word. */
const quietFolders: ReadonlySet<string> = new Set('.git .hg .svn __pycache__'.split(' '));
const vendorFolders: ReadonlySet<string> = new Set(
  'vendor vendors third_party third-party thirdparty'.split(' '),
);
/** What tools make, where it is always made anew. */
const builtFolders: ReadonlySet<string> = new Set(
  '.next .nuxt .svelte-kit .output .turbo .parcel-cache'.split(' '),
);
const testFolders: ReadonlySet<string> = new Set(
  'test tests __tests__ spec specs e2e cypress fixtures __fixtures__ testdata __mocks__'.split(' '),
);

/** Why nothing in a folder of this name is scanned; `undefined` if it is, `other` for what nobody would scan. */
export function folderKind(
  name: string,
): 'other' | 'dependencies' | 'vendored' | 'generated' | 'tests' | undefined {
  if (quietFolders.has(name)) return 'other';
  if (dependencyFolders.has(name)) return 'dependencies';
  if (vendorFolders.has(name)) return 'vendored';
  if (builtFolders.has(name)) return 'generated';
  return testFolders.has(name) ? 'tests' : undefined;
}

/** The same for a file, by its name alone. */
export function fileKind(name: string): 'minified' | 'generated' | 'tests' | undefined {
  if (/[.-]min\.[cm]?js$|\.bundle\.js$/i.test(name)) return 'minified';
  if (/(?:_pb2(?:_grpc)?\.py|[._]pb\.[jt]s)$/.test(name)) return 'generated';
  if (
    /\.(?:test|spec|cy|tst|test-d)\.[cm]?[jt]sx?$|^test_.*\.py$|_test\.py$|^conftest\.py$|^tests?\.py$/.test(
      name,
    )
  )
    return 'tests';
  return undefined;
}
