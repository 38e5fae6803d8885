import { placeInExpress } from './place/express.ts';
import { placeInFastify } from './place/fastify.ts';
import { placeInHono } from './place/hono.ts';
import { placeInKoa } from './place/koa.ts';
import { placeInNest } from './place/nest.ts';
import { placeInNext } from './place/next.ts';
import { placeInNode } from './place/node.ts';
import type { Place, Placed } from './place/placed.ts';
import { untilDay } from './place/report-mode.ts';
import { type Change, joinParts, type Part, part } from './plan.ts';
import { type PythonFramework, pythonFramework } from './python/python-framework.ts';
import { emptyManifest, ignoreModules, pythonSnippets } from './python/python-parts.ts';
import type { ProjectFolder } from './read/folder.ts';
import { type Framework, frameworkNames, frameworksOf } from './read/framework.ts';
import { manifestOf, readManifest } from './read/manifest.ts';
import { packageManager } from './read/package-manager.ts';
import { type Repository, repositoryAround } from './read/repository.ts';
import { sourceFiles } from './read/source-files.ts';
import { librariesOf } from './read/stack.ts';
import { type FrameworkVersion, frameworkVersion } from './read/versions.ts';
import { refuseWorkspaceRoot } from './read/workspaces.ts';
import { withEntry, withoutEntry } from './write/add-dependency.ts';
import { addTest } from './write/add-test.ts';
import { addCiJob, type Ci, ciOf, jobTools } from './write/ci-job.ts';
import { addCommitHook } from './write/commit-hook.ts';
import { addPackages, type PackageSource } from './write/packages.ts';

/** Everything that `bulwark init` would do to a project. */
export interface Plan extends Part {
  /** What was found: `Express, TypeScript, npm, GitHub`. */
  readonly found: readonly string[];
  readonly repository: Repository | undefined;
  /** Commands to run afterwards. */
  readonly next: readonly string[];
}

/** What the user asks for besides what is found. */
export interface Wishes {
  readonly ci?: Ci | undefined;
  readonly preCommit?: boolean | undefined;
}

/** @throws {InitMistake} if the project can't be read */
export function planProject(
  folder: ProjectFolder,
  source: PackageSource,
  today: Date,
  wishes: Wishes = {},
): Plan {
  const python = pythonFramework(folder);
  const hasManifest = folder.has('package.json');
  const manifest = hasManifest || !python ? readManifest(folder) : manifestOf(emptyManifest, folder);
  const place: Place = { folder, manifest, sources: sourceFiles(folder.root), until: untilDay(today) };
  const frameworks = frameworksIn(place);
  if (frameworks.length === 0 && !python) refuseWorkspaceRoot(folder, manifest);
  const manager = packageManager(folder, manifest);
  const repository = repositoryAround(folder);
  const tools = jobTools(folder, manager.name);
  const ci = wishes.ci ?? ciOf(folder, repository);

  const code = frameworks.length > 0 ? writeCode(place, frameworks) : undefined;
  const packages = addPackages(folder, manifest, code?.text ?? manifest.text, {
    ...source,
    scanOnly: !code,
  });
  const hasTests = manifestOf(packages.text, folder).scripts.has('test');
  const before = hasManifest ? manifest.text : undefined;
  const manifestChange: Change[] =
    packages.text === before ? [] : [{ path: 'package.json', before, after: packages.text }];
  const parts = joinParts([
    part({ changes: manifestChange, notes: manager.notes }),
    packages,
    code ?? withoutFramework(folder, python),
    addCiJob(folder, repository, ci, tools),
    addCommitHook(folder, (repository?.below ?? '') === '', wishes.preCommit === true, tools.scan),
  ]);
  return {
    ...parts,
    notes: [...parts.notes, ...advice(place)],
    found: found(place, frameworks, python, manager.name, ci),
    repository,
    next: [`${manager.name} install`, ...(code && hasTests ? [`${manager.name} test`] : []), tools.scan],
  };
}

