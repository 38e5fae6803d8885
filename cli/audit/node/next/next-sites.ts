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
}

/** Those that production starts: by `next start`, or by a server of the application's own. */
export function nextSites(application: NodeApplication): readonly NextSite[] {
  if (!application.frameworks.has('next')) return [];
  const { folder, subject } = application;
  const own = packageUses(application).filter(
    ({ package: name, path }) => name === 'next' && path.length === 0,
  );
  const started = own.flatMap(({ args }) => {
    const [options] = args;
    const dir = options?.kind === 'object' ? options.fields.get('dir') : undefined;
    return pathInProject(textOf(dir ?? options)) ?? [];
  });
  const folders = started.length > 0 ? [...new Set(started)] : [folder];
  return folders.map((one) => ({ application, folder: one, proxy: proxyOf(one, subject) }));
}

function proxyOf(folder: string, subject: NodeApplication['subject']): ModuleFile | undefined {
  const prefix = folder === '' ? '' : `${folder}/`;
  const names = ['proxy', 'middleware', 'src/proxy', 'src/middleware'].flatMap((name) =>
    ['ts', 'js', 'mts', 'mjs'].map((extension) => `${prefix}${name}.${extension}`),
  );
  const path = names.find((one) => subject.paths.includes(one));
  return path === undefined ? undefined : moduleLoader(subject).open(path);
}
