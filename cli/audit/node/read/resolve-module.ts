import { dirname, join, normalize } from 'node:path/posix';
import type { Subject } from '../../subject/subject.ts';

/** Where a specifier leads: a file of the project, a package, or nowhere. */
export type Resolved =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string; readonly inside: string }
  | { readonly kind: 'missing' };

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** Resolves specifiers as Node and TypeScript do, without packages that are installed. */
export function moduleResolver(subject: Subject): (from: string, specifier: string) => Resolved {
  const paths = new Set(subject.paths);
  const find = (base: string): string | undefined => findFile(base, paths);
  const aliases = new Map<string, readonly Alias[]>();
  const packages = ownPackages(subject);
  return (from, specifier) => {
    if (specifier.startsWith('node:')) return { kind: 'package', name: specifier, inside: '' };
    if (/^\.{1,2}(?:\/|$)/.test(specifier)) {
      const path = find(join(dirname(from), specifier));
      return path === undefined ? { kind: 'missing' } : { kind: 'file', path };
    }
    for (const { pattern, targets } of aliasesOf(dirname(from), subject, aliases)) {
      const rest = matched(specifier, pattern);
      if (rest === undefined) continue;
      for (const target of targets) {
        const path = find(normalize(target.replace('*', rest)));
        if (path !== undefined) return { kind: 'file', path };
      }
    }
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
    const inside = specifier.slice(name.length + 1);
    const own = packages.get(name);
    if (own !== undefined) {
      const path =
        inside === ''
          ? own.main(find)
          : (find(join(own.folder, inside)) ?? find(join(own.folder, 'src', inside)));
      return path === undefined ? { kind: 'missing' } : { kind: 'file', path };
    }
    if (specifier.startsWith('#') || /^[~@]\//.test(specifier)) return { kind: 'missing' };
    return { kind: 'package', name, inside };
  };
}

/** The source file of a path that may lack its extension, or name what TypeScript makes of it. */
export function findFile(base: string, paths: ReadonlySet<string>): string | undefined {
  const path = base.replace(/^\.\//, '').replace(/\/$/, '');
  if (/\.[cm]?[jt]sx?$/.test(path) && paths.has(path)) return path;
  const source = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
  if (source !== path && paths.has(source)) return source;
  if (source !== path && paths.has(`${source}x`)) return `${source}x`;
  for (const stem of [path, path === '' || path === '.' ? 'index' : `${path}/index`]) {
    for (const extension of extensions) if (paths.has(`${stem}${extension}`)) return `${stem}${extension}`;
  }
  return undefined;
}

interface Alias {
  readonly pattern: string;
  /** Relative to the root of the project. */
  readonly targets: readonly string[];
}

/** `paths` and `baseUrl` of the nearest `tsconfig.json` or `jsconfig.json` that has them. */
function aliasesOf(folder: string, subject: Subject, known: Map<string, readonly Alias[]>): readonly Alias[] {
  const kept = known.get(folder);
  if (kept) return kept;
  const own = ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json'].flatMap((name) =>
    readAliases(folder === '.' ? name : `${folder}/${name}`, subject),
  );
  const found = own.length > 0 || folder === '.' ? own : aliasesOf(dirname(folder), subject, known);
  known.set(folder, found);
  return found;
}

function readAliases(path: string, subject: Subject): Alias[] {
  const text = subject.paths.includes(path) ? subject.read(path) : undefined;
  if (text === undefined || text.length > 100_000) return [];
  const options = record(record(looseJson(text))['compilerOptions']);
  const base = join(dirname(path), typeof options['baseUrl'] === 'string' ? options['baseUrl'] : '.');
  const aliases = Object.entries(record(options['paths'])).map(([pattern, targets]) => ({
    pattern,
    targets: (Array.isArray(targets) ? targets : [])
      .filter((one): one is string => typeof one === 'string')
      .map((one) => join(base, one)),
  }));
  return typeof options['baseUrl'] === 'string'
    ? [...aliases, { pattern: '*', targets: [join(base, '*')] }]
    : aliases;
}

/** JSON with comments and trailing commas, as TypeScript reads it. */
function looseJson(text: string): unknown {
  const plain = text.replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1');
  try {
    return JSON.parse(plain.replace(/("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g, '$1'));
  } catch {
    return undefined;
  }
}

function matched(specifier: string, pattern: string): string | undefined {
  const [before, after] = pattern.split('*');
  if (after === undefined) return specifier === pattern ? '' : undefined;
  const fits = specifier.startsWith(before ?? '') && specifier.endsWith(after);
  return fits && specifier.length >= pattern.length - 1
    ? specifier.slice(before?.length, specifier.length - after.length)
    : undefined;
}

interface OwnPackage {
  readonly folder: string;
  main(find: (path: string) => string | undefined): string | undefined;
}

const mostPackages = 500;

/** The packages of a workspace, by name. */
function ownPackages(subject: Subject): ReadonlyMap<string, OwnPackage> {
  const manifests = subject.paths.filter((path) => path.endsWith('/package.json')).slice(0, mostPackages);
  return new Map(
    manifests.flatMap((path) => {
      const manifest = record(json(subject.read(path)));
      const { name, main, module, source } = manifest;
      if (typeof name !== 'string') return [];
      const folder = dirname(path);
      const entries = [source, main, module, 'src/index', 'index'].filter((one) => typeof one === 'string');
      const one: OwnPackage = {
        folder,
        main: (find) => {
          for (const entry of entries) {
            const inside = join(folder, entry);
            const found = find(inside) ?? find(inside.replace(/\/(?:dist|build|lib|out)\//, '/src/'));
            if (found !== undefined) return found;
          }
          return undefined;
        },
      };
      return [[name, one] as const];
    }),
  );
}

function json(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
