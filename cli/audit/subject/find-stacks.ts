import { compareText } from '../../finding/finding-order.ts';
import { languageIdOf } from '../../scan/project/path-kind.ts';
import { lockedVersion } from './locked-version.ts';
import { type Dependency, packageDependencies, pythonDependencies, takesAsPeer } from './manifest.ts';
import { nodeImports } from './node-imports.ts';
import { isProductionPath } from './production-path.ts';
import type { Framework, Stack } from './stacks.ts';

type Read = (path: string) => string | undefined;

/** By the name of the package that brings it. */
const packages: ReadonlyMap<string, Framework> = new Map<string, Framework>([
  ['express', 'express'],
  ['fastify', 'fastify'],
  ['hono', 'hono'],
  ['koa', 'koa'],
  ['@nestjs/core', 'nest'],
  ['next', 'next'],
]);
const modules: ReadonlyMap<string, Framework> = new Map<string, Framework>([
  ['django', 'django'],
  ['flask', 'flask'],
  ['fastapi', 'fastapi'],
  ['tornado', 'tornado'],
  ['starlette', 'starlette'],
  ['aiohttp', 'aiohttp'],
]);

/** Packages that others need too, or that are clients as well: an application is where one of the project's files makes it. */
const shared: readonly (readonly [framework: Framework, made: RegExp])[] = [
  [
    'starlette',
    /^[ \t]*(?:from|import)[ \t]+starlette\.applications\b[\s\S]*(?:\bStarlette[ \t]*\(|\((?:\w+\.)*Starlette\b)/m,
  ],
  [
    'aiohttp',
    /^[ \t]*(?:from[ \t]+aiohttp[ \t]+import\b[^\n]*(?:\([^)]*)?\bweb\b|(?:from|import)[ \t]+aiohttp(?:\.web)?\b)[\s\S]*(?:\bweb\.|^[^\n#]*[= (])Application[ \t]*\(/m,
  ],
];

/** Of all texts that are searched for imports, in UTF-16 units. */
const mostText = 100_000_000;

/**
 * The frameworks of a project: those that manifests name, and those that modules import below no folder whose manifest names them. Of
 * tests, examples and documentation nothing counts, nor of libraries, which take a framework as a peer and start none.
 */
export function findStacks(paths: readonly string[], read: Read): readonly Stack[] {
  const own = paths.filter(isProductionPath);
  const imported = importedStacks(own, read);
  const isMade = (framework: Framework): boolean => imported.some((one) => one.framework === framework);
  const named = own
    .flatMap((path) => stacksOfManifest(path, read))
    .filter(({ framework }) => shared.every(([one]) => one !== framework) || isMade(framework));
  // An application of FastAPI is one of Starlette.
  const hasFastapi = [...named, ...imported].some(({ framework }) => framework === 'fastapi');
  const all = [...named, ...imported].filter(({ framework }) => framework !== 'starlette' || !hasFastapi);
  const found: Stack[] = [];
  for (const stack of all) {
    const isKnown = found.some(
      (one) => one.framework === stack.framework && isBelow(stack.folder, one.folder, named.includes(stack)),
    );
    if (!isKnown) found.push(stack);
  }
  return found.sort(
    (a, b) =>
      compareText(a.folder, b.folder) || compareText(a.framework, b.framework) || compareText(a.path, b.path),
  );
}

function isBelow(folder: string, other: string, isExact: boolean): boolean {
  return folder === other || (!isExact && (other === '' || folder.startsWith(`${other}/`)));
}

function stacksOfManifest(path: string, read: Read): Stack[] {
  const isNode = nameOf(path) === 'package.json';
  const dependencies = isNode ? packageDependencies(read(path)) : pythonDependencies(path, read);
  return dependencies.flatMap((dependency) => {
    const framework = (isNode ? packages : modules).get(dependency.name);
    return framework === undefined ? [] : [stackOf(framework, path, dependency, read)];
  });
}

function stackOf(framework: Framework, path: string, { name, range }: Dependency, read: Read): Stack {
  const folder = manifestFolder(path);
  const version = lockedVersion(folder, name, read) ?? range;
  return { framework, folder, path, ...(version === undefined ? {} : { version }) };
}

/** `requirements/production.txt` speaks of the folder above. */
function manifestFolder(path: string): string {
  const folder = folderOf(path);
  return /(?:^|\/)requirements$/.test(folder) ? folderOf(folder) : folder;
}

function importedStacks(paths: readonly string[], read: Read): Stack[] {
  const stacks: Stack[] = [];
  const manifests = new Set(paths.filter((path) => nameOf(path) === 'package.json'));
  let left = mostText;
  for (const path of paths) {
    const language = languageIdOf(path);
    if ((language !== 'javascript' && language !== 'python') || left <= 0) continue;
    const text = read(path) ?? '';
    left -= text.length;
    const imported =
      language === 'python'
        ? pythonImports(text)
        : nodeImports(path, text)
            .filter((name) => !isLibrary(path, name, manifests, read))
            .flatMap((name) => packages.get(name) ?? []);
    stacks.push(...imported.map((framework) => ({ framework, folder: folderOf(path), path })));
  }
  return stacks.sort((a, b) => a.folder.length - b.folder.length);
}

/** Whether the nearest manifest leaves it to whoever installs the package to bring a framework. */
function isLibrary(path: string, name: string, manifests: ReadonlySet<string>, read: Read): boolean {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const manifest = folder === '' ? 'package.json' : `${folder}/package.json`;
    if (manifests.has(manifest)) return takesAsPeer(read(manifest), name);
    if (folder === '') return false;
  }
}

function pythonImports(text: string): Framework[] {
  const names = text.matchAll(/^[ \t]*(?:from|import)[ \t]+(django|flask|fastapi|tornado)\b/gm);
  const own = [...names].flatMap(([, name = '']) => modules.get(name) ?? []);
  const made = shared.flatMap(([framework, pattern]) => (pattern.test(text) ? [framework] : []));
  return [...new Set([...own, ...made])];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
