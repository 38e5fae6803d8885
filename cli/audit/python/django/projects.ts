import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { createInterpreter, loadModule } from '../read-settings.ts';
import type { Scope } from '../scope.ts';
import { isType, notKnown, oneOf, type Value } from '../value.ts';
import { defaultOf, djangoVersion, knownVersions } from './defaults.ts';
import { findSettings } from './find-settings.ts';

/** A Django project with the settings that production uses. */
export interface DjangoProject {
  /** The settings module. */
  readonly path: string;
  /** What names the module. */
  readonly evidence: Evidence;
  readonly scope: Scope;
  /** As the manifest has it; undefined if none says it. */
  readonly version: number | undefined;
}

/** The Django projects of a repository, each read once. */
export function djangoProjects(subject: Subject): Promise<readonly DjangoProject[]> {
  let projects = known.get(subject);
  if (!projects) {
    projects = read(subject);
    known.set(subject, projects);
  }
  return projects;
}

const known = new WeakMap<Subject, Promise<readonly DjangoProject[]>>();

async function read(subject: Subject): Promise<readonly DjangoProject[]> {
  const projects: DjangoProject[] = [];
  for (const { path, evidence } of findSettings(subject)) {
    const scope = loadModule(await createInterpreter(subject), path);
    projects.push({ path, evidence, scope, version: versionFor(subject, path) });
  }
  return projects;
}

function versionFor(subject: Subject, path: string): number | undefined {
  const stacks = subject.stacks.filter(
    ({ framework, folder }) => framework === 'django' && (folder === '' || path.startsWith(`${folder}/`)),
  );
  const versions = stacks.flatMap(({ version }) => djangoVersion(version) ?? []);
  return versions.length === 0 ? undefined : Math.min(...versions);
}

/** The versions that a project may run on. */
export function versionsOf({ version }: DjangoProject): readonly number[] {
  return version === undefined ? knownVersions : [version];
}

/** What a setting is in a version. Undefined if nothing sets it, and Django has none of that name. */
export function settingOf({ scope }: DjangoProject, name: string, version: number): Value | undefined {
  const initial = defaultOf(name, version);
  const value = scope.names.get(name);
  if (!value) return scope.open === undefined ? initial : notKnown(scope.open);
  if (!value.some(({ plain }) => isType(plain, 'absent'))) return value;
  const others = value.filter(({ plain }) => !isType(plain, 'absent'));
  const all = [...others, ...(initial ?? [])];
  return all.length === 0 ? undefined : oneOf(all);
}

/** Whether the project sets it itself, perhaps under a condition. */
export function isSet({ scope }: DjangoProject, name: string): boolean {
  return scope.names.get(name)?.some(({ plain }) => !isType(plain, 'absent')) ?? scope.open !== undefined;
}