const placers: Readonly<Record<Framework, (place: Place) => Placed>> = {
  next: placeInNext,
  nest: placeInNest,
  express: placeInExpress,
  fastify: placeInFastify,
  hono: placeInHono,
  koa: placeInKoa,
  node: placeInNode,
};

function frameworksIn({ manifest, sources }: Place): Framework[] {
  const named = frameworksOf(manifest);
  if (named.length > 0) return named;
  return sources.withText('createServer').length > 0 ? ['node'] : [];
}

/** The start line, the error handler and the test. */
function writeCode(place: Place, frameworks: readonly Framework[]): Part & { readonly text: string } {
  const { manifest, sources } = place;
  const [framework = 'node'] = frameworks;
  const done = sources.withText('bulwark/').find(({ text }) => startsBulwark.test(text));
  if (done) return { ...part({}), text: manifest.text };
  const version = frameworkVersion(manifest, framework);
  if (version?.tooOld) return { ...tooOld(version), text: manifest.text };
  const placed = placers[framework](place);
  const others = frameworks.slice(1).map((other) => frameworkNames[other]);
  const notes = [
    ...others.map(
      (name) => `package.json also has ${name}. Bulwark was set up for ${frameworkNames[framework]} only.`,
    ),
    ...[...sources.broken].map((path) => `${path} can't be parsed, so it was skipped.`),
    ...(sources.isCut
      ? ['The project has more source code than init reads, so some files were skipped.']
      : []),
  ];
  if (!placed.start) return { ...joinParts([placed, part({ notes })]), text: manifest.text };
  const raised = version?.raised;
  const text = version && raised ? withVersion(manifest.text, version.name, raised) : manifest.text;
  const test = addTest(place, placed.start, text);
  if (test.first) return { ...part({ snippets: [test.first], notes }), text: manifest.text };
  if (version && raised)
    notes.push(
      `${version.name}: ${version.asked} became ${raised}, the oldest version that Bulwark works with.`,
    );
  return { ...joinParts([placed, test, part({ notes })]), text: test.text };
}

function tooOld({ name, asked }: FrameworkVersion): Part {
  return part({ notes: [`${name} ${asked} is too old for Bulwark's guards, so only the scan is set up.`] });
}

function withVersion(text: string, name: string, version: string): string {
  return ['dependencies', 'devDependencies'].reduce(
    (now, field) =>
      withoutEntry(now, field, name) === now ? now : withEntry(now, field, name, version, true),
    text,
  );
}

const startsBulwark = /['"]bulwark\/(?:express|fastify|hono|koa|nest|next|node|web)(?:\/[\w-]+)?['"]/;

function withoutFramework(folder: ProjectFolder, python: PythonFramework | undefined): Part {
  if (python) return joinParts([ignoreModules(folder), pythonSnippets(folder)]);
  return part({ notes: ['No server was found in this project, so only the scan is set up.'] });
}

function advice({ manifest }: Place): string[] {
  return librariesOf(manifest).map(({ name, advice: text }) => `${name}: ${text}`);
}

function found(
  { manifest, sources }: Place,
  frameworks: readonly Framework[],
  python: PythonFramework | undefined,
  manager: string,
  ci: string | undefined,
): string[] {
  const [framework] = frameworks;
  const language = sources.paths.some((path) => /\.[cm]?tsx?$/.test(path)) ? 'TypeScript' : 'JavaScript';
  const modules = manifest.type === 'module' ? 'ES modules' : 'CommonJS';
  const libraries = librariesOf(manifest).map(({ name, kind }) => `${name} (${kind})`);
  return [
    ...(framework
      ? [frameworkNames[framework], language, ...(language === 'JavaScript' ? [modules] : [])]
      : []),
    ...(python && !framework ? [python] : []),
    ...libraries,
    manager,
    ...(ci ? [`${ci} CI`.replace('GitHub CI', 'GitHub Actions')] : []),
  ];
}
