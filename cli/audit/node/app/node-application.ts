import { isDevelopmentPath } from '../../../scan/project/path-purpose.ts';
import { isProductionPath } from '../../subject/production-path.ts';
import type { Framework } from '../../subject/stacks.ts';
import type { Subject } from '../../subject/subject.ts';
import { nextSites } from '../next/next-sites.ts';
import { createEvaluator, type Evaluator } from '../read/evaluate.ts';
import type { ModuleFile } from '../read/module-file.ts';
import { type Entries, findEntries } from './entries.ts';
import { moduleLoader } from './module-loader.ts';
import { type NodeManifest, nodeManifests, noManifest } from './node-manifest.ts';
import { reachableModules } from './reachable-modules.ts';

/** A program of the project on Node, with the code that production runs. */
export interface NodeApplication {
  /** `` for the root of the project. */
  readonly folder: string;
  readonly manifest: NodeManifest;
  readonly entries: Entries;
  /** The modules that the entry imports, or all of the folder where no entry is known. */
  readonly modules: readonly ModuleFile[];
  /** What of its code was not read, as sentences. While there are any, nothing is absent. */
  readonly gaps: readonly string[];
  /** Paths of modules that `@fastify/autoload` loads as plugins. */
  readonly autoloaded: ReadonlySet<string>;
  /** The frameworks that its manifest or its code names. */
  readonly frameworks: ReadonlySet<Framework>;
  readonly evaluator: Evaluator;
  readonly subject: Subject;
}

const nodeFrameworks: ReadonlySet<Framework> = new Set(['express', 'fastify', 'hono', 'koa', 'nest', 'next']);
const mostApplications = 40;
const known = new WeakMap<Subject, readonly NodeApplication[]>();

/** The applications of a project that use a framework of Node. */
export function nodeApplications(subject: Subject): readonly NodeApplication[] {
  const found = known.get(subject) ?? readApplications(subject);
  known.set(subject, found);
  return found;
}

function readApplications(subject: Subject): readonly NodeApplication[] {
  const manifests = nodeManifests(subject);
  const uses = new Map<NodeManifest, Set<Framework>>();
  for (const { framework, folder } of subject.stacks) {
    if (!nodeFrameworks.has(framework)) continue;
    const manifest = nearest(folder, manifests);
    uses.set(manifest, (uses.get(manifest) ?? new Set()).add(framework));
  }
  const folders = manifests.map(({ folder }) => folder);
  const all = [...uses]
    .slice(0, mostApplications)
    .map(([manifest, frameworks]) => readApplication(manifest, frameworks, folders, subject));
  return all.filter((one) => !isLibrary(one, all));
}

/** A package of a workspace that nothing starts, and all of whose code is read as a part of applications that something does start. */
function isLibrary(application: NodeApplication, all: readonly NodeApplication[]): boolean {
  if (isStarted(application) || application.modules.length === 0 || application.gaps.length > 0) return false;
  const read = new Set(all.filter(isStarted).flatMap(({ modules }) => modules.map(({ path }) => path)));
  return application.modules.every(({ path }) => read.has(path));
}

/** By a command: what `main` names is imported, or started. */
function isStarted({ entries: { command, development } }: NodeApplication): boolean {
  const found = command ?? development;
  return found !== undefined && !found.text.startsWith('"main"');
}

const bare: NodeManifest = noManifest('');

function nearest(folder: string, manifests: readonly NodeManifest[]): NodeManifest {
  const above = manifests.filter(
    (one) => one.folder === '' || one.folder === folder || folder.startsWith(`${one.folder}/`),
  );
  return above.sort((a, b) => b.folder.length - a.folder.length)[0] ?? bare;
}

function readApplication(
  manifest: NodeManifest,
  frameworks: ReadonlySet<Framework>,
  folders: readonly string[],
  subject: Subject,
): NodeApplication {
  const loader = moduleLoader(subject);
  const evaluator = createEvaluator(loader);
  const entries = findEntries(manifest, subject);
  const { folder } = manifest;
  const starts =
    entries.files.length > 0 ? entries.files.map(({ path }) => path) : ownSources(folder, folders, subject);
  const read = (from: readonly string[]): NodeApplication => {
    const { modules, gaps, autoloaded } = reachableModules(from, loader, evaluator, subject);
    const base = { folder, manifest, entries, modules, autoloaded, frameworks, evaluator, subject };
    return {
      ...base,
      get gaps() {
        return evaluator.isCut() ? [...gaps, 'A part of the code is too large or too deep to follow.'] : gaps;
      },
    };
  };
  const application = read(starts);
  // A server of the application's own loads the pages of Next by their folder.
  if (!frameworks.has('next') || entries.files.length === 0) return application;
  const pages = nextSites(application).flatMap((site) => ownSources(site.folder, folders, subject));
  return read([...starts, ...pages]);
}

/** All code of a folder that is not for tests, builds or browsers; of packages inside it none. */
function ownSources(folder: string, folders: readonly string[], subject: Subject): string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const inner = folders.filter((one) => one !== folder && one.startsWith(prefix)).map((one) => `${one}/`);
  return subject.paths.filter(
    (path) =>
      path.startsWith(prefix) &&
      /\.[cm]?[jt]sx?$/.test(path) &&
      !/\.d\.[cm]?ts$|\.min\.[cm]?js$|\.config\.[cm]?[jt]s$|(?:^|\/)(?:public|static|assets|dist|build|coverage|scripts|migrations|seeds?|storybook|\.storybook)\//.test(
        path,
      ) &&
      isProductionPath(path) &&
      !isDevelopmentPath(path) &&
      !inner.some((one) => path.startsWith(one)),
  );
}
