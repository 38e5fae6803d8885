import { isInside } from '../scan/project/read-inside.ts';
import { pathOfUri, realPathOf } from './document-path.ts';
import type { Workspace } from './workspace.ts';

/** The folders that are open in the editor. */
export interface Workspaces {
  /** The innermost that holds a document. */
  find(uri: string): Workspace | undefined;
  all(): readonly Workspace[];
  add(uri: string): Promise<void>;
  remove(uri: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param open is called with a real path
 * @param onProblem is told of a folder that cannot be opened
 */
export function createWorkspaces(
  open: (folder: string) => Promise<Workspace>,
  onProblem: (problem: unknown) => void,
): Workspaces {
  const opened = new Map<string, Promise<void>>();
  const workspaces = new Map<string, Workspace>();

  function folderOf(uri: string): string | undefined {
    const path = pathOfUri(uri);
    return path === undefined ? undefined : realPathOf(path);
  }

  async function drop(folder: string): Promise<void> {
    await opened.get(folder);
    opened.delete(folder);
    const workspace = workspaces.get(folder);
    workspaces.delete(folder);
    await workspace?.close();
  }

  return {
    find(uri) {
      const file = folderOf(uri);
      if (file === undefined) return undefined;
      return [...workspaces.values()]
        .filter(({ folder }) => isInside(folder, file))
        .sort((a, b) => b.folder.length - a.folder.length)[0];
    },
    all: () => [...workspaces.values()],
    async add(uri) {
      const folder = folderOf(uri);
      if (folder === undefined || opened.has(folder)) return;
      const opening = open(folder).then((workspace) => {
        workspaces.set(folder, workspace);
      }, onProblem);
      opened.set(folder, opening);
      await opening;
    },
    async remove(uri) {
      const folder = folderOf(uri);
      if (folder !== undefined) await drop(folder);
    },
    async close() {
      await Promise.all([...opened.keys()].map(drop));
    },
  };
}
