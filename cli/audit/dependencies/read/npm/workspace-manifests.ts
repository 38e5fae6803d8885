import type { LockCollector, LockInput } from '../kit/lock-reader.ts';
import { folderOfLock, manifestName } from './node-workspace.ts';

export interface WorkspaceManifest {
  readonly path: string;
  readonly name?: string;
  readonly text: string | undefined;
}

/** The `package.json` beside a lock file and those of its workspace, for lock files that don't repeat what they ask for. */
export function workspaceManifests(input: LockInput, lock: LockCollector): readonly WorkspaceManifest[] {
  const root = `${folderOfLock(input)}package.json`;
  const text = input.read(root);
  if (text === undefined) {
    lock.problem(`has no package.json beside it, which says what is asked for`);
    return [];
  }
  const paths = [root, ...(input.members?.() ?? [])];
  return paths.map((path) => {
    const own = input.read(path);
    const name = manifestName(own);
    if (name === undefined && own !== undefined && !isJson(own))
      lock.problem('could not be parsed', undefined, path);
    return { path, text: own, ...(name === undefined ? {} : { name }) };
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
