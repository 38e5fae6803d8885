import { isAbsolute, join } from 'node:path/posix';
import { moduleLoader } from '../app/module-loader.ts';
import type { NodeApplication } from '../app/node-application.ts';
import { packageUses } from '../app/package-uses.ts';
import type { ModuleFile } from '../read/module-file.ts';
import { pathInProject } from '../read/project-path.ts';
import { textOf } from '../read/value.ts';

/** An application of Next: the folder with its pages. */
export interface NextSite {
  readonly application: NodeApplication;
  readonly folder: string;
  /** `middleware.ts` or `proxy.ts`. */
  readonly proxy: ModuleFile | undefined;
  /** The modules of a server of the application's own that send its pages. */
  readonly servers: readonly ModuleFile[];
}

/** Those that production starts: by `next start`, or by a server of the application's own. */
export function nextSites(application: NodeApplication): readonly NextSite[] {
  if (!application.frameworks.has('next')) return [];
  const { folder, subject } = application;
  const own = packageUses(application).filter(
    ({ package: name, path }) => name === 'next' && path.length === 0,
  );
  const started = own.flatMap(({ args, file }) => {
    const [options] = args;
    const dir = options?.kind === 'object' ? options.fields.get('dir') : undefined;
    const path = folderOf(textOf(dir ?? options), folder);
    return path === undefined ? [] : [{ path, file }];
  });
  const folders = started.length > 0 ? [...new Set(started.map(({ path }) => path))] : [folder];
  return folders.map((one) => {
    const named = started.filter(({ path }) => path === one).map(({ file }) => file);
    // A server that names no folder serves the only one.
    const servers = folders.length > 1 ? named : own.length > 0 ? application.modules : [];
    return { application, folder: one, proxy: proxyOf(one, subject), servers };
  });
}

/** `dir` is read from the folder in which the package is started. */
function folderOf(dir: string | undefined, folder: string): string | undefined {
  if (dir === undefined || isAbsolute(dir)) return pathInProject(dir);
  const path = join(folder, dir).replace(/\/$/, '');
  return path === '.' ? '' : path;
}

function proxyOf(folder: string, subject: NodeApplication['subject']): ModuleFile | undefined {
  const prefix = folder === '' ? '' : `${folder}/`;
  const names = ['proxy', 'middleware', 'src/proxy', 'src/middleware'].flatMap((name) =>
    ['ts', 'js', 'mts', 'mjs'].map((extension) => `${prefix}${name}.${extension}`),
  );
  const path = names.find((one) => subject.paths.includes(one));
  return path === undefined ? undefined : moduleLoader(subject).open(path);
}
