import { posix } from 'node:path';
import type { Aliases, ImportContext, WorkspacePackage } from '../languages/import-context.ts';
import { parseYaml } from '../parse-yaml.ts';

/**
 * Reads the project's configuration of imports: `paths` and `baseUrl` of each tsconfig or jsconfig, the names of
 * workspace packages, and published packages.
 * @param files configuration files by their path, relative to the root of the scan
 */
export function importContext(files: ReadonlyMap<string, string>): Omit<ImportContext, 'paths'> {
  const aliases: Aliases[] = [];
  const packages = new Map<string, WorkspacePackage>();
  const installable: string[] = [];
  for (const [path, text] of files) {
    const name = posix.basename(path);
    const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
    if (/^[tj]sconfig.*\.json$/.test(name)) {
      const config = readJson(text);
      const options = record(config?.['compilerOptions']);
      const baseUrl = posix.join(folder, typeof options?.['baseUrl'] === 'string' ? options['baseUrl'] : '.');
      const paths = Object.entries(record(options?.['paths']) ?? {}).map(
        ([pattern, targets]) =>
          [
            pattern,
            (Array.isArray(targets) ? targets : []).filter((one) => typeof one === 'string'),
          ] as const,
      );
      if (paths.length > 0 || options?.['baseUrl'] !== undefined) aliases.push({ folder, baseUrl, paths });
    } else if (name === 'package.json') {
      const config = readJson(text);
      if (typeof config?.['name'] !== 'string') continue;
      packages.set(config['name'], { folder, entries: entriesOf(config), isPublished: isPublished(config) });
    } else if (
      name === 'setup.py' ||
      (name === 'pyproject.toml' && /^\[(?:build-system|tool\.poetry)\]/m.test(text))
    )
      installable.push(folder);
  }
  // The nearest configuration takes precedence.
  aliases.sort((a, b) => b.folder.length - a.folder.length);
  return { aliases, packages, installable };
}

/** An application is private, or has neither an entry file nor a list of the files to publish. */
function isPublished(config: Readonly<Record<string, unknown>>): boolean {
  const entries = ['main', 'module', 'exports', 'types', 'files', 'publishConfig'];
  return config['private'] !== true && entries.some((key) => key in config);
}

function entriesOf(config: Readonly<Record<string, unknown>>): string[] {
  const entries = [
    ...['source', 'types', 'module', 'main']
      .map((key) => config[key])
      .filter((one) => typeof one === 'string'),
    ...exportedFiles(config['exports']),
  ];
  const built = /^(?:\.\/)?(?:dist|build|lib|out)\//;
  const areBuilt = entries.length > 0 && entries.every((entry) => built.test(entry));
  // Built files are in another folder than their sources. A package may ship both: what is reported must be what is edited.
  return [
    ...new Set([
      ...entries.filter((entry) => built.test(entry)).map((entry) => entry.replace(built, 'src/')),
      ...(areBuilt ? ['src/index'] : []),
      ...entries,
      'src/index',
      'index',
    ]),
  ];
}

/** `"exports": "./index.js"`, `{ ".": { "import": "./index.js" } }` */
function exportedFiles(exported: unknown, depth = 0): string[] {
  if (typeof exported === 'string') return [exported];
  const entries = record(exported);
  if (!entries || depth > 3) return [];
  const own =
    '.' in entries ? [entries['.']] : ['import', 'require', 'node', 'default'].map((key) => entries[key]);
  return own.flatMap((one) => exportedFiles(one, depth + 1));
}

/** Parses JSON with comments and trailing commas: without its comments, it is YAML. */
function readJson(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text.length > 200_000) return undefined;
  try {
    return record(JSON.parse(text));
  } catch {
    const plain = text.replace(
      /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
      (_, quoted: string | undefined) => quoted ?? '',
    );
    try {
      return record(parseYaml(plain.replace(/\t/g, ' ')));
    } catch {
      return undefined;
    }
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
