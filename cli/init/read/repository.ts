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
  const status = git(project.root, 'status', '--porcelain', '--', '.');
  return {
    folder,
    below,
    remote: git(project.root, 'config', '--local', '--get', 'remote.origin.url')?.trim(),
    changed: status?.split('\n').filter((line) => line !== ''),
  };
}

function git(cwd: string, ...args: string[]): string | undefined {
  try {
    return gitIn(cwd).run(args).toString('utf8');
  } catch {
    return undefined; // No git, an empty folder .git, or a repository of someone else.
  }
}
