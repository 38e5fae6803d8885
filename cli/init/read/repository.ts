import { dirname, relative, sep } from 'node:path';
import { gitIn } from '../../scan/project/git.ts';
import { openFolder, type ProjectFolder } from './folder.ts';

/** The Git repository around a project. */
export interface Repository {
  readonly folder: ProjectFolder;
  /** The project's folder in it, with `/`; empty if it is the root. */
  readonly below: string;
  /** The address of `origin`, if there is one. */
  readonly remote: string | undefined;
  /** Changed files below the project, as git lists them; undefined if git could not say. */
  readonly changed: readonly string[] | undefined;
}

export function repositoryAround(project: ProjectFolder): Repository | undefined {
  let folder = project;
  for (let levels = 0; !folder.has('.git'); levels += 1) {
    const above = dirname(folder.root);
    if (above === folder.root || levels === 20) return undefined;
    folder = openFolder(above);
  }
  const below = relative(folder.root, project.root).split(sep).join('/');
  const without = noFilters(project.root);
  const status = without && git(project.root, ...without, 'status', ...quietly, '--', '.');
  return {
    folder,
    below,
    remote: git(project.root, 'config', '--local', '--get', 'remote.origin.url')?.trim(),
    changed: status?.split('\n').filter((line) => line !== ''),
  };
}

/** Status would look into submodules too, each with settings of its own. */
const quietly = ['--porcelain', '--ignore-submodules=all'];

/**
 * Switches off the filters of the repository's settings: to compare a file, git would run their programs. Undefined if that is not
 * possible, as `-c` ends a name at its first `=`.
 */
function noFilters(cwd: string): readonly string[] | undefined {
  const keys = git(cwd, 'config', '--null', '--name-only', '--get-regexp', '^filter\\.')?.split('\0') ?? [];
  const names = new Set(keys.map((key) => /^filter\.(.*)\.[^.]*$/s.exec(key)?.[1]));
  names.delete(undefined);
  if ([...names].some((name) => name?.includes('='))) return undefined;
  return [...names].flatMap((name) =>
    ['clean=', 'smudge=', 'process=', 'required=false'].flatMap((setting) => [
      '-c',
      `filter.${name}.${setting}`,
    ]),
  );
}

function git(cwd: string, ...args: string[]): string | undefined {
  try {
    return gitIn(cwd).run(args).toString('utf8');
  } catch {
    return undefined; // No git, an empty folder .git, or a repository of someone else.
  }
}
